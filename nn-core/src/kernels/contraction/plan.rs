//! Decides, while the user's program is compiled, how a contraction will run.

use super::{Loop, MAX_LOOPS, Operands, Start};

/// The kernel of a contraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// So small that it is done where it is called.
    Tiny,
    /// Lanes along an output loop.
    Outer,
    /// Lanes along a loop that is summed over.
    Dot,
    /// One by one.
    General,
}

/// A dot kernel adds up its lanes after this many elements at most, so that what it works on stays in the cache.
pub const DOT_CUT: usize = 1024;
/// A dot kernel that sums over samples adds up its lanes after this many.
pub const SAMPLE_CHUNK: usize = 16;
/// Up to so many multiplications a sample, a contraction is tiny.
const TINY: usize = 64;
/// The lanes that efficiency is estimated with.
const LANES: usize = 8;
/// Terms after which an outer kernel turns to the next tile, so that its panel stays in the cache.
const OUTER_CUT: usize = 384;
/// The elements of the rows of a block in the dot kernel: they shall stay in the first-level cache.
const ROW_BLOCK_ELEMENTS: usize = 7168;
/// How many samples a loop over them is taken for where costs are compared.
const TYPICAL_SAMPLES: usize = 16;

/// A contraction's loops and what was decided about them, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Contraction {
    /// Four groups, each outermost first: batch, rows, columns, sums.
    loops: [Loop; MAX_LOOPS],
    /// Where each group ends.
    ends: [usize; 4],
    /// The loop that vectors run along; not among the others.
    pub(super) lane: Loop,
    pub(super) style: Style,
    /// Whether `left` and `right` were exchanged, so that rows move the left factor, columns the right one.
    pub(super) swapped: bool,
    /// Whether there is at most one loop of each kind, as in a dense layer.
    pub(super) matrix: bool,
    /// Iterations of the outermost sum between two turns of an outer kernel.
    pub(super) sum_block: usize,
    /// Elements after which a dot kernel adds up its lanes.
    pub(super) dot_cut: usize,
    /// Rows of a block of a dot kernel, for elements of 4 bytes.
    pub(super) row_block: usize,
    /// The elements of `out`, `left`, `right`, `start` that one sample needs.
    reach: Loop,
    /// What each further sample adds to that.
    reach_by_sample: Loop,
    pub(super) overlapping: bool,
    no_output: bool,
    no_term: bool,
    samples_out: bool,
    samples_summed: bool,
}

/// A list of loops that `const fn`s can work on.
#[derive(Clone, Copy)]
struct List {
    loops: [Loop; MAX_LOOPS],
    count: usize,
}

impl List {
    const EMPTY: List = List { loops: [Loop::ONCE; MAX_LOOPS], count: 0 };

    const fn push(&mut self, l: Loop) {
        self.loops[self.count] = l;
        self.count += 1;
    }

    const fn remove(&mut self, index: usize) -> Loop {
        let removed = self.loops[index];
        self.count -= 1;
        let mut i = index;
        while i < self.count {
            self.loops[i] = self.loops[i + 1];
            i += 1;
        }
        removed
    }

    /// Sorts by [`weight`], the greatest first; of equal ones the longest comes last.
    const fn sort(&mut self) {
        let mut end = self.count;
        while end > 1 {
            let mut i = 1;
            while i < end {
                let (a, b) = (self.loops[i - 1], self.loops[i]);
                if weight(&b) > weight(&a) || (weight(&b) == weight(&a) && b.extent < a.extent) {
                    self.loops[i - 1] = b;
                    self.loops[i] = a;
                }
                i += 1;
            }
            end -= 1;
        }
    }

    /// Makes one loop of two where all operands go on as if they were one.
    const fn merge(&mut self) {
        let mut i = 1;
        while i < self.count {
            let (a, b) = (self.loops[i - 1], self.loops[i]);
            if follows(&a, &b) {
                self.loops[i].extent *= a.extent;
                self.remove(i - 1);
            } else {
                i += 1;
            }
        }
    }

    /// How often the loops run together.
    const fn runs(&self, samples: usize) -> usize {
        let mut product = 1usize;
        let mut i = 0;
        while i < self.count {
            product = product.saturating_mul(times(&self.loops[i], samples));
            i += 1;
        }
        product
    }

    const fn has_samples(&self) -> bool {
        let mut i = 0;
        while i < self.count {
            if self.loops[i].extent == Loop::SAMPLES {
                return true;
            }
            i += 1;
        }
        false
    }
}

/// Whether `outer` goes on where `inner` ends, in all operands.
const fn follows(outer: &Loop, inner: &Loop) -> bool {
    let n = inner.extent;
    n != Loop::SAMPLES
        && outer.extent != Loop::SAMPLES
        && outer.out == inner.out * n
        && outer.left == inner.left * n
        && outer.right == inner.right * n
        && outer.start == inner.start * n
}

/// How often a loop runs.
const fn times(l: &Loop, samples: usize) -> usize {
    if l.extent == Loop::SAMPLES { samples } else { l.extent }
}

/// What a loop is sorted by, outermost first: output loops by their step in the result, sums by their
/// greater step, but samples outermost, so that a sum can go on in the next tile.
const fn weight(l: &Loop) -> usize {
    if l.out != 0 {
        l.out
    } else if l.extent == Loop::SAMPLES {
        usize::MAX
    } else if l.left > l.right {
        l.left
    } else {
        l.right
    }
}

impl Contraction {
    /// Plans a contraction. The order of every sum follows from the loops alone, never from the
    /// number of samples.
    #[must_use]
    pub const fn new(loops: &[Loop]) -> Self {
        assert!(loops.len() <= MAX_LOOPS, "a contraction has too many loops");
        let mut plan = Contraction::measured(loops);
        let (mut outputs, mut sums) = (List::EMPTY, List::EMPTY);
        let mut i = 0;
        while i < loops.len() {
            if loops[i].extent != 1 {
                if loops[i].out != 0 { outputs.push(loops[i]) } else { sums.push(loops[i]) }
            }
            i += 1;
        }
        outputs.sort();
        sums.sort();
        outputs.merge();
        sums.merge();
        plan.overlapping = overlaps(&outputs);
        plan.decide(outputs, sums);
        plan
    }

    /// A plan that knows only how far the operands reach.
    const fn measured(loops: &[Loop]) -> Self {
        let one = Loop { extent: 1, out: 1, left: 1, right: 1, start: 1 };
        let mut plan = Contraction {
            loops: [Loop::ONCE; MAX_LOOPS],
            ends: [0; 4],
            lane: Loop::ONCE,
            style: Style::General,
            swapped: false,
            matrix: false,
            sum_block: 1,
            dot_cut: 1,
            row_block: 1,
            reach: one,
            reach_by_sample: Loop::ONCE,
            overlapping: false,
            no_output: false,
            no_term: false,
            samples_out: false,
            samples_summed: false,
        };
        let mut i = 0;
        while i < loops.len() {
            let l = loops[i];
            if l.extent == 0 {
                if l.out != 0 { plan.no_output = true } else { plan.no_term = true }
            } else if l.extent == Loop::SAMPLES {
                add_reach(&mut plan.reach_by_sample, &l, 1);
                if l.out != 0 { plan.samples_out = true } else { plan.samples_summed = true }
            } else {
                add_reach(&mut plan.reach, &l, l.extent - 1);
            }
            i += 1;
        }
        plan
    }

    /// Chooses the kernel, and which loops are what in it.
    const fn decide(&mut self, mut outputs: List, mut sums: List) {
        let products = outputs.runs(1).saturating_mul(sums.runs(1));
        if self.no_output || self.no_term {
            return self.arrange(outputs, List::EMPTY, List::EMPTY, sums);
        }
        if products <= TINY && outputs.count <= 4 && sums.count <= 3 {
            self.style = Style::Tiny;
            return self.arrange(outputs, List::EMPTY, List::EMPTY, sums);
        }
        let (outer, outer_cost) = cheapest_outer(&outputs, &sums);
        let (dot, dot_cost) = cheapest_dot(&outputs, &sums);
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

    /// Sorts the output loops by what they move.
    const fn group(&mut self, mut outputs: List, mut sums: List) {
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
        let most_sums = if matches!(self.style, Style::Outer) { 1 } else { 0 };
        self.matrix = batch.count == 0 && rows.count <= 1 && columns.count <= 1 && sums.count <= most_sums;
        if matches!(self.style, Style::Outer) {
            self.matrix &= if swap { rows.count == 0 } else { columns.count == 0 };
        }
        if swap {
            self.swapped = true;
            self.lane = swapped(self.lane);
            swap_factors(&mut batch);
            swap_factors(&mut rows);
            swap_factors(&mut columns);
            swap_factors(&mut sums);
            self.arrange(batch, columns, rows, sums);
        } else {
            self.arrange(batch, rows, columns, sums);
        }
        self.choose_blocks(&sums);
    }

    const fn choose_blocks(&mut self, sums: &List) {
        self.sum_block = 1;
        if sums.count > 0 {
            let mut inner = *sums;
            let outermost = inner.remove(0);
            self.sum_block = at_least(OUTER_CUT / inner.runs(1), 1);
            if outermost.extent != Loop::SAMPLES {
                let parts = outermost.extent.div_ceil(self.sum_block);
                self.sum_block = outermost.extent.div_ceil(parts);
            }
        }
        let parts = at_least(self.lane.extent.div_ceil(DOT_CUT), 1);
        self.dot_cut = self.lane.extent.div_ceil(parts).next_multiple_of(LANES);
        let row = self.dot_cut.saturating_mul(sums.runs(SAMPLE_CHUNK));
        self.row_block = at_least(ROW_BLOCK_ELEMENTS / at_least(row, 1) / 3 * 3, 3);
    }

    const fn arrange(&mut self, batch: List, rows: List, columns: List, sums: List) {
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

    /// The output loops that are walked one by one.
    #[inline(always)]
    pub(super) fn batch(&self) -> &[Loop] {
        &self.loops[..self.ends[0]]
    }
    /// The output loops that move the left factor only.
    #[inline(always)]
    pub(super) fn rows(&self) -> &[Loop] {
        &self.loops[self.ends[0]..self.ends[1]]
    }
    /// The output loops that move the right factor only, without lanes.
    #[inline(always)]
    pub(super) fn columns(&self) -> &[Loop] {
        &self.loops[self.ends[1]..self.ends[2]]
    }
    /// The loops that are summed over, without lanes.
    #[inline(always)]
    pub(super) fn sums(&self) -> &[Loop] {
        &self.loops[self.ends[2]..self.ends[3]]
    }
    /// All loops but those that run once, in two lists: the lane loop is innermost in its one.
    pub(super) fn outputs_and_sums<'a>(&self, lists: &'a mut [Loop; 2 * MAX_LOOPS]) -> (&'a [Loop], &'a [Loop]) {
        let (outputs, sums) = lists.split_at_mut(MAX_LOOPS);
        let lane = core::iter::once(&self.lane).filter(|lane| lane.extent != 1);
        let mut counts = [0; 2];
        for l in self.loops[..self.ends[3]].iter().chain(lane) {
            let list = usize::from(l.out == 0);
            [&mut *outputs, &mut *sums][list][counts[list]] = *l;
            counts[list] += 1;
        }
        (&outputs[..counts[0]], &sums[..counts[1]])
    }
    /// The output loop at a depth of a tiny contraction.
    #[inline(always)]
    pub(super) const fn output(&self, depth: usize) -> Loop {
        if depth < self.ends[0] { self.loops[depth] } else { Loop::ONCE }
    }
    /// The loop at a depth that a tiny contraction sums over.
    #[inline(always)]
    pub(super) const fn sum(&self, depth: usize) -> Loop {
        if self.ends[0] + depth < self.ends[3] { self.loops[self.ends[0] + depth] } else { Loop::ONCE }
    }
    /// Whether the sums run over the samples too.
    #[inline(always)]
    pub(super) const fn sums_samples(&self) -> bool {
        self.samples_summed
    }
    /// Whether no sum has a term.
    #[inline(always)]
    pub(super) const fn sums_nothing(&self, samples: usize) -> bool {
        self.no_term || (self.samples_summed && samples == 0)
    }

    /// Whether there is anything to do.
    ///
    /// # Panics
    /// If an operand is too short, or a scatter does not start from what the result holds.
    #[inline(always)]
    pub(super) fn check<T>(&self, operands: &Operands<'_, T>) -> bool {
        let Operands { samples, left, right, start, out, .. } = operands;
        if self.no_output || (self.samples_out && *samples == 0) {
            return false;
        }
        let further = samples.saturating_sub(1);
        let (one, more) = (&self.reach, &self.reach_by_sample);
        require("out", out.len(), one.out, more.out, further);
        if !self.sums_nothing(*samples) {
            require("left", left.len(), one.left, more.left, further);
            require("right", right.len(), one.right, more.right, further);
        }
        if let Start::From(start) = start {
            require("start", start.len(), one.start, more.start, further);
        }
        assert!(
            !self.overlapping || matches!(start, Start::Out),
            "a contraction that meets elements of its result more than once must start from the result"
        );
        true
    }
}

#[inline(always)]
fn require(operand: &str, length: usize, one: usize, more: usize, further: usize) {
    if length < more.saturating_mul(further).saturating_add(one) {
        too_short(operand, length);
    }
}

#[cold]
#[inline(never)]
fn too_short(operand: &str, length: usize) -> ! {
    panic!("the operand `{operand}` of a contraction is too short: {length} elements");
}

const fn add_reach(reach: &mut Loop, l: &Loop, times: usize) {
    reach.out += l.out * times;
    reach.left += l.left * times;
    reach.right += l.right * times;
    reach.start += l.start * times;
}

/// The output loop along which vectors do the least work, and that work in vector operations.
const fn cheapest_outer(outputs: &List, sums: &List) -> (usize, usize) {
    let (mut best, mut best_cost) = (0, usize::MAX);
    let mut i = 0;
    while i < outputs.count {
        let l = outputs.loops[i];
        let one_factor = (l.left == 1 && l.right == 0) || (l.left == 0 && l.right == 1);
        if l.out == 1 && one_factor && l.start <= 1 {
            let mut others = *outputs;
            others.remove(i);
            let vectors = others.runs(TYPICAL_SAMPLES).saturating_mul(times(&l, TYPICAL_SAMPLES).div_ceil(LANES));
            // Each vector is also read and written.
            let cost = vectors.saturating_mul(sums.runs(TYPICAL_SAMPLES).saturating_add(2));
            if cost < best_cost {
                (best, best_cost) = (i, cost);
            }
        }
        i += 1;
    }
    (best, best_cost)
}

/// The sum along which vectors do the least work, and that work in vector operations.
const fn cheapest_dot(outputs: &List, sums: &List) -> (usize, usize) {
    let (mut best, mut best_cost) = (0, usize::MAX);
    let mut i = 0;
    while i < sums.count {
        let l = sums.loops[i];
        if l.left == 1 && l.right == 1 && l.extent != Loop::SAMPLES {
            let mut others = *sums;
            others.remove(i);
            let vectors = others.runs(TYPICAL_SAMPLES).saturating_mul(l.extent.div_ceil(LANES));
            // Adding up the lanes takes about as long as two vectors.
            let cost = outputs.runs(TYPICAL_SAMPLES).saturating_mul(vectors.saturating_add(2));
            if cost < best_cost {
                (best, best_cost) = (i, cost);
            }
        }
        i += 1;
    }
    (best, best_cost)
}

/// The distance from the first to the last element of the result along a loop.
const fn span(l: &Loop, samples: usize) -> usize {
    l.out.saturating_mul(times(l, samples).saturating_sub(1))
}

/// Whether elements of the result are met more than once (as far as constants tell).
const fn overlaps(outputs: &List) -> bool {
    let mut below = 0;
    let mut i = outputs.count;
    while i > 0 {
        i -= 1;
        if outputs.loops[i].out <= below {
            return true;
        }
        below += span(&outputs.loops[i], 1);
    }
    false
}

/// Moves loops to `batch` until no element of the result is met twice by the others: a register tile must
/// not hold an element twice. Samples then come first, so that each is finished while it is in the cache.
const fn separate_overlapping(outputs: &mut List, batch: &mut List, lane: &Loop) {
    let mut below = span(lane, usize::MAX);
    let mut i = outputs.count;
    while i > 0 {
        i -= 1;
        let l = outputs.loops[i];
        if l.out <= below {
            batch.push(outputs.remove(i));
        } else {
            below = below.saturating_add(span(&l, usize::MAX));
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

/// Whether the loops that move the right factor should be the columns of a dot kernel: there should be at
/// least four, also when there is one sample.
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

const fn swapped(l: Loop) -> Loop {
    Loop { left: l.right, right: l.left, ..l }
}

const fn swap_factors(list: &mut List) {
    let mut i = 0;
    while i < list.count {
        list.loops[i] = swapped(list.loops[i]);
        i += 1;
    }
}
