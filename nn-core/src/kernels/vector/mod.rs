//! Vectors of numbers by name: kernels written once run with every instruction set.

#[cfg(target_arch = "x86_64")]
pub(super) mod avx2;
pub(super) mod baseline;

use super::number::Number;

/// A loop nest that is compiled on its own: all register tiles in one function would leave it no registers for
/// addresses.
pub(super) trait Work {
    /// Does the work; must be `#[inline(always)]`.
    ///
    /// # Safety
    /// As the implementation says.
    unsafe fn run(&self);
}

/// A vector register, or an array that stands for one.
///
/// # Safety
/// Every method may only be called where the processor has the instruction set of the type.
/// Pointers must be valid for the elements that are read or written: all lanes, or those of the mask.
pub(super) trait Vector: Copy {
    /// What a lane holds.
    type Scalar: Number;
    /// Selects the first lanes.
    type Mask: Copy;
    /// Four numbers.
    type Four: Copy;
    /// The number of lanes.
    const LANES: usize;
    /// Whether registers, and memory for code, are plenty: larger register tiles, and matrix products that have
    /// kernels of their own.
    const LARGE: bool;

    /// Does work in a function of its own, compiled for the instruction set.
    unsafe fn call<W: Work>(work: &W);
    /// Zero in every lane.
    unsafe fn zero() -> Self;
    /// One number in every lane.
    unsafe fn splat(from: *const Self::Scalar) -> Self;
    /// Reads all lanes.
    unsafe fn load(from: *const Self::Scalar) -> Self;
    /// Writes all lanes.
    unsafe fn store(self, to: *mut Self::Scalar);
    /// The first `count` lanes; `count` is at most `LANES`.
    unsafe fn mask(count: usize) -> Self::Mask;
    /// Reads the lanes of the mask; the others are zero.
    unsafe fn load_masked(from: *const Self::Scalar, mask: Self::Mask) -> Self;
    /// Writes the lanes of the mask.
    unsafe fn store_masked(self, to: *mut Self::Scalar, mask: Self::Mask);
    /// `self + left * right` in every lane.
    unsafe fn multiply_add(self, left: Self, right: Self) -> Self;
    /// The sum over the lanes of each of four vectors: halves are added until one lane is left,
    /// but the last step adds even and odd.
    unsafe fn sums(vectors: [Self; 4]) -> Self::Four;
    /// The four numbers as an array.
    unsafe fn to_array(four: Self::Four) -> [Self::Scalar; 4];
    /// Writes `start[i] + four[i]` to `out[i]`.
    unsafe fn add_four(four: Self::Four, start: *const Self::Scalar, out: *mut Self::Scalar);
}
