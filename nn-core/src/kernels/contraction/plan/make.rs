//! Makes a plan from loops.

use super::Contraction;
use super::choose::overlaps;
use super::list::List;
use super::reach::{MOST_RUNS, advanced, runs_of_both};
use crate::kernels::contraction::Loop;
use crate::kernels::contraction::loops::MAX_LOOPS;

impl Contraction {
    /// Plans a contraction. The order of every sum depends on the loops alone, never on the number of samples.
    ///
    /// # Panics
    /// While compiling, if there are too many loops, several loops over the samples or one with a negative stride in a
    /// factor, or more elements or iterations than can be counted.
    #[must_use]
    pub const fn new(loops: &[Loop]) -> Self {
        Contraction::planned(loops, false)
    }

    /// Plans a sum, whose right factor is one everywhere.
    ///
    /// # Panics
    /// As [`Contraction::new`].
    #[must_use]
    pub const fn sum_of(loops: &[Loop]) -> Self {
        Contraction::planned(loops, true)
    }

    pub(super) const fn planned(loops: &[Loop], ones: bool) -> Self {
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
        plan.ones = ones;
        plan.decide(outputs, sums);
        plan
    }

    /// A plan that holds how far the operands reach, and nothing else yet.
    pub(super) const fn measured(loops: &[Loop]) -> Self {
        let mut plan = Contraction::EMPTY;
        // The iterations of all loops together must be countable, so that loops can be merged and numbered.
        let mut runs = 1;
        let mut i = 0;
        while i < loops.len() {
            let l = loops[i];
            if l.extent == 0 {
                if l.out != 0 { plan.no_output = true } else { plan.no_term = true }
            } else if l.extent == Loop::SAMPLES {
                plan.measure_samples(&l);
            } else {
                runs = runs_of_both(runs, l.extent);
                plan.measure(&l);
            }
            i += 1;
        }
        if plan.samples_out || plan.samples_summed {
            plan.most_samples = MOST_RUNS / runs;
        }
        plan
    }

    /// Adds the reach of a loop over the samples.
    const fn measure_samples(&mut self, l: &Loop) {
        assert!(l.left >= 0 && l.right >= 0, "samples come one after the other");
        assert!(!self.samples_out && !self.samples_summed, "the samples are one loop");
        self.reach_by_sample.add(l, 1);
        if l.out != 0 { self.samples_out = true } else { self.samples_summed = true }
    }

    /// Adds the reach of another loop.
    const fn measure(&mut self, l: &Loop) {
        self.reach.add(l, l.extent - 1);
        if l.left < 0 {
            self.first.left = advanced(self.first.left, l.left.unsigned_abs(), l.extent - 1);
        }
        if l.right < 0 {
            self.first.right = advanced(self.first.right, l.right.unsigned_abs(), l.extent - 1);
        }
    }
}
