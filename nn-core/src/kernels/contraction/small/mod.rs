//! The kernels of small contractions: straight code where they are called. The plan is a constant there, so that nothing
//! of it is left to be interpreted. Every sum has the order of the kernel of its style.

mod dot;
mod outer;

#[cfg(doc)]
use super::Start;
use super::plan::Style;
use super::pointers::{Pointers, pointers};
use super::walk::{StartSteps, Step};
use super::{Contraction, Loop, Operands};
use crate::Scalar;
use crate::kernels::instruction_set::Kind;
#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
use crate::kernels::vector::neon;
use crate::kernels::vector::{Vector, array};
#[cfg(target_arch = "x86_64")]
use crate::kernels::vector::{avx2, avx512};

/// Runs small contractions of a type of numbers, inlined.
macro_rules! run_small {
    ($run:ident: $type:ident, $vector:ident) => {
        #[doc = concat!("Runs a small contraction of `", stringify!($type), "`, inlined.")]
        ///
        /// # Panics
        /// As [`Contraction::check`].
        #[inline(always)]
        pub fn $run(plan: &Contraction, operands: Operands<'_, $type>) {
            let (instructions, samples) = (operands.instructions, operands.samples);
            let Some(pointers) = pointers(plan, operands) else { return };
            // SAFETY: the operands were checked against the plan; the token proves the instructions.
            unsafe {
                match instructions.kind() {
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx512 if !plan.is_short::<avx2::$vector>() => {
                        run::<avx512::$vector>(plan, samples, &pointers)
                    }
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx512 | Kind::Avx2 => run::<avx2::$vector>(plan, samples, &pointers),
                    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
                    Kind::Neon => run::<neon::$vector>(plan, samples, &pointers),
                    Kind::Baseline => run::<array::$vector>(plan, samples, &pointers),
                }
            }
        }
    };
}

run_small!(run_small_f32: f32, Single);
run_small!(run_small_f64: f64, Double);

impl Contraction {
    /// Runs a contraction that [`is_small`](Contraction::is_small), inlined: where the plan is a constant, it is straight
    /// code.
    ///
    /// # Panics
    /// If an operand is shorter than its loops reach, or the contraction is a scatter without [`Start::Out`].
    #[inline(always)]
    pub fn run_small<T: Scalar>(&self, operands: Operands<'_, T>) {
        T::contract_small(self, operands);
    }
}

/// The loops of a group, the innermost first; [`Step::ONCE`] where there is none.
#[inline(always)]
fn steps<const N: usize>(loops: &[Loop], samples: usize, start: StartSteps) -> [Step; N] {
    let mut steps = [Step::ONCE; N];
    for (at, step) in steps.iter_mut().enumerate().take(loops.len()) {
        *step = Step::new(&loops[loops.len() - 1 - at], samples, start);
    }
    steps
}

/// Visits all iterations of two nested loops, the innermost first: `nested!(at in loops, from pointers { … })`. It is no
/// function, since the code of a closure is compiled for the baseline before it is inlined.
macro_rules! nested {
    ($at:ident in $loops:expr, from $pointers:expr, $body:block) => {
        let [inner, outer] = $loops;
        for number in 0..outer.extent {
            let at = $pointers.moved(outer.offsets(number));
            for number in 0..inner.extent {
                let $at = at.moved(inner.offsets(number));
                $body
            }
        }
    };
}
use nested;

/// Runs a contraction.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`. The plan must be [small](Contraction::is_small).
#[inline(always)]
unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, pointers: &Pointers<V::Scalar>) {
    // SAFETY: the caller vouches for it.
    unsafe {
        match plan.style {
            Style::Dot => dot::run::<V>(plan, samples, pointers),
            _ => outer::run::<V>(plan, samples, pointers),
        }
    }
}

/// Reads a vector, or the lanes of the mask.
///
/// # Safety
/// As for [`Vector::load`] or [`Vector::load_masked`].
#[inline(always)]
unsafe fn load<V: Vector, const MASKED: bool>(from: *const V::Scalar, mask: V::Mask) -> V {
    // SAFETY: the caller vouches for it.
    unsafe { if MASKED { V::load_masked(from, mask) } else { V::load(from) } }
}
