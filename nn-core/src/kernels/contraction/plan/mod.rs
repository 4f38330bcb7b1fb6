//! Decides, while the user's program is compiled, how a contraction will run.

mod choose;
mod list;

use super::{Loop, MAX_LOOPS, Operands, Start};
use choose::overlaps;
use list::List;

/// The kernel of a contraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// So small that it is done where it is called.
    Tiny,
    /// Lanes along an output loop.
    Outer,
    /// The same, but a factor must be copied first so that the lanes are next to each other.
    Packed,
    /// Lanes along a loop that is summed over.
    Dot,
    /// One by one.
    General,
}

/// A dot kernel adds up its lanes after this many elements at most, so that what it works on stays in the cache.
pub const DOT_CUT: usize = 1024;
/// A dot kernel that sums over samples adds up its lanes after this many: after each, so that tiles change nothing.
pub const SAMPLE_CHUNK: usize = 1;

/// Terms after which an outer kernel turns to the next tile, so that its panel stays in the cache.
pub(super) const OUTER_CUT: usize = 384;
/// The most terms of a sum for which a factor is packed.
pub(super) const PACKED_TERMS: usize = 12;

/// Elements of each operand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) out: usize,
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) start: usize,
}

impl Reach {
    const NOTHING: Reach = Reach { out: 0, left: 0, right: 0, start: 0 };
    const ONE: Reach = Reach { out: 1, left: 1, right: 1, start: 1 };

    /// Goes along a loop. What operands must hold follows from this: it must not wrap.
    const fn add(&mut self, l: &Loop, times: usize) {
        self.out = advanced(self.out, l.out, times);
        self.left = advanced(self.left, l.left.unsigned_abs(), times);
        self.right = advanced(self.right, l.right.unsigned_abs(), times);
        self.start = advanced(self.start, l.start, times);
    }
}

/// The most runs of all loops together.
const MOST_RUNS: usize = Loop::SAMPLES / 2 - 1;

const TOO_LARGE: &str = "a contraction is too large";

/// `from + step * times`
const fn advanced(from: usize, step: usize, times: usize) -> usize {
    let Some(distance) = step.checked_mul(times) else { panic!("{}", TOO_LARGE) };
    let Some(end) = from.checked_add(distance) else { panic!("{}", TOO_LARGE) };
    end
}

/// The product of two numbers of runs.
const fn runs_of_both(a: usize, b: usize) -> usize {
    let Some(product) = a.checked_mul(b) else { panic!("{}", TOO_LARGE) };
    assert!(product <= MOST_RUNS, "{}", TOO_LARGE);
    product
}

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
    /// The elements of the operands that one sample needs.
    reach: Reach,
    /// What each further sample adds to that.
    reach_by_sample: Reach,
    /// The elements in front of the first that is visited.
    pub(super) first: Reach,
    pub(super) overlapping: bool,
    no_output: bool,
    no_term: bool,
    samples_out: bool,
    samples_summed: bool,
    /// With more of them the runs of all loops together could not be counted.
    most_samples: usize,
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
            reach: Reach::ONE,
            reach_by_sample: Reach::NOTHING,
            first: Reach::NOTHING,
            overlapping: false,
            no_output: false,
            no_term: false,
            samples_out: false,
            samples_summed: false,
            most_samples: usize::MAX,
        };
        // How often all loops run can be counted, so that loops can be merged and numbered.
        let mut runs = 1;
        let mut i = 0;
        while i < loops.len() {
            let l = loops[i];
            if l.extent != Loop::SAMPLES {
                runs = runs_of_both(runs, if l.extent == 0 { 1 } else { l.extent });
            }
            if l.extent == 0 {
                if l.out != 0 { plan.no_output = true } else { plan.no_term = true }
            } else if l.extent == Loop::SAMPLES {
                assert!(l.left >= 0 && l.right >= 0, "samples come one after the other");
                assert!(!plan.samples_out && !plan.samples_summed, "the samples are one loop");
                plan.reach_by_sample.add(&l, 1);
                if l.out != 0 { plan.samples_out = true } else { plan.samples_summed = true }
            } else {
                plan.reach.add(&l, l.extent - 1);
                if l.left < 0 {
                    plan.first.left = advanced(plan.first.left, l.left.unsigned_abs(), l.extent - 1);
                }
                if l.right < 0 {
                    plan.first.right = advanced(plan.first.right, l.right.unsigned_abs(), l.extent - 1);
                }
            }
            i += 1;
        }
        if plan.samples_out || plan.samples_summed {
            plan.most_samples = MOST_RUNS / runs;
        }
        plan
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
    /// If an operand is too short, there are more samples than can be counted, or a scatter does not start from what
    /// the result holds.
    #[inline(always)]
    pub(super) fn check<T>(&self, operands: &Operands<'_, T>) -> bool {
        let Operands { samples, left, right, start, out, .. } = operands;
        if self.no_output || (self.samples_out && *samples == 0) {
            return false;
        }
        assert!(*samples <= self.most_samples, "{}", TOO_LARGE);
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
