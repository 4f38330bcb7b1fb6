//! Sums of products: `out[…] = start[…] + sum[…](left[…] * right[…])`.
//!
//! Dense layers, convolutions and all their gradients are of this form. A contraction is a set of
//! loops; each says how far the four operands move when it advances by one. A loop along which `out`
//! does not move is summed over.
//!
//! # The order of every sum
//! It is a function of the loops and the instruction set, never of the number of samples:
//! - Where a *dot* kernel is chosen, each lane of a vector has its own sum, and the lanes are added at the
//!   end. A sum of more than [`plan::DOT_CUT`] elements is cut. If it also runs over the samples, it is cut after
//!   each of them: a sum over samples has the same bits however these are split into tiles.
//! - Everywhere else (lanes along an output loop, with a factor packed or not, or no lanes) the terms are added
//!   one by one to what the sum starts with, the samples outermost, with the same consequence.

mod blocks;
mod dot;
mod general;
mod outer;
mod places;
mod plan;
mod sums;
#[cfg(test)]
mod tests;
mod tiny;
mod walk;

pub use plan::Contraction;

use super::instruction_set::{InstructionSet, Kind};
#[cfg(target_arch = "x86_64")]
use super::vector::avx2;
use super::vector::{Vector, baseline};
use crate::tensors::Scalar;
use plan::Style;
use walk::Offsets;

/// One loop of a contraction: how often it runs, and the step of every operand in elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// How often it runs; [`Loop::SAMPLES`] where that is the number of samples, known at run time.
    pub extent: usize,
    /// The step in the result; 0: summed over.
    pub out: usize,
    /// The step in the left factor; a loop with a negative one begins at its far end.
    pub left: isize,
    /// The step in the right factor; a loop with a negative one begins at its far end.
    pub right: isize,
    /// The step in what the sum starts from.
    pub start: usize,
}

impl Loop {
    /// The extent of a loop over the samples of a tile.
    pub const SAMPLES: usize = usize::MAX;
    const ONCE: Loop = Loop { extent: 1, out: 0, left: 0, right: 0, start: 0 };
}

/// The most loops that a contraction can have.
pub const MAX_LOOPS: usize = 10;

/// What a sum begins with.
#[derive(Debug)]
pub enum Start<'a, T> {
    /// Nothing.
    Zero,
    /// What the result holds already.
    Out,
    /// A tensor (a bias), read with the `start` steps.
    From(&'a [T]),
}

/// The memory a contraction works on.
#[derive(Debug)]
pub struct Operands<'a, T> {
    /// Chosen when the program starts.
    pub instructions: InstructionSet,
    /// The number of samples in this tile.
    pub samples: usize,
    /// The left factor.
    pub left: &'a [T],
    /// The right factor.
    pub right: &'a [T],
    /// What the sum begins with.
    pub start: Start<'a, T>,
    /// The result.
    pub out: &'a mut [T],
}

impl Contraction {
    /// Multiplies and sums.
    ///
    /// # Panics
    /// If an operand is shorter than its loops reach, or if elements of the result are met more
    /// than once (a scatter) without [`Start::Out`].
    #[inline(always)]
    pub fn run<T: Scalar>(&self, operands: Operands<'_, T>) {
        if self.is_tiny() {
            self.run_tiny(operands);
        } else {
            T::contract(self, operands);
        }
    }

    /// Whether it is so small that calling anything would cost more than the arithmetic.
    #[must_use]
    pub const fn is_tiny(&self) -> bool {
        matches!(self.style, Style::Tiny)
    }

    /// Multiplies and sums right here: where the plan is a constant, all its loops are unrolled.
    ///
    /// # Panics
    /// As [`run`](Contraction::run).
    #[inline(always)]
    pub fn run_tiny<T: Scalar>(&self, operands: Operands<'_, T>) {
        tiny::run(self, operands);
    }
}

/// Which steps the start of the sums moves with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StartSteps {
    /// It stays: all sums start with the same zeros.
    None,
    /// It is the result.
    Out,
    /// Its own.
    Own,
}

/// The operands as pointers, after they were found to be long enough.
#[derive(Clone, Copy)]
struct Pointers<T> {
    left: *const T,
    right: *const T,
    start: *const T,
    start_steps: StartSteps,
    out: *mut T,
}

impl<T: Copy> Pointers<T> {
    #[inline(always)]
    fn moved(&self, by: Offsets) -> Self {
        Pointers {
            left: self.left.wrapping_offset(by.left),
            right: self.right.wrapping_offset(by.right),
            start: self.start.wrapping_add(by.start),
            out: self.out.wrapping_add(by.out),
            start_steps: self.start_steps,
        }
    }
}

/// The most lanes that a vector can have: what is as long as some vectors is as long as these.
const MOST_LANES: usize = 8;

/// Enough zeros for any vector, and any row of sums, to start with.
trait Zeros: Sized + 'static {
    const ZEROS: &'static [Self; MOST_LANES];
}
impl Zeros for f32 {
    const ZEROS: &'static [f32; MOST_LANES] = &[0.0; MOST_LANES];
}
impl Zeros for f64 {
    const ZEROS: &'static [f64; MOST_LANES] = &[0.0; MOST_LANES];
}

/// The operands as pointers; none if there is nothing to do.
fn pointers<T: Zeros>(plan: &Contraction, operands: Operands<'_, T>) -> Option<Pointers<T>> {
    if !plan.check(&operands) {
        return None;
    }
    let Operands { left, right, start, out, .. } = operands;
    let (left, right) = (left.as_ptr().wrapping_add(plan.first.left), right.as_ptr().wrapping_add(plan.first.right));
    let (left, right) = if plan.swapped { (right, left) } else { (left, right) };
    let out = out.as_mut_ptr();
    let (start, start_steps) = match start {
        Start::Zero => (T::ZEROS.as_ptr(), StartSteps::None),
        Start::Out => (out.cast_const(), StartSteps::Out),
        Start::From(start) => (start.as_ptr(), StartSteps::Own),
    };
    Some(Pointers { left, right, start, start_steps, out })
}

/// The contraction of `f32`.
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

/// The contraction of `f64`.
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

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_f32_avx2(plan: &Contraction, samples: usize, pointers: Pointers<f32>) {
    // SAFETY: the caller vouches for the pointers, and this function for AVX2.
    unsafe { run_vectors::<avx2::Single>(plan, samples, pointers) }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
unsafe fn run_f64_avx2(plan: &Contraction, samples: usize, pointers: Pointers<f64>) {
    // SAFETY: the caller vouches for the pointers, and this function for AVX2.
    unsafe { run_vectors::<avx2::Double>(plan, samples, pointers) }
}

/// Not inlined, so that choosing the instruction set needs no stack.
#[inline(never)]
unsafe fn run_f32_baseline(plan: &Contraction, samples: usize, pointers: Pointers<f32>) {
    // SAFETY: the caller vouches for the pointers.
    unsafe { run_vectors::<baseline::Single>(plan, samples, pointers) }
}

#[inline(never)]
unsafe fn run_f64_baseline(plan: &Contraction, samples: usize, pointers: Pointers<f64>) {
    // SAFETY: the caller vouches for the pointers.
    unsafe { run_vectors::<baseline::Double>(plan, samples, pointers) }
}

/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must
/// have the instruction set of `V`.
#[inline(always)]
unsafe fn run_vectors<V: Vector>(plan: &Contraction, samples: usize, pointers: Pointers<V::Scalar>) {
    const { assert!(V::LANES <= MOST_LANES, "the zeros and the panels are too short for such a vector") };
    // SAFETY: passed on.
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
