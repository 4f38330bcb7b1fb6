//! Register tiles along all vectors of the lane loop.

use super::tile::Outer;
use crate::kernels::contraction::Contraction;
use crate::kernels::contraction::blocks::{Blocks, Grid, Kernel, Matrix};
use crate::kernels::contraction::places::BLOCK;
use crate::kernels::contraction::plan::Style;
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::Terms;
use crate::kernels::contraction::walk::{Nest, Offsets, Side, Step};
use crate::kernels::vector::Vector;

/// The lane loop at run time.
#[inline(always)]
pub(super) fn lane<T>(plan: &Contraction, samples: usize, pointers: &Pointers<T>) -> Step {
    Step::new(&plan.lane, samples, pointers.start_steps)
}

/// Computes all full vectors, then the elements that are left at the end of the lane loop. Where the batch loops meet
/// elements again, they are outside of this, so that the order does not depend on the lanes of a vector.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with these lanes and terms, and the processor must have the
/// instruction set of `V`.
#[inline(always)]
pub(super) unsafe fn run_terms<V: Vector, S: Terms<V::Scalar>>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    lane: &Step,
    terms: &S,
) {
    let batch = Nest::new(plan.batch(), samples, pointers.start_steps);
    if !plan.overlapping {
        // SAFETY: the caller vouches for it.
        return unsafe { run_lanes::<V, S>(plan, batch, samples, pointers, lane, terms) };
    }
    let once = Nest::new(&[], samples, pointers.start_steps);
    for number in 0..batch.runs() {
        // SAFETY: the caller vouches for it.
        unsafe { run_lanes::<V, S>(plan, once, samples, &pointers.moved(batch.offsets(number)), lane, terms) };
    }
}

/// Computes all lanes for these batch loops.
///
/// # Safety
/// As for [`run_terms`].
#[inline(always)]
unsafe fn run_lanes<V: Vector, S: Terms<V::Scalar>>(
    plan: &Contraction,
    batch: Nest<'_>,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    lane: &Step,
    terms: &S,
) {
    let (vectors, tail) = (lane.extent / V::LANES, lane.extent % V::LANES);
    let n = V::LANES;
    let start_moves = lane.start != 0;
    // SAFETY: the caller vouches for it.
    unsafe {
        if vectors > 0 {
            let vectors = Step { extent: vectors, out: n, left: 0, right: n.cast_signed(), start: n * lane.start };
            let kernel = Outer::<V, S, false> { terms, start_moves, mask: V::mask(n) };
            run_vectors::<V, _>(plan, batch, samples, pointers, vectors, &kernel);
        }
        if tail > 0 {
            let done = vectors * n;
            let at =
                pointers.moved(Offsets { out: done, left: 0, right: done.cast_signed(), start: done * lane.start });
            let kernel = Outer::<V, S, true> { terms, start_moves, mask: V::mask(tail) };
            run_vectors::<V, _>(plan, batch, samples, &at, Step::ONCE, &kernel);
        }
    }
}

/// Runs a kernel on all rows and columns, with these vectors as the innermost columns.
///
/// # Safety
/// As for [`run_terms`].
#[inline(always)]
unsafe fn run_vectors<V: Vector, K: Kernel<V::Scalar>>(
    plan: &Contraction,
    batch: Nest<'_>,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    vectors: Step,
    kernel: &K,
) {
    let start = pointers.start_steps;
    let mut rows = Nest::new(plan.rows(), samples, start);
    // SAFETY: the caller vouches for it.
    unsafe {
        if (V::LARGE && plan.matrix) || plan.style == Style::Packed {
            return Matrix { row: rows.take_innermost(), column: vectors, row_block: usize::MAX }.run(pointers, kernel);
        }
        let grid = Grid {
            batch,
            rows: Side::new(rows),
            columns: Side::with(Nest::new(plan.columns(), samples, start), vectors),
            row_block: BLOCK,
        };
        V::call(&Blocks { grid: &grid, pointers, kernel });
    }
}
