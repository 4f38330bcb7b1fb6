//! Lanes run along an output loop: one factor is read as a vector, the other as a scalar for all lanes.
//! Every sum is strictly sequential.

mod pack;
mod tile;

use super::blocks::{Blocks, Grid, Kernel, Matrix};
use super::places::BLOCK;
use super::plan::Style;
use super::sums::{Sums, Terms};
use super::walk::{Nest, Offsets, Side, Step};
use super::{Contraction, Pointers, StartSteps};
use crate::kernels::vector::Vector;
pub(super) use pack::run_packed;
use pack::run_panels;
use tile::Outer;

/// # Safety
/// As for [`super::run_vectors`]; the plan must be of this style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, mut pointers: Pointers<V::Scalar>) {
    let sums = Nest::new(plan.sums(), samples, StartSteps::None);
    let outermost = sums.outermost();
    let mut first = 0;
    loop {
        let count = plan.sum_block.min(outermost.extent - first);
        // SAFETY: passed on.
        unsafe {
            if V::LARGE && plan.matrix {
                let terms = Step { extent: count, ..outermost };
                run_panels::<V>(plan, samples, &pointers, &lane(plan, samples, &pointers), &terms);
            } else {
                let terms = Sums::new(sums.limited(count));
                run_terms::<V, _>(plan, samples, &pointers, &lane(plan, samples, &pointers), &terms);
            }
        }
        first += count;
        if first == outermost.extent {
            return;
        }
        let done = outermost.offsets(count);
        pointers.left = pointers.left.wrapping_offset(done.left);
        pointers.right = pointers.right.wrapping_offset(done.right);
        pointers.start = pointers.out;
        pointers.start_steps = StartSteps::Out;
    }
}

#[inline(always)]
fn lane<T>(plan: &Contraction, samples: usize, pointers: &Pointers<T>) -> Step {
    Step::new(&plan.lane, samples, pointers.start_steps)
}

/// All full vectors, then what is left at the end of the lane loop.
#[inline(always)]
unsafe fn run_terms<V: Vector, S: Terms<V::Scalar>>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    lane: &Step,
    terms: &S,
) {
    let (vectors, tail) = (lane.extent / V::LANES, lane.extent % V::LANES);
    let n = V::LANES;
    let start_moves = lane.start != 0;
    // SAFETY: passed on.
    unsafe {
        if vectors > 0 {
            let vectors = Step { extent: vectors, out: n, left: 0, right: n.cast_signed(), start: n * lane.start };
            let kernel = Outer::<V, S, false> { terms, start_moves, mask: V::mask(n) };
            run_vectors::<V, _>(plan, samples, pointers, vectors, &kernel);
        }
        if tail > 0 {
            let done = vectors * n;
            let at =
                pointers.moved(Offsets { out: done, left: 0, right: done.cast_signed(), start: done * lane.start });
            let kernel = Outer::<V, S, true> { terms, start_moves, mask: V::mask(tail) };
            run_vectors::<V, _>(plan, samples, &at, Step::ONCE, &kernel);
        }
    }
}

#[inline(always)]
unsafe fn run_vectors<V: Vector, K: Kernel<V::Scalar>>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    vectors: Step,
    kernel: &K,
) {
    let start = pointers.start_steps;
    let mut rows = Nest::new(plan.rows(), samples, start);
    // SAFETY: passed on.
    unsafe {
        if (V::LARGE && plan.matrix) || plan.style == Style::Packed {
            return Matrix { row: rows.take_innermost(), column: vectors, row_block: usize::MAX }.run(pointers, kernel);
        }
        let grid = Grid {
            batch: Nest::new(plan.batch(), samples, start),
            rows: Side::new(rows),
            columns: Side::with(Nest::new(plan.columns(), samples, start), vectors),
            row_block: BLOCK,
        };
        V::call(&Blocks { grid: &grid, pointers, kernel });
    }
}
