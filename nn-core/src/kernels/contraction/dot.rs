//! Lanes run along a loop that is summed over; both factors are read as vectors, and the lanes of each sum
//! are added at its end.

use super::blocks::{Grid, Kernel, each_block};
use super::plan::SAMPLE_CHUNK;
use super::walk::{Accumulate, Entries, Nest, Step, Sums, accumulate};
use super::{Contraction, Pointers, StartSteps};
use crate::kernels::vector::Vector;

/// # Safety
/// As for [`super::run_vectors`]; the plan must be of this style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, mut pointers: Pointers<V::Scalar>) {
    let sums = Nest::new(plan.sums(), samples, StartSteps::None);
    let (chunk, terms) = if plan.sums_samples() { (SAMPLE_CHUNK, samples) } else { (1, 1) };
    let (left, right) = (pointers.left, pointers.right);
    let mut element = 0;
    while element < plan.lane.extent {
        let length = plan.dot_cut.min(plan.lane.extent - element);
        let mut term = 0;
        while term < terms {
            let count = chunk.min(terms - term);
            let step = sums.steps().first().map_or((0, 0), |outermost| (outermost.left, outermost.right));
            pointers.left = left.wrapping_add(element + term * step.0);
            pointers.right = right.wrapping_add(element + term * step.1);
            let part = if plan.sums_samples() { sums.shortened(count) } else { sums };
            // SAFETY: passed on.
            unsafe { run_part::<V>(plan, samples, &pointers, &part, length) };
            pointers.start = pointers.out;
            pointers.start_steps = StartSteps::Out;
            term += count;
        }
        element += length;
    }
}

/// Adds up a part of each sum.
#[inline(always)]
unsafe fn run_part<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    sums: &Nest,
    length: usize,
) {
    let mut grid = Grid::new(plan, samples, pointers);
    grid.row_block = (plan.row_block * 4 / size_of::<V::Scalar>()).clamp(3, grid.row_block);
    let vectors = Step { extent: length / V::LANES, out: 0, left: V::LANES, right: V::LANES, start: 0 };
    let tail = length % V::LANES;
    let columns = grid.columns.steps();
    let contiguous = follow_each_other(columns, |step| step.out)
        && (pointers.start_steps == StartSteps::None || follow_each_other(columns, |step| step.start));
    // SAFETY: passed on.
    unsafe {
        let kernel =
            Dot::<V> { sums: Sums::new(sums.steps(), Some(vectors)), tail: tail > 0, mask: V::mask(tail), contiguous };
        each_block(&grid, pointers, &kernel);
    }
}

/// Whether nested loops lead to one element after the other.
#[inline(always)]
fn follow_each_other(steps: &[Step], of: impl Fn(&Step) -> usize) -> bool {
    let mut next = 1;
    for step in steps.iter().rev() {
        if of(step) != next {
            return false;
        }
        next *= step.extent;
    }
    true
}

struct Dot<V: Vector> {
    sums: Sums,
    /// Whether the lane loop ends with a part of a vector.
    tail: bool,
    mask: V::Mask,
    /// Whether columns lie next to each other in the result and in the start.
    contiguous: bool,
}

impl<V: Vector> Kernel<V::Scalar> for Dot<V> {
    #[inline(always)]
    unsafe fn block(&self, at: &Pointers<V::Scalar>, rows: &Entries, columns: &Entries) {
        let mut column = 0;
        while column < columns.count() {
            // SAFETY: passed on.
            column += unsafe {
                if rows.count() > 1 {
                    self.rows(at, rows, columns, column)
                } else if columns.count() - column > 4 {
                    self.tile::<1, 8>(at, rows, 0, columns, column)
                } else {
                    self.tile::<1, 4>(at, rows, 0, columns, column)
                }
            };
        }
    }
}

impl<V: Vector> Dot<V> {
    /// All rows (two or more) of four columns, three or two at a time.
    #[inline(always)]
    unsafe fn rows(&self, at: &Pointers<V::Scalar>, rows: &Entries, columns: &Entries, column: usize) -> usize {
        let mut row = 0;
        while row < rows.count() {
            // SAFETY: passed on.
            unsafe {
                if matches!(rows.count() - row, 2 | 4) {
                    self.tile::<2, 4>(at, rows, row, columns, column);
                    row += 2;
                } else {
                    self.tile::<3, 4>(at, rows, row, columns, column);
                    row += 3;
                }
            }
        }
        4
    }

    /// Computes `P` rows of `Q` columns (a multiple of four) in registers. Where there are not so many
    /// columns, the last is computed again and not written.
    #[inline(always)]
    unsafe fn tile<const P: usize, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &Entries,
        row: usize,
        columns: &Entries,
        column: usize,
    ) -> usize {
        // SAFETY: the entries lead to places within the operands; masked where the lane loop ends.
        unsafe {
            let mut tile = Tile::<V, P, Q> {
                sums: [[V::zero(); Q]; P],
                rows: [0; P],
                columns: [0; Q],
                tail: self.tail,
                mask: self.mask,
            };
            for p in 0..P {
                tile.rows[p] = rows.get(row + p).factor;
            }
            for q in 0..Q {
                tile.columns[q] = columns.get(column + q).factor;
            }
            accumulate(&self.sums, &mut tile, at.left, at.right);
            for p in 0..P {
                for q in (0..Q).step_by(4) {
                    let [a, b, c, d] = [tile.sums[p][q], tile.sums[p][q + 1], tile.sums[p][q + 2], tile.sums[p][q + 3]];
                    self.finish(at, rows, row + p, columns, column + q, V::sums([a, b, c, d]));
                }
            }
        }
        Q
    }

    /// Adds four sums to what they start with.
    #[inline(always)]
    unsafe fn finish(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &Entries,
        row: usize,
        columns: &Entries,
        column: usize,
        sums: V::Four,
    ) {
        let from = rows.get(row);
        // SAFETY: these columns exist, and lie next to each other where the vectors are written.
        unsafe {
            if self.contiguous && column + 4 <= columns.count() {
                let to = columns.get(column);
                V::add_four(sums, at.start.add(from.start + to.start), at.out.add(from.out + to.out));
                return;
            }
            for (q, sum) in V::to_array(sums).into_iter().enumerate() {
                if column + q < columns.count() {
                    let to = columns.get(column + q);
                    *at.out.add(from.out + to.out) = *at.start.add(from.start + to.start) + sum;
                }
            }
        }
    }
}

/// Sums in registers, and where their factors lie.
struct Tile<V: Vector, const P: usize, const Q: usize> {
    sums: [[V; Q]; P],
    rows: [usize; P],
    columns: [usize; Q],
    tail: bool,
    mask: V::Mask,
}

impl<V: Vector, const P: usize, const Q: usize> Tile<V, P, Q> {
    #[inline(always)]
    unsafe fn load<const MASKED: bool>(&self, from: *const V::Scalar) -> V {
        // SAFETY: passed on.
        unsafe { if MASKED { V::load_masked(from, self.mask) } else { V::load(from) } }
    }

    #[inline(always)]
    unsafe fn add<const MASKED: bool>(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: passed on.
        unsafe {
            let mut rows = [V::zero(); P];
            for p in 0..P {
                rows[p] = self.load::<MASKED>(left.add(self.rows[p]));
            }
            for q in 0..Q {
                let column = self.load::<MASKED>(right.add(self.columns[q]));
                for p in 0..P {
                    self.sums[p][q] = self.sums[p][q].multiply_add(rows[p], column);
                }
            }
        }
    }
}

impl<V: Vector, const P: usize, const Q: usize> Accumulate<V::Scalar> for Tile<V, P, Q> {
    #[inline(always)]
    unsafe fn step(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: passed on.
        unsafe { self.add::<false>(left, right) }
    }

    #[inline(always)]
    unsafe fn finish(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        if self.tail {
            // SAFETY: passed on.
            unsafe { self.add::<true>(left, right) }
        }
    }
}
