//! The terms of a sum, and registers that take them in.

use super::walk::{Nest, Offsets, Step};

/// The loops that a register tile sums over: the two innermost apart, as they must cost nothing.
pub(super) struct Sums<'a> {
    inner: Step,
    middle: Step,
    outer: Nest<'a>,
    outer_runs: usize,
}

impl<'a> Sums<'a> {
    /// Of the nest alone.
    #[inline(always)]
    pub(super) fn new(mut outer: Nest<'a>) -> Self {
        let inner = outer.take_innermost();
        Sums::with(outer, inner)
    }

    /// With a loop inside the others.
    #[inline(always)]
    pub(super) fn with(mut outer: Nest<'a>, inner: Step) -> Self {
        let middle = outer.take_innermost();
        Sums { inner, middle, outer, outer_runs: outer.runs() }
    }
}

/// Register sums that take in one term after the other.
pub(super) trait Accumulate<T> {
    /// Adds the products at these places.
    ///
    /// # Safety
    /// Both factors must be readable at these places, and the processor must have the instruction set of the registers.
    unsafe fn step(&mut self, left: *const T, right: *const T);
    /// Called where an innermost loop has ended.
    ///
    /// # Safety
    /// As for [`step`](Accumulate::step).
    #[inline(always)]
    unsafe fn finish(&mut self, _left: *const T, _right: *const T) {}
}

/// The terms of a sum.
pub(super) trait Terms<T> {
    /// Visits all terms.
    ///
    /// # Safety
    /// All places that the loops lead to must be valid for `tile`.
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
