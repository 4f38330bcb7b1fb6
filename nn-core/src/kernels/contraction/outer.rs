//! Lanes run along an output loop: one factor is read as a vector, the other as a scalar for all lanes.
//! Every sum is strictly sequential.

use core::mem::MaybeUninit;

use super::blocks::{Blocks, Grid, Kernel, Matrix, Region, Tiles};
use super::places::{BLOCK, Entry, Places};
use super::plan::{OUTER_CUT, PACKED_TERMS, Style};
use super::sums::{Accumulate, Sums, Terms};
use super::walk::{Nest, Offsets, Side, Step};
use super::{Contraction, Pointers, StartSteps};
use crate::Scalar;
use crate::kernels::vector::Vector;

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
        pointers.left = pointers.left.wrapping_add(count * outermost.left);
        pointers.right = pointers.right.wrapping_add(count * outermost.right);
        pointers.start = pointers.out;
        pointers.start_steps = StartSteps::Out;
    }
}

#[inline(always)]
fn lane<T>(plan: &Contraction, samples: usize, pointers: &Pointers<T>) -> Step {
    Step::new(&plan.lane, samples, pointers.start_steps)
}

/// The rows from which a panel is used often enough.
const PANEL_ROWS: usize = 16;
/// Where the bytes between two terms are a multiple of this, they compete for few lines of the cache.
const PANEL_STRIDE: usize = 1024;

/// Vectors that are packed at a time.
const PACKED_VECTORS: usize = 4;
/// The elements of that, for the longest vectors.
const PANEL: usize = PACKED_VECTORS * PACKED_TERMS * 8;

/// Copies some vectors of the right factor at a time to where their lanes are next to each other.
///
/// # Safety
/// As for [`super::run_vectors`]; the plan must be of the packed style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run_packed<V: Vector>(plan: &Contraction, samples: usize, pointers: Pointers<V::Scalar>) {
    let term = Nest::new(plan.sums(), samples, StartSteps::None).outermost();
    let lane = lane(plan, samples, &pointers);
    let width = PACKED_VECTORS * V::LANES;
    let mut panel = [V::Scalar::ZERO; PANEL];
    let packed = Step { right: width, ..term };
    let mut first = 0;
    while first < lane.extent {
        let part = Step { extent: width.min(lane.extent - first), ..lane };
        let mut at = pointers.moved(lane.offsets(first));
        for (k, lanes) in panel.chunks_exact_mut(width).take(term.extent).enumerate() {
            let mut from = at.right.wrapping_add(k * term.right);
            for to in &mut lanes[..part.extent] {
                // SAFETY: the loops stay within the right factor.
                *to = unsafe { *from };
                from = from.wrapping_add(lane.right);
            }
        }
        at.right = panel.as_ptr();
        // SAFETY: the panel holds all terms for these lanes; the rest is passed on.
        unsafe { run_terms::<V, _>(plan, samples, &at, &part, &packed) };
        first += width;
    }
}

/// Two vectors of the right factor at a time, for all terms.
type Panel<V> = [MaybeUninit<V>; 2 * OUTER_CUT];

/// Where the vectors of all terms compete for few lines of the cache (powers of two do that), copies two of each to
/// a panel first.
#[inline(always)]
unsafe fn run_panels<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    lane: &Step,
    terms: &Step,
) {
    let rows = Nest::new(plan.rows(), samples, pointers.start_steps).outermost().extent;
    let mut done = 0;
    if rows >= PANEL_ROWS && (terms.right * size_of::<V::Scalar>()).is_multiple_of(PANEL_STRIDE) {
        let mut panel: Panel<V> = [const { MaybeUninit::uninit() }; 2 * OUTER_CUT];
        let packed = Step { right: 2 * V::LANES, ..*terms };
        while done + 2 * V::LANES <= lane.extent {
            let mut at = pointers.moved(lane.offsets(done));
            for (k, two) in panel.chunks_exact_mut(2).take(terms.extent).enumerate() {
                let from = at.right.wrapping_add(k * terms.right);
                // SAFETY: two full vectors of the lane loop are left.
                unsafe {
                    two[0].write(V::load(from));
                    two[1].write(V::load(from.add(V::LANES)));
                }
            }
            at.right = panel.as_ptr().cast();
            let part = Step { extent: 2 * V::LANES, ..*lane };
            // SAFETY: the panel holds all terms for these lanes; the rest is passed on.
            unsafe { run_terms::<V, _>(plan, samples, &at, &part, &packed) };
            done += 2 * V::LANES;
        }
    }
    if done < lane.extent {
        let part = Step { extent: lane.extent - done, ..*lane };
        // SAFETY: passed on.
        unsafe { run_terms::<V, _>(plan, samples, &pointers.moved(lane.offsets(done)), &part, terms) };
    }
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
            let vectors = Step { extent: vectors, out: n, left: 0, right: n, start: n * lane.start };
            let kernel = Outer::<V, S, false> { terms, start_moves, mask: V::mask(n) };
            run_vectors::<V, _>(plan, samples, pointers, vectors, &kernel);
        }
        if tail > 0 {
            let done = vectors * n;
            let at = pointers.moved(Offsets { out: done, left: 0, right: done, start: done * lane.start });
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

struct Outer<'a, V: Vector, S, const MASKED: bool> {
    terms: &'a S,
    /// Whether each lane starts with its own number.
    start_moves: bool,
    mask: V::Mask,
}

impl<V: Vector, S: Terms<V::Scalar>, const MASKED: bool> Kernel<V::Scalar> for Outer<'_, V, S, MASKED> {
    #[inline(always)]
    unsafe fn block<R: Places, C: Places>(&self, at: &Pointers<V::Scalar>, rows: &R, columns: &C) {
        let (row_count, column_count) = (rows.count(), columns.count());
        // SAFETY: passed on, here and below.
        unsafe {
            match row_count {
                1 => self.region::<_, _, 1, 4>(at, rows, columns, (0, 1), (0, column_count)),
                2 => self.region::<_, _, 2, 4>(at, rows, columns, (0, 2), (0, column_count)),
                _ => {
                    let even = column_count & !1;
                    self.rows::<_, _, 2>(at, rows, columns, (0, even));
                    self.rows::<_, _, 1>(at, rows, columns, (even, column_count));
                }
            }
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>, const MASKED: bool> Outer<'_, V, S, MASKED> {
    /// All rows (three or more) in tiles of six, and the last in one or two tiles of four where that fits better.
    #[inline(always)]
    unsafe fn rows<R: Places, C: Places, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &R,
        columns: &C,
        column_range: (usize, usize),
    ) {
        let count = rows.count();
        let sixes = match count % 6 {
            3 | 4 => count / 6 * 6,
            1 | 2 => count / 6 * 6 - 6,
            _ => count,
        };
        let width = if sixes == 0 || sixes == count { column_range.1 } else { Q };
        let mut column = column_range.0;
        while column < column_range.1 {
            let range = (column, column_range.1.min(column + width));
            // SAFETY: passed on.
            unsafe {
                self.region::<_, _, 6, Q>(at, rows, columns, (0, sixes), range);
                self.region::<_, _, 4, Q>(at, rows, columns, (sixes, count), range);
            }
            column += width;
        }
    }

    #[inline(always)]
    unsafe fn region<R: Places, C: Places, const P: usize, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &R,
        columns: &C,
        row_range: (usize, usize),
        column_range: (usize, usize),
    ) {
        if row_range.0 < row_range.1 {
            // SAFETY: passed on.
            unsafe { V::call(&Region::<_, _, _, _, P, Q> { kernel: self, at, rows, columns, row_range, column_range }) }
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>, const MASKED: bool, const P: usize, const Q: usize> Tiles<V::Scalar, P, Q>
    for Outer<'_, V, S, MASKED>
{
    type Columns = [Entry; Q];

    #[inline(always)]
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> [Entry; Q] {
        // SAFETY: passed on.
        unsafe { columns.places(column) }
    }

    #[inline(always)]
    unsafe fn tile<C: Places>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &[Entry; P],
        columns: &[Entry; Q],
        _: &C,
        _: usize,
    ) {
        // SAFETY: the entries lead to places within the operands; masked where the lane loop ends.
        unsafe {
            let mut tile = Tile::<V, P, Q, MASKED> {
                sums: [[V::zero(); Q]; P],
                rows: rows.map(|row| row.factor),
                columns: columns.map(|column| column.factor),
                mask: self.mask,
            };
            for (sums, row) in tile.sums.iter_mut().zip(rows) {
                for (sum, column) in sums.iter_mut().zip(columns) {
                    let start = at.start.add(row.start + column.start);
                    *sum = if !self.start_moves {
                        V::splat(start)
                    } else if MASKED {
                        V::load_masked(start, self.mask)
                    } else {
                        V::load(start)
                    };
                }
            }
            self.terms.visit(&mut tile, at.left, at.right);
            for (sums, row) in tile.sums.iter().zip(rows) {
                for (sum, column) in sums.iter().zip(columns) {
                    let out = at.out.add(row.out + column.out);
                    if MASKED { sum.store_masked(out, self.mask) } else { sum.store(out) }
                }
            }
        }
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
            for (vector, column) in vectors.iter_mut().zip(self.columns) {
                *vector = self.load(right.add(column));
            }
            for (sums, row) in self.sums.iter_mut().zip(self.rows) {
                let scalar = V::splat(left.add(row));
                for (sum, vector) in sums.iter_mut().zip(vectors) {
                    *sum = sum.multiply_add(scalar, vector);
                }
            }
        }
    }
}
