//! The plan of a contraction.

use super::reach::{Reach, TOO_LARGE};
use crate::kernels::contraction::loops::MAX_LOOPS;
use crate::kernels::contraction::{Loop, Operands, Start};

/// The kernel of a contraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
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
pub(crate) const DOT_CUT: usize = 1024;
/// A dot kernel that sums over samples adds up its lanes after this many: after each, so that tiles change nothing.
pub(crate) const SAMPLE_CHUNK: usize = 1;

/// Terms after which an outer kernel turns to the next tile, so that its panel stays in the cache.
pub(crate) const OUTER_CUT: usize = 384;
/// The most terms of a sum for which a factor is packed.
pub(crate) const PACKED_TERMS: usize = 12;

/// A contraction's loops and what was decided about them, as a constant.
#[derive(Debug, Clone, Copy)]
pub struct Contraction {
    /// Four groups, each outermost first: batch, rows, columns, sums.
    pub(super) loops: [Loop; MAX_LOOPS],
    /// Where each group ends.
    pub(super) ends: [usize; 4],
    /// The loop that vectors run along; not among the others.
    pub(crate) lane: Loop,
    pub(crate) style: Style,
    /// Whether `left` and `right` were exchanged, so that rows move the left factor, columns the right one.
    pub(crate) swapped: bool,
    /// Whether there is at most one loop of each kind, as in a dense layer.
    pub(crate) matrix: bool,
    /// Iterations of the outermost sum between two turns of an outer kernel.
    pub(crate) sum_block: usize,
    /// Elements after which a dot kernel adds up its lanes.
    pub(crate) dot_cut: usize,
    /// Rows of a block of a dot kernel, for elements of 4 bytes.
    pub(crate) row_block: usize,
    /// The elements of the operands that one sample needs.
    pub(super) reach: Reach,
    /// What each further sample adds to that.
    pub(super) reach_by_sample: Reach,
    /// The elements in front of the first that is visited.
    pub(crate) first: Reach,
    pub(crate) overlapping: bool,
    pub(super) no_output: bool,
    pub(super) no_term: bool,
    pub(super) samples_out: bool,
    pub(super) samples_summed: bool,
    /// With more of them the runs of all loops together could not be counted.
    pub(super) most_samples: usize,
}

impl Contraction {
    /// The plan of no loops.
    pub(super) const EMPTY: Contraction = Contraction {
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

    /// Whether it is so small that calling anything would cost more than the arithmetic.
    #[must_use]
    pub const fn is_tiny(&self) -> bool {
        matches!(self.style, Style::Tiny)
    }

    /// The output loops that are walked one by one.
    #[inline(always)]
    pub(crate) fn batch(&self) -> &[Loop] {
        &self.loops[..self.ends[0]]
    }
    /// The output loops that move the left factor only.
    #[inline(always)]
    pub(crate) fn rows(&self) -> &[Loop] {
        &self.loops[self.ends[0]..self.ends[1]]
    }
    /// The output loops that move the right factor only, without lanes.
    #[inline(always)]
    pub(crate) fn columns(&self) -> &[Loop] {
        &self.loops[self.ends[1]..self.ends[2]]
    }
    /// The loops that are summed over, without lanes.
    #[inline(always)]
    pub(crate) fn sums(&self) -> &[Loop] {
        &self.loops[self.ends[2]..self.ends[3]]
    }
    /// All loops but those that run once, in two lists: the lane loop is innermost in its one.
    pub(crate) fn outputs_and_sums<'a>(&self, lists: &'a mut [Loop; 2 * MAX_LOOPS]) -> (&'a [Loop], &'a [Loop]) {
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
    pub(crate) const fn output(&self, depth: usize) -> Loop {
        if depth < self.ends[0] { self.loops[depth] } else { Loop::ONCE }
    }
    /// The loop at a depth that a tiny contraction sums over.
    #[inline(always)]
    pub(crate) const fn sum(&self, depth: usize) -> Loop {
        if self.ends[0] + depth < self.ends[3] { self.loops[self.ends[0] + depth] } else { Loop::ONCE }
    }
    /// Whether the sums run over the samples too.
    #[inline(always)]
    pub(crate) const fn sums_samples(&self) -> bool {
        self.samples_summed
    }
    /// Whether no sum has a term.
    #[inline(always)]
    pub(crate) const fn sums_nothing(&self, samples: usize) -> bool {
        self.no_term || (self.samples_summed && samples == 0)
    }

    /// Whether there is anything to do.
    ///
    /// # Panics
    /// If an operand is too short, there are more samples than can be counted, or a scatter does not start from what
    /// the result holds.
    #[inline(always)]
    pub(crate) fn check<T>(&self, operands: &Operands<'_, T>) -> bool {
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
