//! The plan of a contraction.

use super::reach::{Reach, TOO_LARGE};
use crate::kernels::contraction::loops::MAX_LOOPS;
use crate::kernels::contraction::{Loop, Operands, Start};
#[cfg(target_arch = "x86_64")]
use crate::kernels::vector::Vector;

/// The kernel of a contraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Loops that are unrolled where they are called.
    Tiny,
    /// Lanes along an output loop.
    Outer,
    /// Lanes along a loop that is summed over.
    Dot,
    /// One element after the other, without vectors.
    General,
}

/// The most elements of a sum before a dot kernel adds up its lanes, so that its rows and columns stay in the cache.
pub(crate) const DOT_CUT: usize = 1024;
/// The samples of a sum before a dot kernel adds up its lanes. It is one, so that the bits do not depend on the tiles.
pub(crate) const SAMPLE_CHUNK: usize = 1;

/// The most multiplications per sample of a small contraction, and the most lanes.
const SMALL: usize = 8192;
const SMALL_LANES: usize = 384;

/// The loops of a contraction, and how they run. It is a constant of the user's program.
#[derive(Debug, Clone, Copy)]
pub struct Contraction {
    /// Four groups, each outermost first: batch, rows, columns, sums.
    pub(super) loops: [Loop; MAX_LOOPS],
    /// Where each group ends.
    pub(super) ends: [usize; 4],
    /// The loop along which the lanes of vectors run. It is not among the others.
    pub(crate) lane: Loop,
    pub(crate) style: Style,
    /// Whether `left` and `right` are exchanged, so that rows move the left factor and columns the right one.
    pub(crate) swapped: bool,
    /// Whether the right factor is one everywhere: the contraction is a sum.
    pub(crate) ones: bool,
    /// Whether rows, columns and sums have at most one loop each, the lane loop included, and there is no batch.
    pub(crate) matrix: bool,
    /// Whether vectors of 4 and of 8 lanes are as fast as longer ones.
    pub(crate) shorter: [bool; 2],
    /// The elements of a sum before a dot kernel adds up its lanes.
    pub(crate) dot_cut: usize,
    /// The rows of a block of a dot kernel, for elements of 4 bytes.
    pub(crate) row_block: usize,
    /// The elements that one sample needs of each operand.
    pub(super) reach: Reach,
    /// The elements that each further sample needs.
    pub(super) reach_by_sample: Reach,
    /// The offset of the first iteration in each factor, above 0 where strides are negative.
    pub(crate) first: Reach,
    /// The bounds of all results, where there are any.
    pub(crate) bounds: Option<[f64; 2]>,
    /// Whether several iterations write to one element of the result: a scatter.
    pub(crate) overlapping: bool,
    /// Whether an output loop, or a loop of the sums, has no iteration.
    pub(super) no_output: bool,
    pub(super) no_term: bool,
    /// Whether the loop over the samples is an output loop, or one of the sums.
    pub(super) samples_out: bool,
    pub(super) samples_summed: bool,
    /// The most samples for which the iterations of all loops together can be counted.
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
        ones: false,
        matrix: false,
        shorter: [false; 2],
        dot_cut: 1,
        row_block: 1,
        reach: Reach::ONE,
        reach_by_sample: Reach::NOTHING,
        first: Reach::NOTHING,
        bounds: None,
        overlapping: false,
        no_output: false,
        no_term: false,
        samples_out: false,
        samples_summed: false,
        most_samples: usize::MAX,
    };

    /// The same contraction, whose results become at least `least`, then at most `greatest`: infinity where there is no bound.
    ///
    /// # Panics
    /// While compiling, if a bound is NaN, or the contraction is a scatter, whose sums are complete at the end alone.
    #[must_use]
    pub const fn clamped(self, least: f64, greatest: f64) -> Self {
        assert!(!least.is_nan() && !greatest.is_nan(), "a bound is a number");
        assert!(!self.overlapping && !self.samples_summed, "results that are added to have no bounds");
        Contraction { bounds: Some([least, greatest]), ..self }
    }

    /// Whether the contraction is so small that the call of a kernel would cost more than the arithmetic.
    #[must_use]
    pub const fn is_tiny(&self) -> bool {
        matches!(self.style, Style::Tiny) && self.bounds.is_none()
    }

    /// Whether the contraction is so small that the interpretation of its plan takes a good part of the time.
    #[must_use]
    pub const fn is_small(&self) -> bool {
        if matches!(self.style, Style::Tiny | Style::General)
            || self.bounds.is_some()
            || self.is_spread()
            || self.no_output
            || self.no_term
        {
            return false;
        }
        let [batch, rows, columns, sums] = self.ends;
        let few = batch <= 2 && rows - batch <= 2 && columns - rows <= 2 && sums - columns <= 2;
        // where several iterations add to one element, parts of a sum would change their order
        let is_whole = !(self.overlapping && self.samples_summed);
        few && is_whole && self.lane.extent <= SMALL_LANES && self.runs_of_one() <= SMALL
    }

    /// Whether the lanes are apart in the result or in the initial values: they are computed elsewhere and copied then.
    const fn is_spread(&self) -> bool {
        matches!(self.style, Style::Outer) && (self.lane.out != 1 || self.lane.start > 1)
    }

    /// Whether a longer vector than one of this type would be no faster.
    #[cfg(target_arch = "x86_64")]
    #[inline(always)]
    pub(in crate::kernels) const fn is_short<V: Vector>(&self) -> bool {
        self.shorter[(V::LANES == 8) as usize]
    }

    /// The iterations of all loops together, for one sample.
    const fn runs_of_one(&self) -> usize {
        let mut runs = self.lane.extent;
        let mut i = 0;
        while i < self.ends[3] {
            if self.loops[i].extent != Loop::SAMPLES {
                runs = runs.saturating_mul(self.loops[i].extent);
            }
            i += 1;
        }
        runs
    }

    /// The output loops outside of rows and columns.
    #[inline(always)]
    pub(crate) fn batch(&self) -> &[Loop] {
        &self.loops[..self.ends[0]]
    }
    /// The output loops that move the left factor alone.
    #[inline(always)]
    pub(crate) fn rows(&self) -> &[Loop] {
        &self.loops[self.ends[0]..self.ends[1]]
    }
    /// The output loops that move the right factor alone, without the lane loop.
    #[inline(always)]
    pub(crate) fn columns(&self) -> &[Loop] {
        &self.loops[self.ends[1]..self.ends[2]]
    }
    /// The loops that are summed over, without the lane loop.
    #[inline(always)]
    pub(crate) fn sums(&self) -> &[Loop] {
        &self.loops[self.ends[2]..self.ends[3]]
    }
    /// The output loops and the loops of the sums, with the lane loop innermost in its list.
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
    /// The output loop of a tiny contraction at a depth.
    #[inline(always)]
    pub(crate) const fn output(&self, depth: usize) -> Loop {
        if depth < self.ends[0] { self.loops[depth] } else { Loop::ONCE }
    }
    /// The loop of the sums of a tiny contraction at a depth.
    #[inline(always)]
    pub(crate) const fn sum(&self, depth: usize) -> Loop {
        if self.ends[0] + depth < self.ends[3] { self.loops[self.ends[0] + depth] } else { Loop::ONCE }
    }
    /// Whether the sums run over the samples.
    #[inline(always)]
    pub(crate) const fn sums_samples(&self) -> bool {
        self.samples_summed
    }
    /// Whether no sum has a term.
    #[inline(always)]
    pub(crate) const fn sums_nothing(&self, samples: usize) -> bool {
        self.no_term || (self.samples_summed && samples == 0)
    }

    /// Checks the operands. Returns whether the result has an element.
    ///
    /// # Panics
    /// If an operand is too short, there are more samples than can be counted, or a scatter has other initial values
    /// than the result ([`Start::Out`]).
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
