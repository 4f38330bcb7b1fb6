//! The outer kernel: lanes run along an output loop. One factor is read as a vector, the other is broadcast to all
//! lanes. Every sum is strictly sequential.

mod pack;
mod products;
mod terms;
mod tile;

use super::Contraction;
use super::pointers::{MOST_LANES, Pointers};
use super::sums::Sums;
use super::walk::{Nest, StartSteps, Step};
use crate::kernels::vector::Vector;
pub(super) use pack::run_packed;
use pack::{panel_terms, run_panels};
use products::Products;
use terms::{lane, run_terms};

/// Runs a contraction of this style.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`. The plan must be of this style, and have a term to sum.
#[inline(always)]
pub(super) unsafe fn run<V: Vector>(plan: &Contraction, samples: usize, mut pointers: Pointers<V::Scalar>) {
    let sums = Nest::new(plan.sums(), samples, StartSteps::None);
    let outermost = sums.outermost();
    let is_matrix = V::LARGE && plan.matrix;
    if is_matrix && outermost.extent == 1 && plan.lane.extent >= MOST_LANES {
        let lane = lane(plan, samples, &pointers);
        // SAFETY: the caller vouches for it.
        return unsafe { V::call(&Products::<V> { plan, samples, pointers: &pointers, lane }) };
    }
    let block = if is_matrix { plan.sum_block.min(panel_terms::<V>()) } else { plan.sum_block };
    let mut first = 0;
    loop {
        let count = block.min(outermost.extent - first);
        // SAFETY: the caller vouches for it.
        unsafe {
            if is_matrix {
                let terms = Step { extent: count, ..outermost };
                run_panels::<V>(plan, samples, &pointers, &lane(plan, samples, &pointers), &terms);
            } else {
                let terms = Sums::new(sums.limited(count));
                run_terms::<V, _>(plan, samples, &pointers, &lane(plan, samples, &pointers), &terms);
            }
        }
        first += count;
        if first == outermost.extent {
            return;
        }
        let done = outermost.offsets(count);
        pointers.left = pointers.left.wrapping_offset(done.left);
        pointers.right = pointers.right.wrapping_offset(done.right);
        pointers.start = pointers.out;
        pointers.start_steps = StartSteps::Out;
    }
}
