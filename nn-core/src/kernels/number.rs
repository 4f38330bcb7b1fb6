//! What the kernels ask of a number.

use core::ops::{Add, AddAssign, Mul};

/// A number that can be multiplied, added up and compared, and whose default is zero. Every [`Scalar`](crate::Scalar) is one.
pub trait Number: Copy + Default + PartialOrd + Add<Output = Self> + Mul<Output = Self> + AddAssign + 'static {}

impl<T: Copy + Default + PartialOrd + Add<Output = T> + Mul<Output = T> + AddAssign + 'static> Number for T {}

/// A number that is at least the first bound, then at most the second one. NaN stays NaN, and a zero takes the sign of a bound
/// that is zero.
#[inline(always)]
#[allow(clippy::eq_op)] // NaN is not itself
pub(super) fn clamped<T: PartialOrd + Copy>(x: T, [least, greatest]: [T; 2]) -> T {
    let x = if x > least || x != x { x } else { least };
    if x < greatest || x != x { x } else { greatest }
}
