//! Vector types: a kernel is written once, and compiled for every instruction set.

pub(super) mod array;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
#[cfg(target_arch = "x86_64")]
pub(super) mod avx512;
#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
pub(super) mod neon;
#[cfg(target_arch = "x86_64")]
mod registers;

use super::number::Number;

/// A loop nest that is compiled as a function of its own. One function with all register tiles would have no registers
/// left for addresses.
pub(super) trait Work {
    /// Does the work. Must be `#[inline(always)]`.
    ///
    /// # Safety
    /// As the implementation says.
    unsafe fn run(&self);
}

/// The most lanes of any vector type. Buffers for vectors have room for so many.
pub(super) const MOST_LANES: usize = 16;

/// A vector register, or an array that stands for one.
///
/// # Safety
/// Every method may only be called where the processor has the instruction set of the type.
/// Pointers must be valid for the elements that are read or written: all lanes, or those of the mask.
pub(super) trait Vector: Copy {
    /// The number in a lane.
    type Scalar: Number;
    /// A mask that selects the first lanes.
    type Mask: Copy;
    /// Masks that select every second element, for the first lanes.
    type Pairs: Copy;
    /// Four numbers.
    type Four: Copy;
    /// The number of lanes.
    const LANES: usize;
    /// The vectors that hold the lanes of a sum, at most two. Where products are fused, these are 16 lanes of `f32` and 8
    /// of `f64`, however many a register has, so that the order of a sum is the same.
    const PARTS: usize;
    /// The vector registers: 16 or 32, or 8 where tiles must be small.
    const REGISTERS: usize;
    /// Whether there are registers for larger tiles, and memory for the code of separate matrix products.
    const LARGE: bool = Self::REGISTERS >= 16;

    /// Does work in a function of its own, compiled for the instruction set.
    unsafe fn call<W: Work>(work: &W);
    /// A vector of zeros.
    unsafe fn zero() -> Self;
    /// Broadcasts a number to all lanes.
    unsafe fn splat(from: *const Self::Scalar) -> Self;
    /// Reads all lanes.
    unsafe fn load(from: *const Self::Scalar) -> Self;
    /// Writes all lanes.
    unsafe fn store(self, to: *mut Self::Scalar);
    /// The mask of the first `count` lanes, at most `LANES`.
    unsafe fn mask(count: usize) -> Self::Mask;
    /// Reads the lanes of the mask. The others become zero.
    unsafe fn load_masked(from: *const Self::Scalar, mask: Self::Mask) -> Self;
    /// Writes the lanes of the mask.
    unsafe fn store_masked(self, to: *mut Self::Scalar, mask: Self::Mask);
    /// The masks of the first `count` lanes, 1 to `LANES`.
    unsafe fn pairs(count: usize) -> Self::Pairs;
    /// Reads the first lanes from every second element, up to that of the last lane. The others become zero.
    unsafe fn load_every_second(from: *const Self::Scalar, pairs: Self::Pairs) -> Self;
    /// Reads the first `count` lanes from elements at a distance. The others become zero.
    #[inline(always)]
    unsafe fn gather(from: *const Self::Scalar, stride: isize, count: usize) -> Self {
        const { assert!(Self::LANES <= MOST_LANES) };
        let mut lanes = [Self::Scalar::default(); MOST_LANES];
        for (i, lane) in lanes.iter_mut().enumerate().take(count) {
            // SAFETY: the contract of the trait.
            *lane = unsafe { *from.wrapping_offset(i.cast_signed() * stride) };
        }
        // SAFETY: there are at least as many lanes as in a vector.
        unsafe { Self::load(lanes.as_ptr()) }
    }
    /// `self + other` in every lane.
    unsafe fn add(self, other: Self) -> Self;
    /// `self + left * right` in every lane.
    unsafe fn multiply_add(self, left: Self, right: Self) -> Self;
    /// In every lane, the lane of `least` unless that of `self` is greater or NaN, then the lane of `greatest` unless that is
    /// less or NaN.
    unsafe fn clamp(self, least: Self, greatest: Self) -> Self;
    /// The sum of the lanes of each of four vectors. Upper and lower halves are added until two lanes are left, and
    /// then these two. Where there are several parts, or products are fused, a sum of zeros is +0: it does not tell
    /// whether products of zeros were added to a lane at the end of a loop.
    unsafe fn sums(vectors: [Self; 4]) -> Self::Four;
    /// The four numbers as an array.
    unsafe fn to_array(four: Self::Four) -> [Self::Scalar; 4];
    /// Writes `start[i] + four[i]` to `out[i]`.
    unsafe fn add_four(four: Self::Four, start: *const Self::Scalar, out: *mut Self::Scalar);
}
