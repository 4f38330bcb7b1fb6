//! Plans a contraction whose sums are added up as those of another one are.
//!
//! One step of a stream computes for one frame what the whole network computes for all of them. The loops of its
//! contractions are those of the whole without the one over time, with other strides, for which another kernel may be
//! best, and with it another order of the sums.

use super::cost::{cheapest_dot, cheapest_outer};
use super::list::{List, follows, weight};
use super::reach::runs_of_both;
use super::{Contraction, Style};
use crate::kernels::contraction::Loop;
use crate::kernels::contraction::loops::MAX_LOOPS;

/// A lane loop of one lane: the outer kernel without vectors.
const ONE_LANE: Loop = Loop { extent: 1, out: 1, left: 0, right: 1, start: 0 };

impl Contraction {
    /// Plans a contraction. Its sums have the bits of those of `whole`, if the loops of the sums are the same ones, in the
    /// same order: those of other lists are planned as if there were no other contraction.
    ///
    /// # Panics
    /// As [`Contraction::new`].
    #[must_use]
    pub const fn like(loops: &[Loop], whole: &[Loop]) -> Self {
        Contraction::planned_like(loops, whole, false)
    }

    /// The same for sums, whose right factors are one everywhere.
    ///
    /// # Panics
    /// As [`Contraction::new`].
    #[must_use]
    pub const fn sum_like(loops: &[Loop], whole: &[Loop]) -> Self {
        Contraction::planned_like(loops, whole, true)
    }

    const fn planned_like(loops: &[Loop], whole: &[Loop], ones: bool) -> Self {
        let alone = Contraction::planned(loops, ones);
        let (Some(mut sums), false) = (Pairs::of(loops, whole), alone.no_output || alone.no_term) else { return alone };
        sums.sort();
        let reference = Contraction::planned(whole, ones);
        let mut plan = Contraction::measured(loops);
        let outputs = outputs_of(loops);
        plan.overlapping = alone.overlapping;
        plan.ones = ones;
        match reference.style {
            Style::Tiny | Style::General => {
                if matches!(alone.style, Style::Tiny) {
                    plan.style = Style::Tiny;
                }
                plan.arrange(outputs, List::EMPTY, List::EMPTY, sums.own);
            }
            Style::Outer => {
                let mut outputs = outputs;
                let (outer, cost) = cheapest_outer(&outputs, &sums.own);
                plan.style = Style::Outer;
                plan.lane = if cost == usize::MAX { ONE_LANE } else { outputs.remove(outer) };
                plan.group(outputs, sums.own);
            }
            Style::Dot => {
                if !sums.merge() {
                    return alone;
                }
                let (dot, _) = cheapest_dot(&outputs_of(whole), &sums.whole, ones);
                let lane = sums.own.remove(dot);
                if lane.left != 1 || (lane.right != 1 && !ones) {
                    return alone;
                }
                plan.style = Style::Dot;
                plan.lane = lane;
                plan.group(outputs, sums.own);
            }
        }
        plan
    }
}

/// The output loops of a contraction, sorted and merged.
const fn outputs_of(loops: &[Loop]) -> List {
    let mut outputs = List::EMPTY;
    let mut i = 0;
    while i < loops.len() {
        if loops[i].extent != 1 && loops[i].out != 0 {
            outputs.push(loops[i]);
        }
        i += 1;
    }
    outputs.sort();
    outputs.merge();
    outputs
}

/// The loops of the sums of two contractions, one by one.
struct Pairs {
    own: List,
    whole: List,
}

impl Pairs {
    /// `None` if they are not the same loops.
    const fn of(loops: &[Loop], whole: &[Loop]) -> Option<Self> {
        let pairs = Pairs { own: sums_of(loops), whole: sums_of(whole) };
        if pairs.own.count != pairs.whole.count {
            return None;
        }
        let mut i = 0;
        while i < pairs.own.count {
            if pairs.own.loops[i].extent != pairs.whole.loops[i].extent {
                return None;
            }
            i += 1;
        }
        Some(pairs)
    }

    /// Sorts both as [`List::sort`] sorts those of the whole.
    const fn sort(&mut self) {
        let mut end = self.whole.count;
        while end > 1 {
            let mut i = 1;
            while i < end {
                let (a, b) = (self.whole.loops[i - 1], self.whole.loops[i]);
                if weight(&b) > weight(&a) || (weight(&b) == weight(&a) && b.extent < a.extent) {
                    (self.whole.loops[i - 1], self.whole.loops[i]) = (b, a);
                    (self.own.loops[i - 1], self.own.loops[i]) = (self.own.loops[i], self.own.loops[i - 1]);
                }
                i += 1;
            }
            end -= 1;
        }
    }

    /// Merges the loops that are one in the whole; `false` if they cannot be one here.
    const fn merge(&mut self) -> bool {
        let mut i = 1;
        while i < self.whole.count {
            let (a, b) = (self.whole.loops[i - 1], self.whole.loops[i]);
            if !follows(&a, &b) {
                i += 1;
                continue;
            }
            if !follows(&self.own.loops[i - 1], &self.own.loops[i]) {
                return false;
            }
            let both = runs_of_both(a.extent, b.extent);
            (self.whole.loops[i].extent, self.own.loops[i].extent) = (both, both);
            self.whole.remove(i - 1);
            self.own.remove(i - 1);
        }
        true
    }
}

/// The loops of the sums of a contraction, as they are.
const fn sums_of(loops: &[Loop]) -> List {
    let mut sums = List { loops: [Loop::ONCE; MAX_LOOPS], count: 0 };
    let mut i = 0;
    while i < loops.len() {
        if loops[i].extent != 1 && loops[i].out == 0 {
            sums.push(loops[i]);
        }
        i += 1;
    }
    sums
}
