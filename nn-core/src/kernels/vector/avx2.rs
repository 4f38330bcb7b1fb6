//! AVX2 with fused multiply-add.

use core::arch::x86_64::*;

use super::{Vector, Work};

/// Eight `f32`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Single(__m256);

/// Four `f64`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Double(__m256d);

/// The mask of n of N lanes, whose first n are all ones, begins at N - n.
static MASKS_SINGLE: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
static MASKS_DOUBLE: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];

/// The lower half of each plus its upper half: those of `a` below, of `b` above.
///
/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn fold_single(a: __m256, b: __m256) -> __m256 {
    // SAFETY: the caller vouches for AVX2.
    unsafe { _mm256_add_ps(_mm256_blend_ps::<0xF0>(a, b), _mm256_permute2f128_ps::<0x21>(a, b)) }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn fold_double(a: __m256d, b: __m256d) -> __m256d {
    // SAFETY: the caller vouches for AVX2.
    unsafe { _mm256_add_pd(_mm256_blend_pd::<0b1100>(a, b), _mm256_permute2f128_pd::<0x21>(a, b)) }
}

/// Does work in a function of its own.
///
/// # Safety
/// The processor must have AVX2 and FMA; the rest is as the work says.
#[target_feature(enable = "avx2,fma")]
#[inline(never)]
unsafe fn call<W: Work>(work: &W) {
    // SAFETY: the caller vouches for it.
    unsafe { work.run() }
}

/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn sums_single([a, b, c, d]: [Single; 4]) -> __m128 {
    // SAFETY: the caller vouches for AVX2.
    unsafe {
        let (ac, bd) = (fold_single(a.0, c.0), fold_single(b.0, d.0));
        let pairs = _mm256_add_ps(_mm256_blend_ps::<0b1100_1100>(ac, bd), _mm256_shuffle_ps::<0b0100_1110>(ac, bd));
        let sums = _mm256_hadd_ps(pairs, pairs);
        _mm_movelh_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps::<1>(sums))
    }
}

/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn sums_double([a, b, c, d]: [Double; 4]) -> __m256d {
    // SAFETY: the caller vouches for AVX2.
    unsafe { _mm256_hadd_pd(fold_double(a.0, c.0), fold_double(b.0, d.0)) }
}

/// A vector type: its lanes, its masks, and its instructions for all lanes, for masked lanes, and for four numbers.
macro_rules! vector {
    (
        $vector:ident: $lanes:literal of $type:ident, $masks:ident, $sums:ident,
        all: $zero:ident $splat:ident $load:ident $store:ident $multiply_add:ident,
        masked: $load_masked:ident $store_masked:ident,
        four: $four:ident $load_four:ident $store_four:ident $add_four:ident
    ) => {
        impl Vector for $vector {
            type Scalar = $type;
            type Mask = __m256i;
            type Four = $four;
            const LANES: usize = $lanes;
            const LARGE: bool = true;

            #[inline(always)]
            unsafe fn call<W: Work>(work: &W) {
                // SAFETY: the contract of the trait.
                unsafe { call(work) }
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $zero() })
            }
            #[inline(always)]
            unsafe fn splat(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $splat(&*from) })
            }
            #[inline(always)]
            unsafe fn load(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $load(from) })
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $type) {
                // SAFETY: the contract of the trait.
                unsafe { $store(to, self.0) }
            }
            #[inline(always)]
            unsafe fn mask(count: usize) -> __m256i {
                // SAFETY: the lanes from there on lie within the masks, which are twice as many.
                unsafe { _mm256_loadu_si256($masks.as_ptr().add($lanes - count).cast()) }
            }
            #[inline(always)]
            unsafe fn load_masked(from: *const $type, mask: __m256i) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $load_masked(from, mask) })
            }
            #[inline(always)]
            unsafe fn store_masked(self, to: *mut $type, mask: __m256i) {
                // SAFETY: the contract of the trait.
                unsafe { $store_masked(to, mask, self.0) }
            }
            #[inline(always)]
            unsafe fn multiply_add(self, left: Self, right: Self) -> Self {
                // SAFETY: the contract of the trait.
                $vector(unsafe { $multiply_add(left.0, right.0, self.0) })
            }
            #[inline(always)]
            unsafe fn sums(vectors: [Self; 4]) -> $four {
                // SAFETY: the contract of the trait.
                unsafe { $sums(vectors) }
            }
            #[inline(always)]
            unsafe fn to_array(four: $four) -> [$type; 4] {
                let mut array = [0.0; 4];
                // SAFETY: the array holds four.
                unsafe { $store_four(array.as_mut_ptr(), four) };
                array
            }
            #[inline(always)]
            unsafe fn add_four(four: $four, start: *const $type, out: *mut $type) {
                // SAFETY: the contract of the trait.
                unsafe { $store_four(out, $add_four($load_four(start), four)) }
            }
        }
    };
}

vector! {
    Single: 8 of f32, MASKS_SINGLE, sums_single,
    all: _mm256_setzero_ps _mm256_broadcast_ss _mm256_loadu_ps _mm256_storeu_ps _mm256_fmadd_ps,
    masked: _mm256_maskload_ps _mm256_maskstore_ps,
    four: __m128 _mm_loadu_ps _mm_storeu_ps _mm_add_ps
}

vector! {
    Double: 4 of f64, MASKS_DOUBLE, sums_double,
    all: _mm256_setzero_pd _mm256_broadcast_sd _mm256_loadu_pd _mm256_storeu_pd _mm256_fmadd_pd,
    masked: _mm256_maskload_pd _mm256_maskstore_pd,
    four: __m256d _mm256_loadu_pd _mm256_storeu_pd _mm256_add_pd
}
