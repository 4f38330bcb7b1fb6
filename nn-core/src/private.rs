//! All that emitted code may name. Not for users: it changes without notice.
//!
//! Only `network!` writes what uses this. What is implemented or called here by hand may panic or give wrong numbers,
//! but without `unsafe` it does not break memory: what cannot be checked, such as that a struct consists of what
//! [`Fields`] says, is an `unsafe` trait, which the macro vouches for.

#[cfg(feature = "alloc")]
pub use alloc::boxed::Box;

pub use crate::compiled::{
    Checked, Compiled, CompiledFold, CompiledLoss, MAX_TERMS, check_indices, check_indices_or, denominators, tile,
};
pub use crate::error::Error;
pub use crate::init::Init;
pub use crate::kernels::contraction::{Contraction, Loop, Operands, Start};
pub use crate::kernels::instruction_set::InstructionSet;
pub use crate::memory::Memory;
pub use crate::parts::{Layer, Parameter};
pub use crate::plain::{Either, Fields, Pair, Plain, flatten, flatten_mut, positions, zeroed};
pub use crate::sample::Sample;
pub use crate::scalar::Scalar;
#[cfg(feature = "alloc")]
pub use crate::session::{Session, init};
pub use crate::shape::Dim;
pub use crate::size;
pub use crate::tensor::Tensor;
pub use crate::tile::{ForwardTile, GradientTile, Pass, TileStage, run_stage};
pub use typenum;

/// What emitted code names without a path, whatever the user's own types are called.
pub mod scope {
    pub use core::option::Option::{self, None, Some};
    pub use core::primitive::*;
}

/// The extent of a loop over the samples.
pub const SAMPLES: isize = isize::MAX;

/// One of two values that are both at hand.
#[inline(always)]
pub fn select<T>(condition: bool, then: T, otherwise: T) -> T {
    if condition { then } else { otherwise }
}

/// The parameters of a layer of a network that does not compile.
#[derive(Debug, Clone)]
pub struct Unknown;

/// A contraction, planned while compiling.
#[derive(Debug, Clone, Copy)]
pub struct Plan(Contraction);

impl Plan {
    /// Plans a contraction from its loops: the extent, then the steps of the result, of both factors
    /// and of what the sum starts from.
    #[must_use]
    pub const fn new<const N: usize>(rows: [[isize; 5]; N]) -> Self {
        let mut loops = [Loop { extent: 1, out: 0, left: 0, right: 0, start: 0 }; N];
        let mut at = 0;
        while at < N {
            let [extent, out, left, right, start] = rows[at];
            let extent = if extent == SAMPLES { Loop::SAMPLES } else { extent.unsigned_abs() };
            loops[at] = Loop { extent, out: out.unsigned_abs(), left, right, start: start.unsigned_abs() };
            at += 1;
        }
        Plan(Contraction::new(&loops))
    }

    /// Whether it is so small that it is best done where it is called.
    #[must_use]
    pub const fn is_tiny(&self) -> bool {
        self.0.is_tiny()
    }

    /// Multiplies and sums by loops that are unrolled where this is called.
    #[inline(always)]
    pub fn run_tiny<T: Scalar>(&self, operands: Operands<'_, T>) {
        self.0.run_tiny(operands);
    }

    /// Multiplies and sums by a kernel.
    #[inline(always)]
    pub fn run<T: Scalar>(&self, operands: Operands<'_, T>) {
        T::contract(&self.0, operands);
    }
}

/// What a contraction works on.
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
/// How it runs is decided before LLVM sees it, so that not every call begins with all loops of the tiny ones.
#[doc(hidden)]
#[macro_export]
macro_rules! __contract {
    ($plan:path, $on:expr, $factors:expr, $start:expr, $out:expr) => {
        // not a `let`, after which what the factors borrow would be gone
        match $crate::private::operands($on, $factors, $start, $out) {
            operands => {
                if const { $plan.is_tiny() } {
                    $plan.run_tiny(operands);
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

    /// Some of these make a whole turn around what `usize` can hold.
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
