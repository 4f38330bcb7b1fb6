//! Runs a contraction by the kernel of its plan, compiled for the instruction set.

use super::plan::Style;
use super::pointers::{Pointers, pointers};
use super::{Contraction, Operands, dot, general, outer};
use crate::kernels::instruction_set::Kind;
#[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
use crate::kernels::vector::neon;
use crate::kernels::vector::{MOST_LANES, Vector, array};
#[cfg(target_arch = "x86_64")]
use crate::kernels::vector::{avx2, avx512};

/// Runs contractions of a type of numbers: a function for each instruction set, and one that chooses among them.
macro_rules! run {
    ($run:ident: $type:ident, $vector:ident, $avx512:ident, $avx2:ident, $baseline:ident) => {
        #[doc = concat!("Runs a contraction of `", stringify!($type), "`.")]
        ///
        /// # Panics
        /// As [`Contraction::check`].
        pub fn $run(plan: &Contraction, operands: Operands<'_, $type>) {
            let (instructions, samples) = (operands.instructions, operands.samples);
            let Some(pointers) = pointers(plan, operands) else { return };
            // SAFETY: the operands were checked against the plan; the token proves the instructions.
            unsafe {
                match instructions.kind() {
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx512 if !plan.is_short::<avx2::$vector>() => $avx512(plan, samples, pointers),
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx512 | Kind::Avx2 => $avx2(plan, samples, pointers),
                    #[cfg(all(target_arch = "aarch64", target_feature = "neon"))]
                    Kind::Neon => run_vectors::<neon::$vector>(plan, samples, pointers),
                    Kind::Baseline => $baseline(plan, samples, pointers),
                }
            }
        }

        /// # Safety
        /// The pointers must be valid for what the plan reaches with `samples`, and the processor must have AVX-512.
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
        unsafe fn $avx512(plan: &Contraction, samples: usize, pointers: Pointers<$type>) {
            // SAFETY: the caller vouches for the pointers, and this function for the instructions.
            unsafe { run_vectors::<avx512::$vector>(plan, samples, pointers) }
        }

        /// # Safety
        /// The pointers must be valid for what the plan reaches with `samples`, and the processor must have AVX2 and
        /// FMA.
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,fma")]
        unsafe fn $avx2(plan: &Contraction, samples: usize, pointers: Pointers<$type>) {
            // SAFETY: the caller vouches for the pointers, and this function for the instructions.
            unsafe { run_vectors::<avx2::$vector>(plan, samples, pointers) }
        }

        /// With arrays for vectors. Not inlined, so that choosing the instruction set takes no stack.
        ///
        /// # Safety
        /// The pointers must be valid for what the plan reaches with `samples`.
        #[inline(never)]
        unsafe fn $baseline(plan: &Contraction, samples: usize, pointers: Pointers<$type>) {
            // SAFETY: the caller vouches for the pointers.
            unsafe { run_vectors::<array::$vector>(plan, samples, pointers) }
        }
    };
}

run!(run_f32: f32, Single, run_f32_avx512, run_f32_avx2, run_f32_baseline);
run!(run_f64: f64, Double, run_f64_avx512, run_f64_avx2, run_f64_baseline);

/// Runs the kernel that the plan has chosen.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`.
#[inline(always)]
pub(super) unsafe fn run_vectors<V: Vector>(plan: &Contraction, samples: usize, pointers: Pointers<V::Scalar>) {
    const { assert!(V::LANES <= MOST_LANES, "the zeros and the panels are too short for such a vector") };
    const { assert!(V::PARTS <= 2, "the sums of two parts are added up") };
    // SAFETY: the caller vouches for it.
    unsafe {
        match plan.style {
            _ if plan.sums_nothing(samples) => general::run(plan, samples, pointers),
            Style::Outer => outer::run::<V>(plan, samples, pointers),
            Style::Dot => dot::run::<V>(plan, samples, pointers),
            Style::General | Style::Tiny => general::run(plan, samples, pointers),
        }
        let done = matches!(plan.style, Style::Outer) && !plan.sums_nothing(samples);
        if let (Some(bounds), false) = (pointers.bounds, done) {
            general::clamp(plan, samples, pointers, bounds);
        }
    }
}
