//! Runs a contraction by the kernel of its plan, compiled for the instruction set.

use super::plan::Style;
use super::pointers::{MOST_LANES, Pointers, pointers};
use super::{Contraction, Operands, dot, general, outer};
use crate::kernels::instruction_set::Kind;
#[cfg(target_arch = "x86_64")]
use crate::kernels::vector::avx2;
use crate::kernels::vector::{Vector, baseline};

/// Runs a contraction of `f32`.
///
/// # Panics
/// As [`Contraction::check`].
pub fn run_f32(plan: &Contraction, operands: Operands<'_, f32>) {
    let (instructions, samples) = (operands.instructions, operands.samples);
    let Some(pointers) = pointers(plan, operands) else { return };
    // SAFETY: the operands were checked against the plan; the token proves AVX2.
    unsafe {
        match instructions.kind() {
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => run_f32_avx2(plan, samples, pointers),
            Kind::Baseline => run_f32_baseline(plan, samples, pointers),
        }
    }
}

/// Runs a contraction of `f64`.
///
/// # Panics
/// As [`Contraction::check`].
pub fn run_f64(plan: &Contraction, operands: Operands<'_, f64>) {
    let (instructions, samples) = (operands.instructions, operands.samples);
    let Some(pointers) = pointers(plan, operands) else { return };
    // SAFETY: the operands were checked against the plan; the token proves AVX2.
    unsafe {
        match instructions.kind() {
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => run_f64_avx2(plan, samples, pointers),
            Kind::Baseline => run_f64_baseline(plan, samples, pointers),
        }
    }
}

/// Runs a contraction of `f32` with AVX2.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have AVX2 and FMA.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_f32_avx2(plan: &Contraction, samples: usize, pointers: Pointers<f32>) {
    // SAFETY: the caller vouches for the pointers, and this function for AVX2.
    unsafe { run_vectors::<avx2::Single>(plan, samples, pointers) }
}

/// Runs a contraction of `f64` with AVX2.
///
/// # Safety
/// As for [`run_f32_avx2`].
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_f64_avx2(plan: &Contraction, samples: usize, pointers: Pointers<f64>) {
    // SAFETY: the caller vouches for the pointers, and this function for AVX2.
    unsafe { run_vectors::<avx2::Double>(plan, samples, pointers) }
}

/// Runs a contraction of `f32` with arrays for vectors. Not inlined, so that choosing the instruction set takes no
/// stack.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`.
#[inline(never)]
unsafe fn run_f32_baseline(plan: &Contraction, samples: usize, pointers: Pointers<f32>) {
    // SAFETY: the caller vouches for the pointers.
    unsafe { run_vectors::<baseline::Single>(plan, samples, pointers) }
}

/// The same for `f64`.
///
/// # Safety
/// As for [`run_f32_baseline`].
#[inline(never)]
unsafe fn run_f64_baseline(plan: &Contraction, samples: usize, pointers: Pointers<f64>) {
    // SAFETY: the caller vouches for the pointers.
    unsafe { run_vectors::<baseline::Double>(plan, samples, pointers) }
}

/// Runs the kernel that the plan has chosen.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`.
#[inline(always)]
unsafe fn run_vectors<V: Vector>(plan: &Contraction, samples: usize, pointers: Pointers<V::Scalar>) {
    const { assert!(V::LANES <= MOST_LANES, "the zeros and the panels are too short for such a vector") };
    // SAFETY: the caller vouches for it.
    unsafe {
        match plan.style {
            _ if plan.sums_nothing(samples) => general::run(plan, samples, pointers),
            Style::Outer => outer::run::<V>(plan, samples, pointers),
            Style::Packed => outer::run_packed::<V>(plan, samples, pointers),
            Style::Dot => dot::run::<V>(plan, samples, pointers),
            Style::General | Style::Tiny => general::run(plan, samples, pointers),
        }
    }
}
