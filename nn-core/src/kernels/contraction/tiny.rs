//! The kernel of tiny contractions: loops that are inlined where it is called, and that the compiler unrolls.

use super::{Contraction, Loop, Operands, Start};
use crate::kernels::number::Number;

/// The offsets of an element of the result, of its factors and of its initial value.
#[derive(Clone, Copy)]
struct At {
    out: usize,
    left: isize,
    right: isize,
    start: usize,
}

impl At {
    #[inline(always)]
    const fn origin(plan: &Contraction) -> At {
        let (left, right) = (plan.first.left.cast_signed(), plan.first.right.cast_signed());
        At { out: 0, left, right, start: 0 }
    }

    #[inline(always)]
    const fn moved(self, l: &Loop, times: usize) -> At {
        At {
            out: self.out + l.out * times,
            left: self.left + l.left * times.cast_signed(),
            right: self.right + l.right * times.cast_signed(),
            start: self.start + l.start * times,
        }
    }
}

impl Contraction {
    /// Runs a contraction that [`is_tiny`](Contraction::is_tiny), inlined: where the plan is a constant, all loops are
    /// unrolled.
    ///
    /// # Panics
    /// If an operand is shorter than its loops reach, or the contraction is a scatter without [`Start::Out`].
    #[inline(always)]
    pub fn run_tiny<T: Number>(&self, operands: Operands<'_, T>) {
        run(self, operands);
    }
}

/// Runs a contraction of at most four output loops and three sums.
#[inline(always)]
fn run<T: Number>(plan: &Contraction, operands: Operands<'_, T>) {
    if !plan.check(&operands) {
        return;
    }
    let Operands { samples, left, right, start, out, .. } = operands;
    if !plan.sums_samples() {
        return outputs(plan, samples, At::origin(plan), |at| {
            let sum = sum(plan, samples, 0, left, right, at, first(&start, out, at));
            write(out, at, sum);
        });
    }
    if !matches!(start, Start::Out) {
        outputs(plan, samples, At::origin(plan), |at| write(out, at, first(&start, out, at)));
    }
    // All elements accumulate a sample before the next one: their sums are independent of each other.
    let summed = plan.sum(0);
    for sample in 0..samples {
        outputs(plan, samples, At::origin(plan).moved(&summed, sample), |at| {
            let sum = sum(plan, samples, 1, left, right, at, read(out, at.out));
            write(out, at, sum);
        });
    }
}

/// Visits all iterations of four nested loops.
#[inline(always)]
fn visit([a, b, c, d]: [Loop; 4], samples: usize, at: At, mut visit: impl FnMut(At)) {
    for i in 0..times(&a, samples) {
        let at = at.moved(&a, i);
        for i in 0..times(&b, samples) {
            let at = at.moved(&b, i);
            for i in 0..times(&c, samples) {
                let at = at.moved(&c, i);
                for i in 0..times(&d, samples) {
                    visit(at.moved(&d, i));
                }
            }
        }
    }
}

/// Visits every element of the result.
#[inline(always)]
fn outputs(plan: &Contraction, samples: usize, at: At, each: impl FnMut(At)) {
    visit([plan.output(0), plan.output(1), plan.output(2), plan.output(3)], samples, at, each);
}

/// Adds the products of the sums from `depth` on, one after the other.
#[inline(always)]
fn sum<T: Number>(plan: &Contraction, samples: usize, depth: usize, left: &[T], right: &[T], at: At, start: T) -> T {
    let mut sum = start;
    visit([plan.sum(depth), plan.sum(depth + 1), plan.sum(depth + 2), Loop::ONCE], samples, at, |at| {
        sum += read(left, at.left.cast_unsigned()) * read(right, at.right.cast_unsigned());
    });
    sum
}

#[inline(always)]
const fn times(l: &Loop, samples: usize) -> usize {
    if l.extent == Loop::SAMPLES { samples } else { l.extent }
}

#[inline(always)]
fn first<T: Number>(start: &Start<'_, T>, out: &[T], at: At) -> T {
    match start {
        Start::Zero => T::default(),
        Start::Out => read(out, at.out),
        Start::From(start) => read(start, at.start),
    }
}

#[inline(always)]
fn read<T: Copy>(from: &[T], index: usize) -> T {
    debug_assert!(index < from.len());
    // SAFETY: `check` found the operand long enough for all its loops.
    unsafe { *from.get_unchecked(index) }
}

#[inline(always)]
fn write<T>(to: &mut [T], at: At, value: T) {
    debug_assert!(at.out < to.len());
    // SAFETY: `check` found the operand long enough for all its loops.
    unsafe { *to.get_unchecked_mut(at.out) = value }
}
