//! Packs the factor that is read as vectors: some positions of the result at a time, with all terms of their sums. The lanes
//! of a vector then come from several rows of an image, or from every other element of one, and the results go to wherever
//! they belong.

use super::buffers::Buffers;
use super::lanes::All;
use super::segments::{Segment, Segments, gather, spread};
use super::tile::Outer;
use crate::kernels::contraction::blocks::Kernel;
use crate::kernels::contraction::loops::MAX_LOOPS;
use crate::kernels::contraction::places::{Entries, EntryMemory, Line, Places};
use crate::kernels::contraction::plan::OuterWork;
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::Sums;
use crate::kernels::contraction::walk::{Nest, Side, StartSteps, Step};
use crate::kernels::contraction::{Contraction, Loop};
use crate::kernels::vector::{Vector, Work};

/// The fewest rows for which a panel pays where the terms compete for a few lines of the cache.
const PANEL_ROWS: usize = 16;
/// Terms whose distance in bytes is a multiple of this compete for a few lines of the cache.
const PANEL_STRIDE: usize = 1024;

/// Whether packing takes less time than it saves. It does not change the order of a sum.
#[inline(always)]
pub(super) fn pays<V: Vector, B: Buffers<V>>(plan: &Contraction, samples: usize, sums: &Nest<'_>) -> bool {
    let runs = |loops| Nest::new(loops, samples, StartSteps::None).runs();
    let (rows, terms) = (runs(plan.rows()), sums.runs());
    let lane = &plan.lane;
    let in_place = lane.out == 1 && lane.start <= 1;
    if plan.matrix && in_place && lane.right == 1 {
        let bytes = sums.outermost().right.unsigned_abs() * size_of::<V::Scalar>();
        return V::LARGE && rows >= PANEL_ROWS && bytes.is_multiple_of(PANEL_STRIDE);
    }
    if !in_place || !matches!(lane.right, 1 | 2) {
        return true;
    }
    let length = Step::new(lane, samples, StartSteps::None).extent;
    let work = OuterWork { rows, columns: runs(plan.columns()), length, stride: lane.right, terms };
    work.panels(V::LANES) < work.direct(V::LANES) / 8 * 7
}

/// Computes all positions.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with these terms, for one iteration of the batch loops, and the
/// processor must have the instruction set of `V`. There are at most [`MOST_TERMS`](Buffers::MOST_TERMS) terms.
#[inline(always)]
pub(super) unsafe fn run<V: Vector, B: Buffers<V>>(
    plan: &Contraction,
    samples: usize,
    at: &Pointers<V::Scalar>,
    terms: &Nest<'_>,
    buffers: &mut B,
) {
    let start = at.start_steps;
    let memory = buffers.memory();
    let positions = Side::with(Nest::new(plan.columns(), samples, start), super::lane(plan, samples, at));
    let width = B::WIDTH * V::LANES;
    let mut loops = [Loop::ONCE; MAX_LOOPS];
    let panel = Panel::<V> {
        rows: Side::new(Nest::new(plan.rows(), samples, start)),
        row_block: B::ROWS,
        width,
        start_moves: positions.moves(|step| step.start),
        adjacent: positions.is_contiguous(|step| step.out)
            && (!positions.moves(|step| step.start) || positions.is_contiguous(|step| step.start)),
        positions,
        from: Sums::new(*terms),
        terms: Sums::new(terms.packed(&mut loops, width)),
        panel: memory.panel,
        results: memory.results,
    };
    let total = panel.positions.runs();
    for first in (0..total).step_by(width) {
        let segments = Segments::new(&panel.positions, first, width.min(total - first));
        // SAFETY: the caller vouches for it.
        unsafe {
            V::call(&Pack { panel: &panel, segments: segments.list(), right: at.right });
            panel.run(at, segments.list());
        }
    }
}

/// What all panels of a contraction share.
struct Panel<'a, V: Vector> {
    rows: Side<'a>,
    row_block: usize,
    positions: Side<'a>,
    width: usize,
    /// Whether positions have initial values of their own.
    start_moves: bool,
    /// Whether all positions are adjacent in the result, and in the initial values if they have their own.
    adjacent: bool,
    /// The terms in the factor, and in the panel.
    from: Sums<'a>,
    terms: Sums<'a>,
    panel: *mut V::Scalar,
    /// Memory for results that are not adjacent.
    results: *mut V::Scalar,
}

impl<V: Vector> Panel<'_, V> {
    /// Computes all rows at the positions that have been packed.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn run(&self, at: &Pointers<V::Scalar>, segments: &[Segment]) {
        let step = self.positions.inner;
        let full = segments.iter().map(|segment| segment.count).sum::<usize>() == self.width;
        let one = segments.len() == 1 && step.out == 1 && step.start <= 1;
        let mut memory = [const { EntryMemory::uninit() }; 2];
        let [rows, dense] = &mut memory;
        let mut rows = Entries::new(rows);
        let count = self.rows.runs();
        for row in (0..count).step_by(self.row_block) {
            rows.fill::<false>(&self.rows, row, self.row_block.min(count - row));
            // SAFETY: the caller vouches for it.
            unsafe {
                if full && (one || self.adjacent) {
                    self.in_place(at, &segments[0], &rows);
                } else {
                    self.apart(at, segments, &rows, dense);
                }
            }
        }
    }

    /// Computes rows whose results are adjacent.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn in_place(&self, at: &Pointers<V::Scalar>, first: &Segment, rows: &Entries<'_>) {
        let start = self.positions.inner.start;
        let at = Pointers {
            right: self.panel,
            out: at.out.wrapping_add(first.out),
            start: at.start.wrapping_add(first.start),
            ..*at
        };
        // SAFETY: the caller vouches for it.
        unsafe { self.product(&at, rows, start, self.width / V::LANES) };
    }

    /// Computes rows whose results are not adjacent, in memory where they are.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn apart(
        &self,
        at: &Pointers<V::Scalar>,
        segments: &[Segment],
        rows: &Entries<'_>,
        memory: &mut EntryMemory,
    ) {
        let dense = Entries::dense(memory, rows, self.width, self.start_moves);
        let moving = Moving { panel: self, rows, segments, at };
        let start = if self.start_moves { self.results.cast_const() } else { at.start };
        let there = Pointers { right: self.panel, out: self.results, start, ..*at };
        let vectors = segments.iter().map(|segment| segment.count).sum::<usize>().div_ceil(V::LANES);
        // SAFETY: the caller vouches for it; the results have room for all rows.
        unsafe {
            if self.start_moves {
                V::call(&Gather(&moving));
            }
            self.product(&there, &dense, usize::from(self.start_moves), vectors);
            V::call(&Spread(&moving));
        }
    }

    /// A matrix product of rows and some vectors of the panel.
    ///
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn product(&self, at: &Pointers<V::Scalar>, rows: &Entries<'_>, start: usize, vectors: usize) {
        let n = V::LANES;
        let step = Step { extent: vectors, out: n, left: 0, right: n.cast_signed(), start: n * start };
        let kernel = Outer { terms: &self.terms, start_moves: start != 0, lanes: All::<V>::new() };
        // SAFETY: the caller vouches for it.
        unsafe { kernel.block(at, rows, &Line::new::<true>(&step, 0, vectors)) };
    }
}

/// Packs all terms of some positions.
struct Pack<'a, V: Vector> {
    panel: &'a Panel<'a, V>,
    segments: &'a [Segment],
    right: *const V::Scalar,
}

impl<V: Vector> Work for Pack<'_, V> {
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn run(&self) {
        let Panel { from, positions, panel, width, .. } = self.panel;
        // SAFETY: the caller vouches for it.
        unsafe {
            let of = (|segment: &Segment| segment.right, positions.inner.right);
            gather::<V>(from, self.segments, self.right, of, (*panel, *width));
        }
    }
}

/// Rows of results that move between their places and memory where they are adjacent.
struct Moving<'a, V: Vector> {
    panel: &'a Panel<'a, V>,
    rows: &'a Entries<'a>,
    segments: &'a [Segment],
    at: &'a Pointers<V::Scalar>,
}

/// Reads the initial values.
struct Gather<'a, V: Vector>(&'a Moving<'a, V>);

impl<V: Vector> Work for Gather<'_, V> {
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn run(&self) {
        let Moving { panel, rows, segments, at } = self.0;
        for row in 0..rows.count() {
            // SAFETY: the caller vouches for it.
            unsafe {
                let of = (|segment: &Segment| segment.start.cast_signed(), panel.positions.inner.start.cast_signed());
                let (from, to) = (at.start.add(rows.get(row).start), panel.results.add(row * panel.width));
                gather::<V>(&Step::ONCE, segments, from, of, (to, panel.width));
            }
        }
    }
}

/// Writes the results.
struct Spread<'a, V: Vector>(&'a Moving<'a, V>);

impl<V: Vector> Work for Spread<'_, V> {
    /// # Safety
    /// As for [`run`].
    #[inline(always)]
    unsafe fn run(&self) {
        let Moving { panel, rows, segments, at } = self.0;
        for row in 0..rows.count() {
            for segment in *segments {
                // SAFETY: the caller vouches for it.
                unsafe {
                    let from = panel.results.add(row * panel.width + segment.first);
                    let to = at.out.add(rows.get(row).out + segment.out);
                    spread::<V>(from, to, panel.positions.inner.out, segment.count);
                }
            }
        }
    }
}
