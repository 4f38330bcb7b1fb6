//! AVX2 with fused multiply-add.

use core::arch::x86_64::*;

use super::{Vector, Work};

/// Eight `f32`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Single(__m256);

/// Four `f64`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Double(__m256d);

/// Read at an offset of 8 - n, the first n are all ones.
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

impl Vector for Single {
    type Scalar = f32;
    type Mask = __m256i;
    type Four = __m128;
    const LANES: usize = 8;
    const LARGE: bool = true;

    #[inline(always)]
    unsafe fn call<W: Work>(work: &W) {
        // SAFETY: the contract of the trait.
        unsafe { call(work) }
    }
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the contract of the trait.
        Single(unsafe { _mm256_setzero_ps() })
    }
    #[inline(always)]
    unsafe fn splat(from: *const f32) -> Self {
        // SAFETY: the contract of the trait.
        Single(unsafe { _mm256_broadcast_ss(&*from) })
    }
    #[inline(always)]
    unsafe fn load(from: *const f32) -> Self {
        // SAFETY: the contract of the trait.
        Single(unsafe { _mm256_loadu_ps(from) })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f32) {
        // SAFETY: the contract of the trait.
        unsafe { _mm256_storeu_ps(to, self.0) }
    }
    #[inline(always)]
    unsafe fn mask(count: usize) -> __m256i {
        // SAFETY: 8 - count and the 8 elements from there lie within the 16.
        unsafe { _mm256_loadu_si256(MASKS_SINGLE.as_ptr().add(8 - count).cast()) }
    }
    #[inline(always)]
    unsafe fn load_masked(from: *const f32, mask: __m256i) -> Self {
        // SAFETY: the contract of the trait.
        Single(unsafe { _mm256_maskload_ps(from, mask) })
    }
    #[inline(always)]
    unsafe fn store_masked(self, to: *mut f32, mask: __m256i) {
        // SAFETY: the contract of the trait.
        unsafe { _mm256_maskstore_ps(to, mask, self.0) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, left: Self, right: Self) -> Self {
        // SAFETY: the contract of the trait.
        Single(unsafe { _mm256_fmadd_ps(left.0, right.0, self.0) })
    }
    #[inline(always)]
    unsafe fn sums([a, b, c, d]: [Self; 4]) -> __m128 {
        // SAFETY: the contract of the trait.
        unsafe {
            let (ac, bd) = (fold_single(a.0, c.0), fold_single(b.0, d.0));
            let pairs = _mm256_add_ps(_mm256_blend_ps::<0b1100_1100>(ac, bd), _mm256_shuffle_ps::<0b0100_1110>(ac, bd));
            let sums = _mm256_hadd_ps(pairs, pairs);
            _mm_movelh_ps(_mm256_castps256_ps128(sums), _mm256_extractf128_ps::<1>(sums))
        }
    }
    #[inline(always)]
    unsafe fn to_array(four: __m128) -> [f32; 4] {
        let mut array = [0.0; 4];
        // SAFETY: the array holds four.
        unsafe { _mm_storeu_ps(array.as_mut_ptr(), four) };
        array
    }
    #[inline(always)]
    unsafe fn add_four(four: __m128, start: *const f32, out: *mut f32) {
        // SAFETY: the contract of the trait.
        unsafe { _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(start), four)) }
    }
}

impl Vector for Double {
    type Scalar = f64;
    type Mask = __m256i;
    type Four = __m256d;
    const LANES: usize = 4;
    const LARGE: bool = true;

    #[inline(always)]
    unsafe fn call<W: Work>(work: &W) {
        // SAFETY: the contract of the trait.
        unsafe { call(work) }
    }
    #[inline(always)]
    unsafe fn zero() -> Self {
        // SAFETY: the contract of the trait.
        Double(unsafe { _mm256_setzero_pd() })
    }
    #[inline(always)]
    unsafe fn splat(from: *const f64) -> Self {
        // SAFETY: the contract of the trait.
        Double(unsafe { _mm256_broadcast_sd(&*from) })
    }
    #[inline(always)]
    unsafe fn load(from: *const f64) -> Self {
        // SAFETY: the contract of the trait.
        Double(unsafe { _mm256_loadu_pd(from) })
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut f64) {
        // SAFETY: the contract of the trait.
        unsafe { _mm256_storeu_pd(to, self.0) }
    }
    #[inline(always)]
    unsafe fn mask(count: usize) -> __m256i {
        // SAFETY: 4 - count and the 4 elements from there lie within the 8.
        unsafe { _mm256_loadu_si256(MASKS_DOUBLE.as_ptr().add(4 - count).cast()) }
    }
    #[inline(always)]
    unsafe fn load_masked(from: *const f64, mask: __m256i) -> Self {
        // SAFETY: the contract of the trait.
        Double(unsafe { _mm256_maskload_pd(from, mask) })
    }
    #[inline(always)]
    unsafe fn store_masked(self, to: *mut f64, mask: __m256i) {
        // SAFETY: the contract of the trait.
        unsafe { _mm256_maskstore_pd(to, mask, self.0) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, left: Self, right: Self) -> Self {
        // SAFETY: the contract of the trait.
        Double(unsafe { _mm256_fmadd_pd(left.0, right.0, self.0) })
    }
    #[inline(always)]
    unsafe fn sums([a, b, c, d]: [Self; 4]) -> __m256d {
        // SAFETY: the contract of the trait.
        unsafe { _mm256_hadd_pd(fold_double(a.0, c.0), fold_double(b.0, d.0)) }
    }
    #[inline(always)]
    unsafe fn to_array(four: __m256d) -> [f64; 4] {
        let mut array = [0.0; 4];
        // SAFETY: the array holds four.
        unsafe { _mm256_storeu_pd(array.as_mut_ptr(), four) };
        array
    }
    #[inline(always)]
    unsafe fn add_four(four: __m256d, start: *const f64, out: *mut f64) {
        // SAFETY: the contract of the trait.
        unsafe { _mm256_storeu_pd(out, _mm256_add_pd(_mm256_loadu_pd(start), four)) }
    }
}
