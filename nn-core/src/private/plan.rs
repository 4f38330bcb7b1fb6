//! The plans of contractions in emitted code.

use super::SAMPLES;
use crate::kernels::contraction::{Contraction, Loop, Operands, Start};
use crate::kernels::instruction_set::InstructionSet;
use crate::tensors::Scalar;

/// A contraction, planned while compiling.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    contraction: Contraction,
    /// Whether it may be straight code where it is called.
    inlined: bool,
}

impl Plan {
    /// Plans a contraction from its loops: the trip count of each, then its strides in the result, in both factors and
    /// in the initial values.
    #[must_use]
    pub const fn new<const N: usize>(rows: [[isize; 5]; N]) -> Self {
        Plan { contraction: Contraction::new(&loops(rows)), inlined: true }
    }

    /// Plans a contraction whose sums have the bits of those of another one.
    #[must_use]
    pub const fn like<const N: usize, const M: usize>(rows: [[isize; 5]; N], whole: [[isize; 5]; M]) -> Self {
        Plan { contraction: Contraction::like(&loops(rows), &loops(whole)), inlined: true }
    }

    /// Plans a sum: a contraction whose right factor is one everywhere.
    #[must_use]
    pub const fn sum<const N: usize>(rows: [[isize; 5]; N]) -> Self {
        Plan { contraction: Contraction::sum_of(&loops(rows)), inlined: true }
    }

    /// Plans a sum with the bits of another one.
    #[must_use]
    pub const fn sum_like<const N: usize, const M: usize>(rows: [[isize; 5]; N], whole: [[isize; 5]; M]) -> Self {
        Plan { contraction: Contraction::sum_like(&loops(rows), &loops(whole)), inlined: true }
    }

    /// The same plan, whose results become at least `least`, then at most `greatest`: infinity where there is no bound.
    #[must_use]
    pub const fn clamped(self, least: f64, greatest: f64) -> Self {
        Plan { contraction: self.contraction.clamped(least, greatest), ..self }
    }

    /// The same plan, run by a kernel unless it is tiny: for networks with many plans, whose code would take long to compile.
    #[must_use]
    pub const fn called(self) -> Self {
        Plan { inlined: false, ..self }
    }

    /// Whether the contraction is so small that the call of a kernel would cost more than the arithmetic.
    #[must_use]
    pub const fn is_tiny(&self) -> bool {
        self.contraction.is_tiny()
    }

    /// Runs the contraction by loops that are unrolled where this is called.
    #[inline(always)]
    pub fn run_tiny<T: Scalar>(&self, operands: Operands<'_, T>) {
        self.contraction.run_tiny(operands);
    }

    /// Whether the contraction is so small that the interpretation of its plan takes a good part of the time.
    #[must_use]
    pub const fn is_small(&self) -> bool {
        self.inlined && self.contraction.is_small()
    }

    /// Runs the contraction by code that is written where this is called, for the loops of the plan alone.
    #[inline(always)]
    pub fn run_small<T: Scalar>(&self, operands: Operands<'_, T>) {
        self.contraction.run_small(operands);
    }

    /// Runs the contraction by a kernel.
    #[inline(always)]
    pub fn run<T: Scalar>(&self, operands: Operands<'_, T>) {
        T::contract(&self.contraction, operands);
    }
}

const fn loops<const N: usize>(rows: [[isize; 5]; N]) -> [Loop; N] {
    let mut loops = [Loop { extent: 1, out: 0, left: 0, right: 0, start: 0 }; N];
    let mut at = 0;
    while at < N {
        let [extent, out, left, right, start] = rows[at];
        let extent = if extent == SAMPLES { Loop::SAMPLES } else { extent.unsigned_abs() };
        loops[at] = Loop { extent, out: out.unsigned_abs(), left, right, start: start.unsigned_abs() };
        at += 1;
    }
    loops
}

/// The operands of a contraction.
#[inline(always)]
pub fn operands<'a, T>(
    (instructions, samples): (InstructionSet, usize),
    [left, right]: [&'a [T]; 2],
    start: Start<'a, T>,
    out: &'a mut [T],
) -> Operands<'a, T> {
    Operands { instructions, samples, left, right, start, out }
}

/// Runs a plan that is a constant: `contract!(PLAN, (instructions, samples), [left, right], start, out)`.
///
/// The choice is made before LLVM sees the code, so that a call of a kernel does not carry the loops of tiny
/// contractions.
#[doc(hidden)]
#[macro_export]
macro_rules! __contract {
    ($plan:path, $on:expr, $factors:expr, $start:expr, $out:expr) => {
        // A `match`, not a `let`, so that temporaries in the factors live long enough.
        match $crate::private::operands($on, $factors, $start, $out) {
            operands => {
                // where nothing is optimised, loops that are compiled here are slower than the kernel, which has the same bits
                if const { $plan.is_tiny() && !::core::cfg!(debug_assertions) } {
                    $plan.run_tiny(operands);
                } else if const { $plan.is_small() && !::core::cfg!(debug_assertions) } {
                    $plan.run_small(operands);
                } else {
                    $plan.run(operands);
                }
            }
        }
    };
}
pub use crate::__contract as contract;

#[cfg(test)]
mod tests {
    use super::Plan;

    /// Products of this overflow `usize`, some of them back to a small number.
    const LARGE: isize = isize::MAX / 4 + 1;

    #[test]
    #[should_panic(expected = "a contraction is too large")]
    fn a_reach_that_cannot_be_counted_is_refused() {
        let _ = Plan::new([[17, LARGE, 0, 0, 0]]);
    }

    #[test]
    #[should_panic(expected = "a contraction is too large")]
    fn runs_that_cannot_be_counted_are_refused() {
        let _ = Plan::new([[LARGE, 0, 0, 0, 0], [LARGE, 0, 0, 0, 0]]);
    }

    #[test]
    fn steps_that_cannot_be_counted_are_not_merged() {
        let (whole, part) = (6 * (LARGE / 6), LARGE / 6);
        let _ = Plan::new([[2, 0, whole, 0, 0], [6, 0, part, whole, 0]]);
    }
}
