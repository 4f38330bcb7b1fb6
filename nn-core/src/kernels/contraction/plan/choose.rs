//! Chooses the kernel, and the role of each loop in it.

use super::cost::{TYPICAL_SAMPLES, cheapest_dot, cheapest_outer};
use super::list::{List, swap_factors, swapped, times};
use super::{Contraction, DOT_CUT, SAMPLE_CHUNK, Style};
use crate::kernels::contraction::Loop;
use crate::kernels::vector::MOST_LANES;

/// The most multiplications per sample of a tiny contraction.
const TINY: usize = 64;
/// The most elements of all rows of a block in the dot kernel, so that they stay in the first-level cache.
const ROW_BLOCK_ELEMENTS: usize = 7168;

impl Contraction {
    /// Chooses the kernel with the least estimated cost.
    pub(super) const fn decide(&mut self, mut outputs: List, mut sums: List) {
        let products = outputs.runs(1).saturating_mul(sums.runs(1));
        if self.no_output || self.no_term {
            return self.arrange(outputs, List::EMPTY, List::EMPTY, sums);
        }
        if products <= TINY && outputs.count <= 4 && sums.count <= 3 {
            self.style = Style::Tiny;
            return self.arrange(outputs, List::EMPTY, List::EMPTY, sums);
        }
        let (outer, outer_cost) = cheapest_outer(&outputs, &sums);
        let (dot, dot_cost) = cheapest_dot(&outputs, &sums, self.ones);
        let products = outputs.runs(TYPICAL_SAMPLES).saturating_mul(sums.runs(TYPICAL_SAMPLES));
        let one_by_one = products.saturating_mul(4);
        if outer_cost <= dot_cost && outer_cost < one_by_one {
            self.style = Style::Outer;
            self.lane = outputs.remove(outer);
            self.group(outputs, sums);
        } else if dot_cost < one_by_one {
            self.style = Style::Dot;
            self.lane = sums.remove(dot);
            self.group(outputs, sums);
        } else {
            self.arrange(outputs, List::EMPTY, List::EMPTY, sums);
        }
    }

    /// Sorts the output loops into batch, rows and columns by the factors that they move.
    pub(super) const fn group(&mut self, mut outputs: List, mut sums: List) {
        let mut batch = List::EMPTY;
        separate_overlapping(&mut outputs, &mut batch, &self.lane);
        let (mut rows, mut columns) = (List::EMPTY, List::EMPTY);
        let mut i = 0;
        while i < outputs.count {
            let l = outputs.loops[i];
            match (l.left != 0, l.right != 0) {
                (true, false) => rows.push(l),
                (false, true) => columns.push(l),
                _ => batch.push(l),
            }
            i += 1;
        }
        let swap = match self.style {
            Style::Outer => self.lane.left != 0,
            _ => !right_is_columns(&rows, &columns),
        };
        self.matrix = batch.count == 0
            && match self.style {
                Style::Dot => rows.count <= 1 && columns.count <= 1 && sums.count == 0,
                // The lanes are the columns.
                _ => {
                    rows.count + columns.count <= 1 && sums.count <= 1 && (if swap { rows } else { columns }).count == 0
                }
            };
        if swap {
            self.swapped = true;
            self.lane = swapped(self.lane);
            swap_factors(&mut batch);
            swap_factors(&mut rows);
            swap_factors(&mut columns);
            swap_factors(&mut sums);
            (rows, columns) = (columns, rows);
        }
        self.arrange(batch, rows, columns, sums);
        self.choose_blocks(&sums);
        self.shorter = [self.is_shorter_than(4), self.is_shorter_than(8)];
    }

    const fn choose_blocks(&mut self, sums: &List) {
        let parts = at_least(self.lane.extent.div_ceil(DOT_CUT), 1);
        // full vectors, for every instruction set
        self.dot_cut = self.lane.extent.div_ceil(parts).next_multiple_of(MOST_LANES);
        let row = self.dot_cut.saturating_mul(sums.runs(SAMPLE_CHUNK));
        self.row_block = at_least(ROW_BLOCK_ELEMENTS / at_least(row, 1) / 3 * 3, 3);
    }

    /// Stores the loops, group by group.
    pub(super) const fn arrange(&mut self, batch: List, rows: List, columns: List, sums: List) {
        let groups = [batch, rows, columns, sums];
        let (mut group, mut count) = (0, 0);
        while group < 4 {
            let mut i = 0;
            while i < groups[group].count {
                self.loops[count] = groups[group].loops[i];
                count += 1;
                i += 1;
            }
            self.ends[group] = count;
            group += 1;
        }
    }
}

/// The distance from the first to the last element of the result along a loop.
const fn span(l: &Loop, samples: usize) -> usize {
    l.out.saturating_mul(times(l, samples).saturating_sub(1))
}

/// Whether several iterations write to one element of the result (a scatter), for one sample.
pub(super) const fn overlaps(outputs: &List) -> bool {
    let mut below = 0;
    let mut i = outputs.count;
    while i > 0 {
        i -= 1;
        if outputs.loops[i].out <= below {
            return true;
        }
        below = below.saturating_add(span(&outputs.loops[i], 1));
    }
    false
}

/// Moves loops to `batch` until the others write to each element of the result once: a register tile must not hold
/// an element twice. The loop over the samples becomes the outermost then, so that each sample is finished while it is
/// in the cache.
const fn separate_overlapping(outputs: &mut List, batch: &mut List, lane: &Loop) {
    // the lane loop has its place among the others, by its stride
    let (mut below, mut lane_is_below) = (0usize, false);
    let mut i = outputs.count;
    while i > 0 {
        i -= 1;
        let l = outputs.loops[i];
        if !lane_is_below && l.out >= lane.out {
            below = below.saturating_add(span(lane, usize::MAX));
            lane_is_below = true;
        }
        let reach = below.saturating_add(span(&l, usize::MAX));
        if l.out <= below || (!lane_is_below && reach >= lane.out) {
            batch.push(outputs.remove(i));
        } else {
            below = reach;
        }
    }
    let mut i = 0;
    while batch.count > 0 && i < outputs.count {
        if outputs.loops[i].extent == Loop::SAMPLES {
            batch.push(outputs.remove(i));
            let mut j = batch.count - 1;
            while j > 0 {
                (batch.loops[j - 1], batch.loops[j]) = (batch.loops[j], batch.loops[j - 1]);
                j -= 1;
            }
        } else {
            i += 1;
        }
    }
}

/// Whether the loops that move the right factor should be the columns of a dot kernel. There should be at least four
/// columns, even for one sample.
const fn right_is_columns(left: &List, right: &List) -> bool {
    match (left.has_samples(), right.has_samples()) {
        (true, false) => right.runs(1) >= 4,
        (false, true) => left.runs(1) < 4,
        _ => right.runs(TYPICAL_SAMPLES) >= left.runs(TYPICAL_SAMPLES),
    }
}

const fn at_least(value: usize, least: usize) -> usize {
    if value < least { least } else { value }
}
