//! Lanes run along an output loop: one factor is read as a vector, the other as a scalar for all lanes.
//! Every sum is strictly sequential.

use super::blocks::{Grid, Kernel, each_block};
use super::walk::{Accumulate, Entries, Nest, Step, Sums, accumulate};
use super::{Contraction, Pointers, StartSteps};
use crate::kernels::vector::Vector;

/// # Safety
/// As for [`super::run_vectors`]; the plan must be of this style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, mut pointers: Pointers<V::Scalar>) {
    let sums = Nest::new(plan.sums(), samples, StartSteps::None);
    let terms = sums.steps().first().map_or(1, |outermost| outermost.extent);
    let mut first = 0;
    loop {
        let count = plan.sum_block.min(terms - first);
        // SAFETY: passed on.
        unsafe { run_terms::<V>(plan, samples, &pointers, &sums.shortened(count)) };
        first += count;
        if first == terms {
            return;
        }
        let step = sums.steps()[0];
        pointers.left = pointers.left.wrapping_add(count * step.left);
        pointers.right = pointers.right.wrapping_add(count * step.right);
        pointers.start = pointers.out;
        pointers.start_steps = StartSteps::Out;
    }
}

/// All full vectors, then what is left at the end of the lane loop.
#[inline(always)]
unsafe fn run_terms<V: Vector>(plan: &Contraction, samples: usize, pointers: &Pointers<V::Scalar>, sums: &Nest) {
    let lane = Step::new(&plan.lane, samples, pointers.start_steps);
    let (vectors, tail) = (lane.extent / V::LANES, lane.extent % V::LANES);
    let mut grid = Grid::new(plan, samples, pointers);
    let sums = Sums::new(sums.steps(), None);
    let start_moves = lane.start != 0;
    if tail > 0 {
        let done = vectors * V::LANES;
        let at = Pointers {
            right: pointers.right.wrapping_add(done),
            start: pointers.start.wrapping_add(done * lane.start),
            out: pointers.out.wrapping_add(done),
            ..*pointers
        };
        // SAFETY: passed on.
        unsafe {
            let kernel = Outer::<V, true> { sums: &sums, start_moves, mask: V::mask(tail) };
            each_block(&grid, &at, &kernel);
        }
    }
    if vectors > 0 {
        grid.columns.push(Step {
            extent: vectors,
            out: V::LANES,
            left: 0,
            right: V::LANES,
            start: V::LANES * lane.start,
        });
        // SAFETY: passed on.
        unsafe {
            let kernel = Outer::<V, false> { sums: &sums, start_moves, mask: V::mask(V::LANES) };
            each_block(&grid, pointers, &kernel);
        }
    }
}

struct Outer<'a, V: Vector, const MASKED: bool> {
    sums: &'a Sums,
    /// Whether each lane starts with its own number.
    start_moves: bool,
    mask: V::Mask,
}

impl<V: Vector, const MASKED: bool> Kernel<V::Scalar> for Outer<'_, V, MASKED> {
    /// Columns outside, so that their vectors are in the first-level cache for all rows but the first.
    #[inline(always)]
    unsafe fn block(&self, at: &Pointers<V::Scalar>, rows: &Entries, columns: &Entries) {
        let (row_count, column_count) = (rows.count(), columns.count());
        let mut column = 0;
        while column < column_count {
            // SAFETY: passed on, here and below.
            column += unsafe {
                match (row_count, column_count - column) {
                    (1, _) => self.tile::<1, 4>(at, rows, 0, columns, column),
                    (2, _) => self.tile::<2, 4>(at, rows, 0, columns, column),
                    (_, 1) => self.rows::<1>(at, rows, columns, column),
                    _ => self.rows::<2>(at, rows, columns, column),
                }
            };
        }
    }
}

impl<V: Vector, const MASKED: bool> Outer<'_, V, MASKED> {
    /// All rows (three or more) of `Q` columns, six or four at a time.
    #[inline(always)]
    unsafe fn rows<const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &Entries,
        columns: &Entries,
        column: usize,
    ) -> usize {
        let mut row = 0;
        while row < rows.count() {
            // SAFETY: passed on.
            unsafe {
                if matches!(rows.count() - row, 3 | 4 | 7 | 8) {
                    self.tile::<4, Q>(at, rows, row, columns, column);
                    row += 4;
                } else {
                    self.tile::<6, Q>(at, rows, row, columns, column);
                    row += 6;
                }
            }
        }
        Q
    }

    /// Computes `P` rows of `Q` columns in registers. Where there are not so many, the last is done again.
    #[inline(always)]
    unsafe fn tile<const P: usize, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &Entries,
        row: usize,
        columns: &Entries,
        column: usize,
    ) -> usize {
        let mut row_entries = [rows.get(row); P];
        for (p, entry) in row_entries.iter_mut().enumerate() {
            *entry = rows.get(row + p);
        }
        let mut column_entries = [columns.get(column); Q];
        for (q, entry) in column_entries.iter_mut().enumerate() {
            *entry = columns.get(column + q);
        }
        // SAFETY: the entries lead to places within the operands; masked where the lane loop ends.
        unsafe {
            let mut tile = Tile::<V, P, Q, MASKED> {
                sums: [[V::zero(); Q]; P],
                rows: row_entries.map(|entry| entry.factor),
                columns: column_entries.map(|entry| entry.factor),
                mask: self.mask,
            };
            for p in 0..P {
                for q in 0..Q {
                    let start = at.start.add(row_entries[p].start + column_entries[q].start);
                    tile.sums[p][q] = if self.start_moves { tile.load(start) } else { V::splat(start) };
                }
            }
            accumulate(self.sums, &mut tile, at.left, at.right);
            for p in 0..P {
                for q in 0..Q {
                    let out = at.out.add(row_entries[p].out + column_entries[q].out);
                    if MASKED { tile.sums[p][q].store_masked(out, self.mask) } else { tile.sums[p][q].store(out) }
                }
            }
        }
        Q
    }
}

/// Sums in registers, and where their factors lie.
struct Tile<V: Vector, const P: usize, const Q: usize, const MASKED: bool> {
    sums: [[V; Q]; P],
    rows: [usize; P],
    columns: [usize; Q],
    mask: V::Mask,
}

impl<V: Vector, const P: usize, const Q: usize, const MASKED: bool> Tile<V, P, Q, MASKED> {
    #[inline(always)]
    unsafe fn load(&self, from: *const V::Scalar) -> V {
        // SAFETY: passed on.
        unsafe { if MASKED { V::load_masked(from, self.mask) } else { V::load(from) } }
    }
}

impl<V: Vector, const P: usize, const Q: usize, const MASKED: bool> Accumulate<V::Scalar> for Tile<V, P, Q, MASKED> {
    #[inline(always)]
    unsafe fn step(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: passed on.
        unsafe {
            let mut vectors = [V::zero(); Q];
            for q in 0..Q {
                vectors[q] = self.load(right.add(self.columns[q]));
            }
            for p in 0..P {
                let scalar = V::splat(left.add(self.rows[p]));
                for q in 0..Q {
                    self.sums[p][q] = self.sums[p][q].multiply_add(scalar, vectors[q]);
                }
            }
        }
    }
}
