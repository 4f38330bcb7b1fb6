//! Matrix products of one term: a sum is a single product, as in the gradient by a weight for one sample. The time goes into
//! writing, and so the rows are written one after the other, as they lie in memory.

use crate::kernels::contraction::Contraction;
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::walk::{Nest, Step};
use crate::kernels::vector::{Vector, Work};

/// A matrix product of one term.
pub(super) struct Products<'a, V: Vector> {
    pub(super) plan: &'a Contraction,
    pub(super) samples: usize,
    pub(super) pointers: &'a Pointers<V::Scalar>,
    pub(super) lane: Step,
}

impl<V: Vector> Work for Products<'_, V> {
    /// # Safety
    /// The pointers must be valid for what the plan reaches with these lanes and its first term, and the processor must have
    /// the instruction set of `V`.
    #[inline(always)]
    unsafe fn run(&self) {
        let rows = Nest::new(self.plan.rows(), self.samples, self.pointers.start_steps).outermost();
        let mut at = *self.pointers;
        for _ in 0..rows.extent {
            // SAFETY: the caller vouches for it.
            unsafe {
                if self.lane.start == 0 {
                    self.row::<false>(&at);
                } else {
                    self.row::<true>(&at);
                }
            }
            at = at.moved(rows.offsets(1));
        }
    }
}

impl<V: Vector> Products<'_, V> {
    /// A result within its bounds.
    ///
    /// # Safety
    /// The processor must have the instruction set of `V`.
    #[inline(always)]
    unsafe fn bounded(&self, result: V) -> V {
        match &self.pointers.bounds {
            // SAFETY: the caller vouches for the instructions.
            Some([least, greatest]) => unsafe { result.clamp(V::splat(least), V::splat(greatest)) },
            None => result,
        }
    }

    /// Writes a row. Each lane has an initial value of its own if `START_MOVES`.
    ///
    /// # Safety
    /// As for [`run`](Work::run).
    #[inline(always)]
    unsafe fn row<const START_MOVES: bool>(&self, at: &Pointers<V::Scalar>) {
        let (whole, tail) = (self.lane.extent / V::LANES * V::LANES, self.lane.extent % V::LANES);
        // SAFETY: the caller vouches for the pointers; lanes are masked where the lane loop ends.
        unsafe {
            let (factor, start) = (V::splat(at.left), V::splat(at.start));
            for element in (0..whole).step_by(V::LANES) {
                let start = if START_MOVES { V::load(at.start.add(element)) } else { start };
                self.bounded(start.multiply_add(factor, V::load(at.right.add(element)))).store(at.out.add(element));
            }
            if tail > 0 {
                let mask = V::mask(tail);
                let start = if START_MOVES { V::load_masked(at.start.add(whole), mask) } else { start };
                let right = V::load_masked(at.right.add(whole), mask);
                self.bounded(start.multiply_add(factor, right)).store_masked(at.out.add(whole), mask);
            }
        }
    }
}
