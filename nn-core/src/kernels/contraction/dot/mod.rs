//! The dot kernel: lanes run along a loop that is summed over. Both factors are read as vectors, and the lanes of each
//! sum are added at its end.

mod kernel;
mod lanes;
mod tile;

use super::Contraction;
use super::blocks::{Blocks, Grid, Matrix};
use super::places::BLOCK;
use super::plan::SAMPLE_CHUNK;
use super::pointers::Pointers;
use super::sums::{Sums, lanes, part};
use super::walk::{Nest, Side, StartSteps, Step};
use crate::kernels::vector::{Vector, Work};
use kernel::Dot;
use lanes::Lanes;

/// Runs a contraction of this style.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`. The plan must be of this style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, pointers: Pointers<V::Scalar>) {
    if V::LARGE && plan.matrix && plan.lane.extent <= plan.dot_cut {
        // SAFETY: the caller vouches for it.
        return unsafe { run_matrix::<V>(plan, samples, &pointers, plan.lane.extent) };
    }
    // SAFETY: the caller vouches for it.
    unsafe { V::call(&Parts::<V> { plan, samples, pointers }) }
}

/// A contraction whose sums are done in parts, or whose offsets are stored in lists.
struct Parts<'a, V: Vector> {
    plan: &'a Contraction,
    samples: usize,
    pointers: Pointers<V::Scalar>,
}

impl<V: Vector> Work for Parts<'_, V> {
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn run(&self) {
        let (plan, samples, mut pointers) = (self.plan, self.samples, self.pointers);
        let sums = Nest::new(plan.sums(), samples, StartSteps::None);
        let outermost = sums.outermost();
        // Only a sum over samples is done in parts, the others as a whole.
        let chunk = if plan.sums_samples() { SAMPLE_CHUNK } else { outermost.extent };
        // ones are the same everywhere along the lanes
        let [along_left, along_right] = match (plan.ones, plan.swapped) {
            (false, _) => [1, 1],
            (true, false) => [1, 0],
            (true, true) => [0, 1],
        };
        let mut element = 0;
        while element < plan.lane.extent {
            let length = plan.dot_cut.min(plan.lane.extent - element);
            let mut term = 0;
            while term < outermost.extent {
                let count = chunk.min(outermost.extent - term);
                let at = outermost.offsets(term);
                pointers.left = self.pointers.left.wrapping_offset(at.left).wrapping_add(along_left * element);
                pointers.right = self.pointers.right.wrapping_offset(at.right).wrapping_add(along_right * element);
                // SAFETY: the caller vouches for it.
                unsafe {
                    if V::LARGE && plan.matrix {
                        run_matrix::<V>(plan, samples, &pointers, length);
                    } else {
                        run_part::<V>(plan, samples, &pointers, sums.limited(count), length);
                    }
                }
                pointers.start = pointers.out;
                pointers.start_steps = StartSteps::Out;
                term += count;
            }
            element += length;
        }
    }
}

/// Adds a part of each sum: some samples, and some elements along the lanes.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with these sums and elements, and the processor must have the
/// instruction set of `V`.
#[inline(always)]
unsafe fn run_part<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    sums: Nest<'_>,
    length: usize,
) {
    let start = pointers.start_steps;
    let grid = Grid {
        batch: Nest::new(plan.batch(), samples, start),
        rows: Side::new(Nest::new(plan.rows(), samples, start)),
        columns: Side::new(Nest::new(plan.columns(), samples, start)),
        row_block: row_block::<V>(plan).min(BLOCK),
        apart: !plan.overlapping,
    };
    let contiguous = grid.columns.is_contiguous(|step| step.out)
        && (start == StartSteps::None || grid.columns.is_contiguous(|step| step.start));
    let terms = terms_of::<V>(length).map(|(vectors, tail)| within::<V>(sums, vectors, tail));
    // SAFETY: the caller vouches for it.
    unsafe {
        let kernel = Dot::<V, _>::new(terms, length, contiguous);
        V::call(&Blocks { grid: &grid, pointers, kernel: &kernel });
    }
}

/// The same for a matrix product.
///
/// # Safety
/// As for [`run_part`].
#[inline(always)]
unsafe fn run_matrix<V: Vector>(plan: &Contraction, samples: usize, pointers: &Pointers<V::Scalar>, length: usize) {
    let start = pointers.start_steps;
    let row = Nest::new(plan.rows(), samples, start).take_innermost();
    let column = Nest::new(plan.columns(), samples, start).take_innermost();
    let contiguous = column.out == 1 && (start == StartSteps::None || column.start == 1);
    // SAFETY: the caller vouches for it.
    unsafe {
        let terms = terms_of::<V>(length).map(|(vectors, _)| Lanes::<V>::new(vectors));
        let kernel = Dot::<V, _>::new(terms, length, contiguous);
        Matrix { row, column, row_block: row_block::<V>(plan) }.run(pointers, &kernel);
    }
}

/// The rows of a block, which stay in the first-level cache.
#[inline(always)]
fn row_block<V: Vector>(plan: &Contraction) -> usize {
    let rows = if V::REGISTERS == 32 { 4 } else { 3 };
    (plan.row_block * 4 / size_of::<V::Scalar>() / rows * rows).max(rows)
}

/// The full vectors of each part of the lanes and those of both at once, with the elements that are left at the end.
#[inline(always)]
fn terms_of<V: Vector>(length: usize) -> [(usize, usize); 3] {
    [part::<V>(0, length), part::<V>(1, length), (length / lanes::<V>(), length % lanes::<V>())]
}

/// Full vectors along the lanes, within the other loops of the sums. One vector needs no loop.
#[inline(always)]
fn within<V: Vector>(sums: Nest<'_>, vectors: usize, tail: usize) -> Sums<'_> {
    if (vectors, tail) == (1, 0) {
        return Sums::new(sums);
    }
    let step = lanes::<V>().cast_signed();
    Sums::with(sums, Step { extent: vectors, out: 0, left: step, right: step, start: 0 })
}
