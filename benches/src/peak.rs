//! What one core could do at most: fused multiply-adds on registers, with nothing to wait for.

use std::hint::black_box;

use crate::timing;

/// Chains of multiply-adds that do not depend on each other; enough to keep the units busy.
const CHAINS: usize = 12;
/// Multiply-adds in each chain.
const LENGTH: usize = 10_000;

/// The peak in GFLOP/s for `f32`, with the instructions that `nn-core` uses.
pub fn measure() -> f64 {
    #[cfg(target_arch = "x86_64")]
    if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
        // SAFETY: the processor was just asked for both.
        let times = timing::measure(0.5, || unsafe { avx2() });
        return rate::<8>(times.least);
    }
    rate::<1>(timing::measure(0.5, baseline).least)
}

#[allow(clippy::cast_precision_loss)] // small
fn rate<const LANES: usize>(microseconds: f64) -> f64 {
    (2 * LANES * CHAINS * LENGTH) as f64 / microseconds / 1e3
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn avx2() {
    use std::arch::x86_64::{_mm256_fmadd_ps, _mm256_set1_ps};
    let (factor, term) = (_mm256_set1_ps(black_box(0.999)), _mm256_set1_ps(black_box(1e-6)));
    let mut chains = [_mm256_set1_ps(1.0); CHAINS];
    for _ in 0..LENGTH {
        for chain in &mut chains {
            *chain = _mm256_fmadd_ps(*chain, factor, term);
        }
    }
    black_box(chains);
}

fn baseline() {
    let (factor, term) = (black_box(0.999f32), black_box(1e-6f32));
    let mut chains = [1.0f32; CHAINS];
    for _ in 0..LENGTH {
        for chain in &mut chains {
            *chain = *chain * factor + term;
        }
    }
    black_box(chains);
}
