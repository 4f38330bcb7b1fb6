//! NEON of 64-bit Arm: two registers are a vector, so that there are as many vectors, and as many lanes in each, as with AVX2.

use core::arch::aarch64::*;

use super::{Vector, Work};

/// Eight `f32`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Single(float32x4_t, float32x4_t);

/// Four `f64`.
#[derive(Clone, Copy)]
pub(in crate::kernels) struct Double(float64x2_t, float64x2_t);

/// Copies the first `count` lanes of `lanes` to memory.
///
/// # Safety
/// `to` must be valid for writes of so many, and there must be so many.
#[inline(always)]
unsafe fn store_first<T: Copy, const N: usize>(lanes: &[T; N], to: *mut T, count: usize) {
    for (i, lane) in lanes.iter().enumerate() {
        if i < count {
            // SAFETY: the caller vouches for it.
            unsafe { to.add(i).write(*lane) };
        }
    }
}

/// The sums of the lanes of each of four pairs of registers: halves first, then the halves of what is left.
///
/// # Safety
/// The processor must have NEON.
#[inline(always)]
unsafe fn sums_single([a, b, c, d]: [Single; 4]) -> float32x4_t {
    // SAFETY: the caller vouches for NEON.
    unsafe {
        let two = |v: Single| {
            let four = vaddq_f32(v.0, v.1);
            vadd_f32(vget_low_f32(four), vget_high_f32(four))
        };
        let (ab, cd) = (vpadd_f32(two(a), two(b)), vpadd_f32(two(c), two(d)));
        vaddq_f32(vcombine_f32(ab, cd), vdupq_n_f32(0.0))
    }
}

/// The same for `f64`.
///
/// # Safety
/// The processor must have NEON.
#[inline(always)]
unsafe fn sums_double([a, b, c, d]: [Double; 4]) -> [float64x2_t; 2] {
    // SAFETY: the caller vouches for NEON.
    unsafe {
        let two = |v: Double| vaddq_f64(v.0, v.1);
        let zero = vdupq_n_f64(0.0);
        [vaddq_f64(vpaddq_f64(two(a), two(b)), zero), vaddq_f64(vpaddq_f64(two(c), two(d)), zero)]
    }
}

/// Implements [`Vector`] for a pair of registers: its lanes, its type, its four numbers, and its instructions.
macro_rules! pair {
    (
        $vector:ident: $lanes:literal of $type:ident, each of $half:literal,
        $splat:ident $load:ident $store:ident $pairs:ident $add:ident $multiply_add:ident,
        bounds: $greater:ident $less:ident $equal:ident $not:ident $or:ident $select:ident,
        four: $four:ty, |$sums:ident, $out:ident, $start:ident| $sum:expr, $to_array:expr, $add_four:expr
    ) => {
        impl Vector for $vector {
            type Scalar = $type;
            type Mask = usize;
            type Pairs = usize;
            type Four = $four;
            const LANES: usize = $lanes;
            const PARTS: usize = 2;
            const REGISTERS: usize = 16;

            #[inline(never)]
            unsafe fn call<W: Work>(work: &W) {
                // SAFETY: the contract of the trait.
                unsafe { work.run() }
            }
            #[inline(always)]
            unsafe fn zero() -> Self {
                // SAFETY: the contract of the trait.
                unsafe { $vector($splat(0.0), $splat(0.0)) }
            }
            #[inline(always)]
            unsafe fn splat(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                unsafe { $vector($splat(*from), $splat(*from)) }
            }
            #[inline(always)]
            unsafe fn load(from: *const $type) -> Self {
                // SAFETY: the contract of the trait.
                unsafe { $vector($load(from), $load(from.add($half))) }
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $type) {
                // SAFETY: the contract of the trait.
                unsafe {
                    $store(to, self.0);
                    $store(to.add($half), self.1);
                }
            }
            #[inline(always)]
            unsafe fn mask(count: usize) -> usize {
                count
            }
            #[inline(always)]
            unsafe fn load_masked(from: *const $type, mask: usize) -> Self {
                // SAFETY: the contract of the trait.
                unsafe { Self::gather(from, 1, mask) }
            }
            #[inline(always)]
            unsafe fn store_masked(self, to: *mut $type, mask: usize) {
                let mut lanes = [0.0; $lanes];
                // SAFETY: the contract of the trait; the array has all lanes.
                unsafe {
                    self.store(lanes.as_mut_ptr());
                    store_first(&lanes, to, mask);
                }
            }
            #[inline(always)]
            unsafe fn pairs(count: usize) -> usize {
                count
            }
            #[inline(always)]
            unsafe fn load_every_second(from: *const $type, count: usize) -> Self {
                // The second half begins one element early, so that it ends with the last lane.
                // SAFETY: the contract of the trait.
                unsafe {
                    match count {
                        $lanes => $vector($pairs(from).0, $pairs(from.add($lanes - 1)).1),
                        _ => Self::gather(from, 2, count),
                    }
                }
            }
            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                // SAFETY: the contract of the trait.
                unsafe { $vector($add(self.0, other.0), $add(self.1, other.1)) }
            }
            #[inline(always)]
            unsafe fn multiply_add(self, left: Self, right: Self) -> Self {
                // SAFETY: the contract of the trait.
                unsafe { $vector($multiply_add(self.0, left.0, right.0), $multiply_add(self.1, left.1, right.1)) }
            }
            #[inline(always)]
            unsafe fn clamp(self, least: Self, greatest: Self) -> Self {
                // SAFETY: the contract of the trait.
                unsafe {
                    let clamp = |x, least, greatest| {
                        let number = $equal(x, x);
                        let x = $select($or($greater(x, least), $not(number)), x, least);
                        $select($or($less(x, greatest), $not(number)), x, greatest)
                    };
                    $vector(clamp(self.0, least.0, greatest.0), clamp(self.1, least.1, greatest.1))
                }
            }
            #[inline(always)]
            unsafe fn sums(vectors: [Self; 4]) -> $four {
                // SAFETY: the contract of the trait.
                unsafe { $sum(vectors) }
            }
            #[inline(always)]
            unsafe fn to_array($sums: $four) -> [$type; 4] {
                let mut array = [0.0; 4];
                let $out = array.as_mut_ptr();
                // SAFETY: the array holds four.
                unsafe { $to_array };
                array
            }
            #[inline(always)]
            unsafe fn add_four($sums: $four, $start: *const $type, $out: *mut $type) {
                // SAFETY: the contract of the trait.
                unsafe { $add_four }
            }
        }
    };
}

/// All bits of a mask of two lanes the other way round.
///
/// # Safety
/// The processor must have NEON.
#[inline(always)]
unsafe fn not_double(mask: uint64x2_t) -> uint64x2_t {
    // SAFETY: the caller vouches for NEON.
    unsafe { vreinterpretq_u64_u32(vmvnq_u32(vreinterpretq_u32_u64(mask))) }
}

pair! {
    Single: 8 of f32, each of 4,
    vdupq_n_f32 vld1q_f32 vst1q_f32 vld2q_f32 vaddq_f32 vfmaq_f32,
    bounds: vcgtq_f32 vcltq_f32 vceqq_f32 vmvnq_u32 vorrq_u32 vbslq_f32,
    four: float32x4_t, |sums, out, start| sums_single, vst1q_f32(out, sums), vst1q_f32(out, vaddq_f32(vld1q_f32(start), sums))
}

pair! {
    Double: 4 of f64, each of 2,
    vdupq_n_f64 vld1q_f64 vst1q_f64 vld2q_f64 vaddq_f64 vfmaq_f64,
    bounds: vcgtq_f64 vcltq_f64 vceqq_f64 not_double vorrq_u64 vbslq_f64,
    four: [float64x2_t; 2], |sums, out, start| sums_double,
    {
        vst1q_f64(out, sums[0]);
        vst1q_f64(out.add(2), sums[1]);
    },
    {
        vst1q_f64(out, vaddq_f64(vld1q_f64(start), sums[0]));
        vst1q_f64(out.add(2), vaddq_f64(vld1q_f64(start.add(2)), sums[1]));
    }
}
