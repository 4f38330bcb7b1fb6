//! The outer style: lanes run along an output loop, and every sum is sequential.

use super::{load, nested, steps};
use crate::kernels::contraction::Contraction;
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::walk::{StartSteps, Step};
use crate::kernels::vector::Vector;

/// What all tiles of a contraction share.
struct Outer<V: Vector> {
    row: Step,
    lane: Step,
    terms: [Step; 2],
    /// The lanes of the last vector, where that is not full.
    mask: V::Mask,
}

/// Runs a contraction of this style.
///
/// # Safety
/// As for [`super::run`].
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, pointers: &Pointers<V::Scalar>) {
    let start = pointers.start_steps;
    let [row, outer_row] = steps(plan.rows(), samples, start);
    let columns: [Step; 2] = steps(plan.columns(), samples, start);
    let lane = Step::new(&plan.lane, samples, start);
    // SAFETY: the caller vouches for the instruction set.
    let mask = unsafe { V::mask(lane.extent % V::LANES) };
    let outer = Outer::<V> { row, lane, terms: steps(plan.sums(), samples, StartSteps::None), mask };
    nested!(at in steps(plan.batch(), samples, start), from pointers, {
        nested!(at in columns, from at, {
            for number in 0..outer_row.extent {
                // SAFETY: the loops stay within the operands.
                unsafe { outer.rows(&at.moved(outer_row.offsets(number))) };
            }
        });
    });
}

impl<V: Vector> Outer<V> {
    /// Computes all rows: four at a time, whose sums are enough to keep the processor busy, and the others alone.
    ///
    /// # Safety
    /// The loops must stay within the operands.
    #[inline(always)]
    unsafe fn rows(&self, at: &Pointers<V::Scalar>) {
        let fours = self.row.extent / 4;
        for number in 0..fours {
            let at = at.moved(self.row.offsets(4 * number));
            // SAFETY: the caller vouches for it.
            unsafe { self.vectors::<4, 2>(&at) };
        }
        for row in 4 * fours..self.row.extent {
            // SAFETY: the caller vouches for it.
            unsafe { self.vectors::<1, 8>(&at.moved(self.row.offsets(row))) };
        }
    }

    /// Computes all lanes of `P` rows, up to `Q` vectors at a time.
    ///
    /// # Safety
    /// As for [`rows`](Outer::rows).
    #[inline(always)]
    unsafe fn vectors<const P: usize, const Q: usize>(&self, at: &Pointers<V::Scalar>) {
        // SAFETY: the caller vouches for the loops and the instruction set; lanes are masked where the lane loop ends.
        unsafe {
            let vectors = self.lane.extent / V::LANES;
            for number in 0..vectors / Q {
                self.tile::<P, Q, false>(&self.along(at, number * Q));
            }
            let mut done = vectors / Q * Q;
            if vectors - done >= 4 {
                self.tile::<P, 4, false>(&self.along(at, done));
                done += 4;
            }
            if vectors - done >= 2 {
                self.tile::<P, 2, false>(&self.along(at, done));
                done += 2;
            }
            if vectors - done == 1 {
                self.tile::<P, 1, false>(&self.along(at, done));
                done += 1;
            }
            if !self.lane.extent.is_multiple_of(V::LANES) {
                self.tile::<P, 1, true>(&self.along(at, done));
            }
        }
    }

    /// The operands at a vector of the lane loop.
    #[inline(always)]
    fn along(&self, at: &Pointers<V::Scalar>, vector: usize) -> Pointers<V::Scalar> {
        at.moved(self.lane.offsets(vector * V::LANES))
    }

    /// Computes `P` rows of `Q` vectors.
    ///
    /// # Safety
    /// As for [`rows`](Outer::rows).
    #[inline(always)]
    unsafe fn tile<const P: usize, const Q: usize, const MASKED: bool>(&self, at: &Pointers<V::Scalar>) {
        // SAFETY: the caller vouches for the loops and the instruction set; lanes are masked where the lane loop ends.
        unsafe {
            let mut sums = [[V::zero(); Q]; P];
            for (p, sums) in sums.iter_mut().enumerate() {
                for (q, sum) in sums.iter_mut().enumerate() {
                    let start = self.place(at, p, q).start;
                    *sum = if self.lane.start == 0 { V::splat(start) } else { load::<V, MASKED>(start, self.mask) };
                }
            }
            nested!(at in self.terms, from at, {
                let mut vectors = [V::zero(); Q];
                for (q, vector) in vectors.iter_mut().enumerate() {
                    *vector = self.factor::<MASKED>(self.place(&at, 0, q).right);
                }
                for (p, sums) in sums.iter_mut().enumerate() {
                    let scalar = V::splat(self.place(&at, p, 0).left);
                    for (sum, vector) in sums.iter_mut().zip(vectors) {
                        *sum = sum.multiply_add(scalar, vector);
                    }
                }
            });
            for (p, sums) in sums.iter().enumerate() {
                for (q, sum) in sums.iter().enumerate() {
                    let out = self.place(at, p, q).out;
                    if MASKED { sum.store_masked(out, self.mask) } else { sum.store(out) }
                }
            }
        }
    }

    /// The operands at a row and a vector of a tile.
    #[inline(always)]
    fn place(&self, at: &Pointers<V::Scalar>, row: usize, vector: usize) -> Pointers<V::Scalar> {
        self.along(&at.moved(self.row.offsets(row)), vector)
    }

    /// Reads a vector of the right factor, whose lanes may lie apart.
    ///
    /// # Safety
    /// As for [`load`], at the distance of the lanes.
    #[inline(always)]
    unsafe fn factor<const MASKED: bool>(&self, from: *const V::Scalar) -> V {
        if self.lane.right == 1 {
            // SAFETY: the caller vouches for it.
            return unsafe { load::<V, MASKED>(from, self.mask) };
        }
        let count = if MASKED { self.lane.extent % V::LANES } else { V::LANES };
        // SAFETY: the caller vouches for it.
        unsafe {
            if self.lane.right == 2 {
                V::load_every_second(from, V::pairs(count))
            } else {
                V::gather(from, self.lane.right, count)
            }
        }
    }
}
