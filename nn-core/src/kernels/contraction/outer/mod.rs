//! The outer kernel: lanes run along an output loop. One factor is read as a vector, the other is broadcast to all
//! lanes. Every sum is strictly sequential.

mod buffers;
mod direct;
mod lanes;
mod panel;
mod products;
mod segments;
mod taps;
mod tile;

use super::pointers::Pointers;
use super::walk::{Nest, Offsets, StartSteps, Step};
use super::{Contraction, Loop};
use crate::kernels::vector::{MOST_LANES, Vector};
use buffers::{Buffers, Large, Small};
use products::Products;

/// Runs a contraction of this style.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`. The plan must be of this style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, pointers: Pointers<V::Scalar>) {
    let lane = lane(plan, samples, &pointers);
    let sums = Nest::new(plan.sums(), samples, StartSteps::None);
    let adjacent = lane.right == 1 && lane.out == 1 && lane.start <= 1;
    // SAFETY: the caller vouches for it.
    unsafe {
        if V::LARGE && plan.matrix && adjacent && sums.runs() == 1 && lane.extent >= MOST_LANES {
            V::call(&Products::<V> { plan, samples, pointers: &pointers, lane });
        } else if V::LARGE {
            run_all::<V, Large<V>>(plan, samples, pointers, sums);
        } else {
            run_all::<V, Small<V>>(plan, samples, pointers, sums);
        }
    }
}

/// The lane loop at run time.
#[inline(always)]
fn lane<T>(plan: &Contraction, samples: usize, pointers: &Pointers<T>) -> Step {
    Step::new(&plan.lane, samples, pointers.start_steps)
}

/// Computes all iterations of the batch loops. Where they meet elements again, they are outside of all others, so that the
/// order does not depend on the lanes of a vector, and samples that are summed over are outside of them, so that it does not
/// depend on the size of a tile either.
///
/// # Safety
/// As for [`run`].
#[inline(always)]
unsafe fn run_all<V: Vector, B: Buffers<V>>(
    plan: &Contraction,
    samples: usize,
    mut pointers: Pointers<V::Scalar>,
    sums: Nest<'_>,
) {
    let mut buffers = B::uninit();
    let panels = panel::pays::<V, B>(plan, samples, &sums);
    let (around, inside): (&[Loop], &[Loop]) =
        if plan.overlapping || panels { (plan.batch(), &[]) } else { (&[], plan.batch()) };
    let outermost = sums.outermost();
    let most = if plan.overlapping && plan.sums_samples() { 1 } else { outermost.extent };
    for first in (0..outermost.extent).step_by(most) {
        let part = sums.limited(most);
        let around = Nest::new(around, samples, pointers.start_steps);
        for number in 0..around.runs() {
            let at = pointers.moved(around.offsets(number));
            // SAFETY: the caller vouches for it.
            unsafe { run_sums::<V, B>(plan, samples, at, &part, panels, inside, &mut buffers) };
        }
        if first + most < outermost.extent {
            pointers = goes_on(pointers, outermost.offsets(most));
        }
    }
}

/// Computes all terms of the sums, as many at a time as a panel holds.
///
/// # Safety
/// As for [`run`].
#[inline(always)]
unsafe fn run_sums<V: Vector, B: Buffers<V>>(
    plan: &Contraction,
    samples: usize,
    pointers: Pointers<V::Scalar>,
    sums: &Nest<'_>,
    panels: bool,
    batch: &[Loop],
    buffers: &mut B,
) {
    let parts = sums.parts(B::MOST_TERMS);
    for number in 0..parts.count() {
        let (terms, first) = parts.get(number);
        let at = if number == 0 { pointers } else { goes_on(pointers, first) };
        // a sum has its bounds when it is complete
        let at = if number + 1 < parts.count() { Pointers { bounds: None, ..at } } else { at };
        // SAFETY: the caller vouches for it.
        unsafe {
            if panels {
                panel::run::<V, B>(plan, samples, &at, &terms, buffers);
            } else {
                direct::run::<V>(plan, samples, &at, batch, &terms);
            }
        }
    }
}

/// The operands after some terms: the sums go on from the result.
#[inline(always)]
fn goes_on<T: Copy>(at: Pointers<T>, by: Offsets) -> Pointers<T> {
    let moved = at.moved(Offsets { out: 0, start: 0, ..by });
    Pointers { start: moved.out.cast_const(), start_steps: StartSteps::Out, ..moved }
}
