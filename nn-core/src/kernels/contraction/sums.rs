//! The terms of a sum, and the registers that accumulate them.

use super::walk::{Nest, Offsets, Step};
use crate::kernels::vector::Vector;

/// The loops that a register tile sums over. The two innermost stand apart, since their overhead matters.
pub(super) struct Sums<'a> {
    inner: Step,
    middle: Step,
    outer: Nest<'a>,
    outer_runs: usize,
}

impl<'a> Sums<'a> {
    /// The loops of a nest.
    #[inline(always)]
    pub(super) fn new(mut outer: Nest<'a>) -> Self {
        let inner = outer.take_innermost();
        Sums::with(outer, inner)
    }

    /// The loops of a nest with another loop inside.
    #[inline(always)]
    pub(super) fn with(mut outer: Nest<'a>, inner: Step) -> Self {
        let middle = outer.take_innermost();
        Sums { inner, middle, outer, outer_runs: outer.runs() }
    }
}

/// The elements from one vector of a part of the lanes to the next.
pub(super) const fn lanes<V: Vector>() -> usize {
    V::LANES * V::PARTS
}

/// The full vectors of part `number` of the lanes of a sum, and the elements that are left for a last one. The vectors of
/// the parts alternate.
#[inline(always)]
pub(super) const fn part<V: Vector>(number: usize, length: usize) -> (usize, usize) {
    let all = lanes::<V>();
    let left = (length % all).saturating_sub(number * V::LANES);
    if left >= V::LANES { (length / all + 1, 0) } else { (length / all, left) }
}

/// Sums in registers.
pub(super) trait Accumulate<T> {
    /// Adds the products of the factors at these pointers.
    ///
    /// # Safety
    /// Both pointers must be valid for reads with the offsets of the registers, and the processor must have their
    /// instruction set.
    unsafe fn step(&mut self, left: *const T, right: *const T);
    /// Called at the end of each innermost loop.
    ///
    /// # Safety
    /// As for [`step`](Accumulate::step).
    #[inline(always)]
    unsafe fn finish(&mut self, _left: *const T, _right: *const T) {}
}

/// The terms of a sum.
pub(super) trait Terms<T> {
    /// Whether they are those of one row, so that a register tile has no more.
    const ONE_ROW: bool = false;

    /// Visits all terms.
    ///
    /// # Safety
    /// As for [`Accumulate::step`], for all terms.
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, left: *const T, right: *const T);
}

impl<T> Terms<T> for Step {
    #[inline(always)]
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, mut left: *const T, mut right: *const T) {
        for _ in 0..self.extent {
            // SAFETY: the caller vouches for it.
            unsafe { tile.step(left, right) };
            left = left.wrapping_offset(self.left);
            right = right.wrapping_offset(self.right);
        }
        // SAFETY: the caller vouches for it.
        unsafe { tile.finish(left, right) };
    }
}

impl<T> Terms<T> for Sums<'_> {
    #[inline(always)]
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, left: *const T, right: *const T) {
        let mut at = Offsets::ORIGIN;
        let mut number = 0;
        loop {
            let (mut left, mut right) = (left.wrapping_offset(at.left), right.wrapping_offset(at.right));
            for _ in 0..self.middle.extent {
                // SAFETY: the caller vouches for it.
                unsafe { self.inner.visit(tile, left, right) };
                left = left.wrapping_offset(self.middle.left);
                right = right.wrapping_offset(self.middle.right);
            }
            number += 1;
            if number == self.outer_runs {
                return;
            }
            at = self.outer.offsets(number);
        }
    }
}
