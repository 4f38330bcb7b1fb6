//! One row of results for each iteration of the batch loops, as in a depthwise convolution. A factor is read for one product
//! there, so that the loops around it count: the few terms are a list.

use core::mem::MaybeUninit;

use crate::kernels::contraction::sums::{Accumulate, Terms};
use crate::kernels::contraction::walk::Nest;

/// The most terms of a list.
pub(super) const MOST_TAPS: usize = 64;

/// The distances from a term to the next one in both factors.
#[derive(Clone, Copy)]
pub(super) struct Tap {
    left: isize,
    right: isize,
}

/// Memory for a list of terms.
pub(super) type TapMemory = [MaybeUninit<Tap>; MOST_TAPS];

/// The terms of a sum. Behind the last one the distance is zero.
pub(super) struct Taps<'a>(&'a [Tap]);

impl<'a> Taps<'a> {
    /// Writes all terms of a nest, the innermost loop first.
    ///
    /// # Panics
    /// If there are more than [`MOST_TAPS`].
    pub(super) fn new(memory: &'a mut TapMemory, sums: &Nest<'_>) -> Self {
        let mut count = 1;
        // from the first to the last term so far
        let (mut left, mut right) = (0, 0);
        memory[0].write(Tap { left, right });
        for index in (0..sums.count()).rev() {
            let step = sums.step(index);
            memory[count - 1].write(Tap { left: step.left - left, right: step.right - right });
            let (done, rest) = memory[..count * step.extent].split_at_mut(count);
            for taps in rest.chunks_exact_mut(count) {
                taps.copy_from_slice(done);
            }
            let times = step.extent.cast_signed() - 1;
            (left, right) = (left + times * step.left, right + times * step.right);
            count *= step.extent;
            memory[count - 1].write(Tap { left: 0, right: 0 });
        }
        // SAFETY: the first `count` terms have been written, one repetition of each loop after the other.
        Taps(unsafe { core::slice::from_raw_parts(memory.as_ptr().cast(), count) })
    }
}

impl<T> Terms<T> for Taps<'_> {
    const ONE_ROW: bool = true;

    #[inline(always)]
    unsafe fn visit<A: Accumulate<T>>(&self, tile: &mut A, mut left: *const T, mut right: *const T) {
        for tap in self.0 {
            // SAFETY: the caller vouches for it.
            unsafe { tile.step(left, right) };
            left = left.wrapping_offset(tap.left);
            right = right.wrapping_offset(tap.right);
        }
        // SAFETY: the caller vouches for it.
        unsafe { tile.finish(left, right) };
    }
}
