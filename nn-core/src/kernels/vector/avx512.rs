//! AVX-512.

use core::arch::x86_64::*;

use super::registers::registers;
use super::{Vector, Work};

/// Sixteen `f32`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Single(__m512);

/// Eight `f64`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Double(__m512d);

/// Does work in a function of its own.
///
/// # Safety
/// The processor must have the instructions; the rest is as the work says.
#[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
#[inline(never)]
unsafe fn call<W: Work>(work: &W) {
    // SAFETY: the caller vouches for it.
    unsafe { work.run() }
}

/// The mask of the first `count` of sixteen lanes.
#[inline(always)]
unsafe fn mask_single(count: usize) -> __mmask16 {
    ((1u32 << count) - 1) as u16
}

/// The mask of the first `count` of eight lanes.
#[inline(always)]
unsafe fn mask_double(count: usize) -> __mmask8 {
    ((1u32 << count) - 1) as u8
}

/// # Safety
/// As for [`Vector::load_masked`].
#[inline(always)]
unsafe fn load_masked_single(from: *const f32, mask: __mmask16) -> __m512 {
    // SAFETY: the caller vouches for it.
    unsafe { _mm512_maskz_loadu_ps(mask, from) }
}

/// # Safety
/// As for [`Vector::load_masked`].
#[inline(always)]
unsafe fn load_masked_double(from: *const f64, mask: __mmask8) -> __m512d {
    // SAFETY: the caller vouches for it.
    unsafe { _mm512_maskz_loadu_pd(mask, from) }
}

/// `least` unless `x` is greater or NaN, then `greatest` unless that is less or NaN, lane by lane.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn clamp_single(x: __m512, least: __m512, greatest: __m512) -> __m512 {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let x = _mm512_mask_blend_ps(_mm512_cmp_ps_mask::<_CMP_NLE_UQ>(x, least), least, x);
        _mm512_mask_blend_ps(_mm512_cmp_ps_mask::<_CMP_NGE_UQ>(x, greatest), greatest, x)
    }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn clamp_double(x: __m512d, least: __m512d, greatest: __m512d) -> __m512d {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let x = _mm512_mask_blend_pd(_mm512_cmp_pd_mask::<_CMP_NLE_UQ>(x, least), least, x);
        _mm512_mask_blend_pd(_mm512_cmp_pd_mask::<_CMP_NGE_UQ>(x, greatest), greatest, x)
    }
}

/// The even lanes of `a`, then the odd ones of `b`.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn every_second_single(a: __m512, b: __m512) -> __m512 {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let order = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31);
        _mm512_permutex2var_ps(a, order, b)
    }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn every_second_double(a: __m512d, b: __m512d) -> __m512d {
    // SAFETY: the caller vouches for AVX-512.
    unsafe { _mm512_permutex2var_pd(a, _mm512_setr_epi64(0, 2, 4, 6, 9, 11, 13, 15), b) }
}

/// The lower halves of both, and the upper halves.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn halves(a: __m512d, b: __m512d) -> [__m512d; 2] {
    // SAFETY: the caller vouches for AVX-512.
    unsafe { [_mm512_insertf64x4::<1>(a, _mm512_castpd512_pd256(b)), _mm512_shuffle_f64x2::<0b1110_1110>(a, b)] }
}

/// The lower half of each plus its upper half: those of `a` below, of `b` above.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn fold_single(a: Single, b: Single) -> __m512 {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let [lower, upper] = halves(_mm512_castps_pd(a.0), _mm512_castps_pd(b.0));
        _mm512_add_ps(_mm512_castpd_ps(lower), _mm512_castpd_ps(upper))
    }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn fold_double(a: Double, b: Double) -> __m512d {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let [lower, upper] = halves(a.0, b.0);
        _mm512_add_pd(lower, upper)
    }
}

/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn sums_single([a, b, c, d]: [Single; 4]) -> __m128 {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let (ab, cd) = (fold_single(a, b), fold_single(c, d));
        // a quarter of a register for each vector from here on
        let lower = _mm512_shuffle_f32x4::<0b1000_1000>(ab, cd);
        let four = _mm512_add_ps(lower, _mm512_shuffle_f32x4::<0b1101_1101>(ab, cd));
        let two = _mm512_add_ps(four, _mm512_permute_ps::<0b0100_1110>(four));
        let one = _mm512_add_ps(two, _mm512_permute_ps::<0b1011_0001>(two));
        _mm512_castps512_ps128(_mm512_maskz_compress_ps(0b0001_0001_0001_0001, one))
    }
}

/// # Safety
/// The processor must have AVX-512.
#[inline(always)]
unsafe fn sums_double([a, b, c, d]: [Double; 4]) -> __m256d {
    // SAFETY: the caller vouches for AVX-512.
    unsafe {
        let (ab, cd) = (fold_double(a, b), fold_double(c, d));
        // a quarter of a register for each vector from here on
        let lower = _mm512_shuffle_f64x2::<0b1000_1000>(ab, cd);
        let two = _mm512_add_pd(lower, _mm512_shuffle_f64x2::<0b1101_1101>(ab, cd));
        let one = _mm512_add_pd(two, _mm512_permute_pd::<0b0101_0101>(two));
        _mm512_castpd512_pd256(_mm512_maskz_compress_pd(0b0101_0101, one))
    }
}

registers! {
    Single: 16 of f32 in 1, 32 registers,
    call, sums_single, __mmask16: mask_single,
    all: _mm512_setzero_ps _mm512_set1_ps _mm512_loadu_ps _mm512_storeu_ps _mm512_add_ps _mm512_fmadd_ps,
    masked: load_masked_single _mm512_mask_storeu_ps, every second: every_second_single, clamp: clamp_single,
    four: __m128 _mm_setzero_ps _mm_loadu_ps _mm_storeu_ps _mm_add_ps
}

registers! {
    Double: 8 of f64 in 1, 32 registers,
    call, sums_double, __mmask8: mask_double,
    all: _mm512_setzero_pd _mm512_set1_pd _mm512_loadu_pd _mm512_storeu_pd _mm512_add_pd _mm512_fmadd_pd,
    masked: load_masked_double _mm512_mask_storeu_pd, every second: every_second_double, clamp: clamp_double,
    four: __m256d _mm256_setzero_pd _mm256_loadu_pd _mm256_storeu_pd _mm256_add_pd
}
