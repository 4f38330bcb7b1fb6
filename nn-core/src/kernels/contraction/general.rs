//! The kernel for any loops: one element after the other, without vectors.

use super::loops::MAX_LOOPS;
use super::pointers::Pointers;
use super::walk::{Nest, Offsets, StartSteps, Step};
use super::{Contraction, Loop};
use crate::kernels::number::{Number, clamped};

/// Runs any contraction.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`.
#[inline(always)]
pub(super) unsafe fn run<T: Number>(plan: &Contraction, samples: usize, pointers: Pointers<T>) {
    let mut loops = [Loop::ONCE; 2 * MAX_LOOPS];
    let (outputs, sums) = plan.outputs_and_sums(&mut loops);
    let mut outputs = Nest::new(outputs, samples, pointers.start_steps);
    let inner_output = outputs.take_innermost();
    let mut sums = Nest::new(sums, samples, StartSteps::None);
    let inner_sum = sums.take_innermost();
    let terms = if plan.sums_nothing(samples) { 0 } else { sums.runs() };
    for number in 0..outputs.runs() {
        let mut at = pointers.moved(outputs.offsets(number));
        for _ in 0..inner_output.extent {
            // SAFETY: the loops stay within the operands; without terms, the factors are not read.
            unsafe { *at.out = sum(&sums, terms, &inner_sum, &at) };
            at = at.moved(inner_output.offsets(1));
        }
    }
}

/// Clamps all results.
///
/// # Safety
/// As for [`run`]; no other kernel may have left a result without a value.
pub(super) unsafe fn clamp<T: Number>(plan: &Contraction, samples: usize, pointers: Pointers<T>, bounds: [T; 2]) {
    let mut loops = [Loop::ONCE; 2 * MAX_LOOPS];
    let (outputs, _) = plan.outputs_and_sums(&mut loops);
    let mut outputs = Nest::new(outputs, samples, StartSteps::None);
    let inner = outputs.take_innermost();
    for number in 0..outputs.runs() {
        let out = pointers.out.wrapping_add(outputs.offsets(number).out);
        for i in 0..inner.extent {
            // SAFETY: the loops stay within the result, all of which has been written.
            unsafe {
                let result = out.add(i * inner.out);
                *result = clamped(*result, bounds);
            }
        }
    }
}

/// The initial value plus all products, added one after the other.
///
/// # Safety
/// The pointers must be valid for all terms.
#[inline(always)]
unsafe fn sum<T: Number>(outer: &Nest<'_>, terms: usize, inner: &Step, at: &Pointers<T>) -> T {
    // SAFETY: the caller vouches for it.
    let mut sum = unsafe { *at.start };
    for number in 0..terms {
        let mut at = at.moved(if number == 0 { Offsets::ORIGIN } else { outer.offsets(number) });
        for _ in 0..inner.extent {
            // SAFETY: the caller vouches for it.
            sum += unsafe { *at.left * *at.right };
            at = at.moved(inner.offsets(1));
        }
    }
    sum
}
