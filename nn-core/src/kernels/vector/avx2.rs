//! AVX2 with fused multiply-add.

use core::arch::x86_64::*;

use super::registers::registers;
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

/// The mask of the first `count` of eight lanes.
///
/// # Safety
/// The processor must have AVX2, and `count` must be at most 8.
#[inline(always)]
unsafe fn mask_single(count: usize) -> __m256i {
    // SAFETY: eight lanes from there on lie within the masks.
    unsafe { _mm256_loadu_si256(MASKS_SINGLE.as_ptr().add(8 - count).cast()) }
}

/// The mask of the first `count` of four lanes.
///
/// # Safety
/// The processor must have AVX2, and `count` must be at most 4.
#[inline(always)]
unsafe fn mask_double(count: usize) -> __m256i {
    // SAFETY: four lanes from there on lie within the masks.
    unsafe { _mm256_loadu_si256(MASKS_DOUBLE.as_ptr().add(4 - count).cast()) }
}

/// `least` unless `x` is greater or NaN, then `greatest` unless that is less or NaN, lane by lane.
///
/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn clamp_single(x: __m256, least: __m256, greatest: __m256) -> __m256 {
    // SAFETY: the caller vouches for AVX2.
    unsafe {
        let x = _mm256_blendv_ps(least, x, _mm256_cmp_ps::<_CMP_NLE_UQ>(x, least));
        _mm256_blendv_ps(greatest, x, _mm256_cmp_ps::<_CMP_NGE_UQ>(x, greatest))
    }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn clamp_double(x: __m256d, least: __m256d, greatest: __m256d) -> __m256d {
    // SAFETY: the caller vouches for AVX2.
    unsafe {
        let x = _mm256_blendv_pd(least, x, _mm256_cmp_pd::<_CMP_NLE_UQ>(x, least));
        _mm256_blendv_pd(greatest, x, _mm256_cmp_pd::<_CMP_NGE_UQ>(x, greatest))
    }
}

/// The even lanes of `a`, then the odd ones of `b`.
///
/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn every_second_single(a: __m256, b: __m256) -> __m256 {
    // SAFETY: the caller vouches for AVX2.
    unsafe {
        let halves = _mm256_castps_pd(_mm256_shuffle_ps::<0b11_01_10_00>(a, b));
        _mm256_castpd_ps(_mm256_permute4x64_pd::<0b11_01_10_00>(halves))
    }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have AVX2.
#[inline(always)]
unsafe fn every_second_double(a: __m256d, b: __m256d) -> __m256d {
    // SAFETY: the caller vouches for AVX2.
    unsafe { _mm256_permute4x64_pd::<0b11_01_10_00>(_mm256_shuffle_pd::<0b1010>(a, b)) }
}

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

registers! {
    Single: 8 of f32 in 2, 16 registers,
    call, sums_single, __m256i: mask_single,
    all: _mm256_setzero_ps _mm256_set1_ps _mm256_loadu_ps _mm256_storeu_ps _mm256_add_ps _mm256_fmadd_ps,
    masked: _mm256_maskload_ps _mm256_maskstore_ps, every second: every_second_single, clamp: clamp_single,
    four: __m128 _mm_setzero_ps _mm_loadu_ps _mm_storeu_ps _mm_add_ps
}

registers! {
    Double: 4 of f64 in 2, 16 registers,
    call, sums_double, __m256i: mask_double,
    all: _mm256_setzero_pd _mm256_set1_pd _mm256_loadu_pd _mm256_storeu_pd _mm256_add_pd _mm256_fmadd_pd,
    masked: _mm256_maskload_pd _mm256_maskstore_pd, every second: every_second_double, clamp: clamp_double,
    four: __m256d _mm256_setzero_pd _mm256_loadu_pd _mm256_storeu_pd _mm256_add_pd
}
