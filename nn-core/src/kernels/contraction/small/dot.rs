//! The dot style: lanes run along a loop that is summed over, and are added at the end of each sum.

use super::{load, nested, steps};
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::{lanes, part};
use crate::kernels::contraction::walk::{StartSteps, Step};
use crate::kernels::contraction::{Contraction, general};
use crate::kernels::number::Number;
use crate::kernels::vector::Vector;

/// What all tiles of a contraction share.
struct Dot {
    row: Step,
    column: Step,
    /// The elements along the lanes.
    length: usize,
    terms: [Step; 2],
    /// Whether columns are adjacent in the result and in the initial values, or have the same initial value.
    contiguous: bool,
}

/// Runs a contraction of this style. A sum over the samples is done in parts of one sample each.
///
/// # Safety
/// As for [`super::run`].
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, pointers: &Pointers<V::Scalar>) {
    let terms: [Step; 2] = steps(plan.sums(), samples, StartSteps::None);
    if !plan.sums_samples() {
        // SAFETY: the caller vouches for it.
        return unsafe { run_part::<V>(plan, samples, pointers, terms) };
    }
    // the loop over the samples is the outermost one
    let (by_sample, terms) = match plan.sums().len() {
        1 => (terms[0], [Step::ONCE; 2]),
        _ => (terms[1], [terms[0], Step::ONCE]),
    };
    if samples == 0 {
        // SAFETY: the caller vouches for it.
        return unsafe { initial_values(plan, *pointers) };
    }
    let mut pointers = *pointers;
    for _ in 0..samples {
        // SAFETY: the caller vouches for it.
        unsafe { run_part::<V>(plan, samples, &pointers, terms) };
        pointers.left = pointers.left.wrapping_offset(by_sample.left);
        pointers.right = pointers.right.wrapping_offset(by_sample.right);
        pointers.start = pointers.out;
        pointers.start_steps = StartSteps::Out;
    }
}

/// Sums of no sample.
///
/// # Safety
/// As for [`super::run`].
#[cold]
#[inline(never)]
unsafe fn initial_values<T: Number>(plan: &Contraction, pointers: Pointers<T>) {
    // SAFETY: the caller vouches for it.
    unsafe { general::run(plan, 0, pointers) }
}

/// Adds a part of each sum.
///
/// # Safety
/// As for [`super::run`].
#[inline(always)]
unsafe fn run_part<V: Vector>(plan: &Contraction, samples: usize, pointers: &Pointers<V::Scalar>, terms: [Step; 2]) {
    let start = pointers.start_steps;
    let [row, outer_row] = steps(plan.rows(), samples, start);
    let [column, outer_column] = steps(plan.columns(), samples, start);
    let length = plan.lane.extent;
    let contiguous = column.out == 1 && (start == StartSteps::None || column.start == 1);
    let dot = Dot { row, column, length, terms, contiguous };
    nested!(at in steps(plan.batch(), samples, start), from pointers, {
        nested!(at in [outer_row, outer_column], from at, {
            // SAFETY: the loops stay within the operands.
            unsafe { dot.rows::<V>(&at) };
        });
    });
}

impl Dot {
    /// Computes all rows, two at a time. A single one leaves registers for both parts of its lanes.
    ///
    /// # Safety
    /// The loops must stay within the operands, and the processor must have the instruction set of `V`.
    #[inline(always)]
    unsafe fn rows<V: Vector>(&self, at: &Pointers<V::Scalar>) {
        let twos = self.row.extent / 2;
        for number in 0..twos {
            // SAFETY: the caller vouches for it.
            unsafe { self.columns::<V, 2, 4>(&at.moved(self.row.offsets(2 * number))) };
        }
        for row in 2 * twos..self.row.extent {
            let at = at.moved(self.row.offsets(row));
            // SAFETY: the caller vouches for it.
            unsafe {
                if V::PARTS == 2 && self.length > V::LANES {
                    self.columns::<V, 1, 4>(&at);
                } else {
                    self.columns::<V, 1, 8>(&at);
                }
            }
        }
    }

    /// Computes all columns of `P` rows, `Q` at a time while more than four are left.
    ///
    /// # Safety
    /// As for [`rows`](Dot::rows).
    #[inline(always)]
    unsafe fn columns<V: Vector, const P: usize, const Q: usize>(&self, at: &Pointers<V::Scalar>) {
        // SAFETY: the caller vouches for the loops and the instruction set; lanes are masked where the lane loop ends.
        unsafe {
            let count = self.column.extent;
            let whole = count / Q;
            for number in 0..whole {
                self.tile::<V, P, Q>(&at.moved(self.column.offsets(number * Q)), Q);
            }
            let left = count - whole * Q;
            let at = at.moved(self.column.offsets(whole * Q));
            match left {
                0 => {}
                1..=4 => self.tile::<V, P, 4>(&at, left),
                _ => self.tile::<V, P, Q>(&at, left),
            }
        }
    }

    /// Computes `P` rows of the first `count` of `Q` columns.
    ///
    /// # Safety
    /// As for [`rows`](Dot::rows).
    #[inline(always)]
    unsafe fn tile<V: Vector, const P: usize, const Q: usize>(&self, at: &Pointers<V::Scalar>, count: usize) {
        // SAFETY: the caller vouches for the loops and the instruction set; lanes are masked where the lane loop ends.
        unsafe {
            // where there are fewer columns, the last is computed again
            let mut columns = [0; Q];
            for (q, column) in columns.iter_mut().enumerate() {
                *column = q.min(count - 1);
            }
            let sums = self.sums::<V, P, Q>(at, &columns);
            for (p, sums) in sums.iter().enumerate() {
                let at = at.moved(self.row.offsets(p));
                for q in (0..Q).step_by(4) {
                    let four = V::sums([sums[q], sums[q + 1], sums[q + 2], sums[q + 3]]);
                    if self.contiguous && count == Q {
                        V::add_four(four, at.moved(self.column.offsets(q)).start, at.out.add(q));
                        continue;
                    }
                    for (q, sum) in (q..count).zip(V::to_array(four)) {
                        let at = at.moved(self.column.offsets(q));
                        *at.out = *at.start + sum;
                    }
                }
            }
        }
    }

    /// The lanes of the sums of `P` rows and `Q` columns. A single row has registers for both of their parts at once.
    ///
    /// # Safety
    /// As for [`rows`](Dot::rows).
    #[inline(always)]
    unsafe fn sums<V: Vector, const P: usize, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        columns: &[usize; Q],
    ) -> [[V; Q]; P] {
        // SAFETY: the caller vouches for the loops and the instruction set.
        unsafe {
            let zeros = [[V::zero(); Q]; P];
            let (mut lower, mut upper) = (zeros, zeros);
            if V::PARTS == 1 || self.length <= V::LANES {
                nested!(at in self.terms, from at, { self.add_part(0, &at, columns, &mut lower) });
                return lower;
            }
            if P == 1 {
                nested!(at in self.terms, from at, {
                    self.add_part(0, &at, columns, &mut lower);
                    self.add_part(1, &at, columns, &mut upper);
                });
            } else {
                nested!(at in self.terms, from at, { self.add_part(0, &at, columns, &mut lower) });
                nested!(at in self.terms, from at, { self.add_part(1, &at, columns, &mut upper) });
            }
            for (lower, upper) in lower.iter_mut().zip(upper) {
                for (lower, upper) in lower.iter_mut().zip(upper) {
                    *lower = lower.add(upper);
                }
            }
            lower
        }
    }

    /// Adds the products of all vectors of a part of the lanes.
    ///
    /// # Safety
    /// As for [`rows`](Dot::rows).
    #[inline(always)]
    unsafe fn add_part<V: Vector, const P: usize, const Q: usize>(
        &self,
        number: usize,
        at: &Pointers<V::Scalar>,
        columns: &[usize; Q],
        sums: &mut [[V; Q]; P],
    ) {
        let (vectors, tail) = part::<V>(number, self.length);
        // SAFETY: the caller vouches for the loops and the instruction set; lanes are masked where the lane loop ends.
        unsafe {
            let mask = V::mask(tail);
            for vector in 0..vectors {
                self.add::<V, P, Q, false>(at, columns, vector * lanes::<V>() + number * V::LANES, mask, sums);
            }
            if tail > 0 {
                self.add::<V, P, Q, true>(at, columns, vectors * lanes::<V>() + number * V::LANES, mask, sums);
            }
        }
    }

    /// Adds the products of the vectors that begin at an element of the lanes.
    ///
    /// # Safety
    /// As for [`rows`](Dot::rows).
    #[inline(always)]
    unsafe fn add<V: Vector, const P: usize, const Q: usize, const MASKED: bool>(
        &self,
        at: &Pointers<V::Scalar>,
        columns: &[usize; Q],
        element: usize,
        mask: V::Mask,
        sums: &mut [[V; Q]; P],
    ) {
        // SAFETY: the caller vouches for the loops and the instruction set; lanes are masked where the lane loop ends.
        unsafe {
            let mut rows = [V::zero(); P];
            for (p, row) in rows.iter_mut().enumerate() {
                let from = at.moved(self.row.offsets(p)).left.wrapping_add(element);
                *row = load::<V, MASKED>(from, mask);
            }
            for (q, column) in columns.iter().enumerate() {
                let from = at.moved(self.column.offsets(*column)).right.wrapping_add(element);
                let column = load::<V, MASKED>(from, mask);
                for (sums, row) in sums.iter_mut().zip(rows) {
                    sums[q] = sums[q].multiply_add(row, column);
                }
            }
        }
    }
}
