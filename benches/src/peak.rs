//! What one core could do at most: fused multiply-adds on registers, with nothing to wait for.

use std::hint::black_box;
use std::time::Instant;

use nn_core::private::InstructionSet;

use crate::timing;

/// Multiply-adds in each chain.
const LENGTH: usize = 10_000;
/// Chains of multiply-adds that do not depend on each other; enough to keep the units busy.
const CHAINS: usize = 12;
/// So many where there are 32 registers.
const MORE_CHAINS: usize = 24;

/// The peak in GFLOP/s for `f32` with these instructions.
pub fn measure(instructions: InstructionSet) -> f64 {
    rate(instructions, timing::measure(0.5, || work(instructions)).least)
}

/// The same, measured once, in some microseconds.
pub fn once(instructions: InstructionSet) -> f64 {
    let clock = Instant::now();
    work(instructions);
    rate(instructions, clock.elapsed().as_secs_f64() * 1e6)
}

/// All chains once.
fn work(instructions: InstructionSet) {
    match instructions.name() {
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the token proves the instructions.
        "avx512" => unsafe { avx512() },
        #[cfg(target_arch = "x86_64")]
        // SAFETY: the token proves the instructions.
        "avx2" => unsafe { avx2() },
        _ => baseline(),
    }
}

/// The GFLOP/s where all chains take so long.
#[allow(clippy::cast_precision_loss)] // small
fn rate(instructions: InstructionSet, microseconds: f64) -> f64 {
    let lanes = match instructions.name() {
        "avx512" => 16 * MORE_CHAINS,
        "avx2" => 8 * CHAINS,
        _ => CHAINS,
    };
    (2 * lanes * LENGTH) as f64 / microseconds / 1e3
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn avx512() {
    use std::arch::x86_64::{_mm512_fmadd_ps, _mm512_set1_ps};
    let (factor, term) = (_mm512_set1_ps(black_box(0.999)), _mm512_set1_ps(black_box(1e-6)));
    let mut chains = [_mm512_set1_ps(1.0); MORE_CHAINS];
    for _ in 0..LENGTH {
        for chain in &mut chains {
            *chain = _mm512_fmadd_ps(*chain, factor, term);
        }
    }
    black_box(chains);
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
