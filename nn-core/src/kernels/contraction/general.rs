//! Any loops, one by one.

use super::walk::{Nest, Odometer, Step};
use super::{Contraction, Pointers, StartSteps};
use crate::Scalar;

/// # Safety
/// As for [`super::run_vectors`].
#[inline(always)]
pub(super) unsafe fn run<T: Scalar>(plan: &Contraction, samples: usize, pointers: Pointers<T>) {
    let mut outputs = Nest::new(plan.batch(), samples, pointers.start_steps);
    for l in plan.rows().iter().chain(plan.columns()) {
        outputs.push(Step::new(l, samples, pointers.start_steps));
    }
    let mut sums = Nest::new(plan.sums(), samples, StartSteps::None);
    if plan.lane.extent != 1 {
        let list = if plan.lane.out == 0 { &mut sums } else { &mut outputs };
        list.push(Step::new(&plan.lane, samples, pointers.start_steps));
    }
    let nothing = plan.sums_nothing(samples);
    let mut odometer = Odometer::new();
    loop {
        let at = odometer.offsets;
        // SAFETY: the loops stay within the operands; without terms, the factors are not read.
        unsafe {
            let start = *pointers.start.add(at.start);
            let (left, right) = (pointers.left.wrapping_add(at.left), pointers.right.wrapping_add(at.right));
            *pointers.out.add(at.out) = if nothing { start } else { sum(sums.steps(), left, right, start) };
        }
        if !odometer.advance(outputs.steps()) {
            return;
        }
    }
}

/// `start` plus all products, one after the other.
#[inline(always)]
unsafe fn sum<T: Scalar>(steps: &[Step], left: *const T, right: *const T, start: T) -> T {
    let once = Step { extent: 1, out: 0, left: 0, right: 0, start: 0 };
    let (inner, outer) = steps.split_last().unwrap_or((&once, &[]));
    let mut odometer = Odometer::new();
    let mut sum = start;
    loop {
        let (mut left, mut right) =
            (left.wrapping_add(odometer.offsets.left), right.wrapping_add(odometer.offsets.right));
        for _ in 0..inner.extent {
            // SAFETY: passed on.
            sum = sum + unsafe { *left * *right };
            left = left.wrapping_add(inner.left);
            right = right.wrapping_add(inner.right);
        }
        if !odometer.advance(outer) {
            return sum;
        }
    }
}
