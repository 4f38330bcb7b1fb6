//! What the kernels ask of a number.

use core::ops::{Add, AddAssign, Mul};

/// A number that can be multiplied and added up, and whose default is zero. Every [`Scalar`](crate::Scalar) is one.
pub trait Number: Copy + Default + Add<Output = Self> + Mul<Output = Self> + AddAssign + 'static {}

impl<T: Copy + Default + Add<Output = T> + Mul<Output = T> + AddAssign + 'static> Number for T {}
