//! The terms of a matrix product.

use core::marker::PhantomData;

use crate::kernels::contraction::sums::{Accumulate, Terms, lanes};
use crate::kernels::vector::Vector;

/// The terms of a matrix product: the full vectors of a part of the lanes, one after the other.
pub(super) struct Lanes<V> {
    vectors: usize,
    vector: PhantomData<V>,
}

impl<V: Vector> Lanes<V> {
    #[inline(always)]
    pub(super) fn new(vectors: usize) -> Self {
        Lanes { vectors, vector: PhantomData }
    }
}

impl<V: Vector> Terms<V::Scalar> for Lanes<V> {
    /// Unrolled by four vectors: in a short sum the loop costs as much as the additions.
    #[inline(always)]
    unsafe fn visit<A: Accumulate<V::Scalar>>(
        &self,
        tile: &mut A,
        mut left: *const V::Scalar,
        mut right: *const V::Scalar,
    ) {
        let step = lanes::<V>();
        for _ in 0..self.vectors / 4 {
            for i in 0..4 {
                // SAFETY: the caller vouches for it.
                unsafe { tile.step(left.wrapping_add(i * step), right.wrapping_add(i * step)) };
            }
            left = left.wrapping_add(4 * step);
            right = right.wrapping_add(4 * step);
        }
        for _ in 0..self.vectors % 4 {
            // SAFETY: the caller vouches for it.
            unsafe { tile.step(left, right) };
            left = left.wrapping_add(step);
            right = right.wrapping_add(step);
        }
        // SAFETY: the caller vouches for it.
        unsafe { tile.finish(left, right) };
    }
}
