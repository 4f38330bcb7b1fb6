//! Packs the factor that is read as vectors, where it would be slow to read in place.

use core::mem::MaybeUninit;

use super::terms::{lane, run_terms};
use crate::kernels::contraction::Contraction;
use crate::kernels::contraction::plan::{OUTER_CUT, PACKED_TERMS};
use crate::kernels::contraction::pointers::{MOST_LANES, Pointers};
use crate::kernels::contraction::walk::{Nest, StartSteps, Step};
use crate::kernels::vector::Vector;

/// The fewest rows for which packing a panel pays.
const PANEL_ROWS: usize = 16;
/// Terms whose distance in bytes is a multiple of this compete for a few lines of the cache.
const PANEL_STRIDE: usize = 1024;

/// The vectors that are packed at a time.
const PACKED_VECTORS: usize = 4;
/// The elements of so many vectors, for the longest ones.
const PANEL: usize = PACKED_VECTORS * PACKED_TERMS * MOST_LANES;

/// Runs a contraction of the packed style: copies a few vectors of the right factor at a time to a panel, where their
/// lanes are adjacent.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with `samples`, and the processor must have the instruction
/// set of `V`. The plan must be of the packed style, and have a term to sum.
#[inline(always)]
pub(in crate::kernels::contraction) unsafe fn run_packed<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: Pointers<V::Scalar>,
) {
    let term = Nest::new(plan.sums(), samples, StartSteps::None).outermost();
    let lane = lane(plan, samples, &pointers);
    let width = PACKED_VECTORS * V::LANES;
    let mut panel = [V::Scalar::default(); PANEL];
    let packed = Step { right: width.cast_signed(), ..term };
    let mut first = 0;
    while first < lane.extent {
        let part = Step { extent: width.min(lane.extent - first), ..lane };
        let mut at = pointers.moved(lane.offsets(first));
        for (k, lanes) in panel.chunks_exact_mut(width).take(term.extent).enumerate() {
            let mut from = at.right.wrapping_offset(k.cast_signed() * term.right);
            for to in &mut lanes[..part.extent] {
                // SAFETY: the loops stay within the right factor.
                *to = unsafe { *from };
                from = from.wrapping_offset(lane.right);
            }
        }
        at.right = panel.as_ptr();
        // SAFETY: the panel holds all terms for these lanes; the caller vouches for the rest.
        unsafe { run_terms::<V, _>(plan, samples, &at, &part, &packed) };
        first += width;
    }
}

/// Two vectors of the right factor at a time, for all terms.
type Panel<V> = [MaybeUninit<V>; 2 * OUTER_CUT];

/// Runs a matrix product. Where the vectors of its terms compete for a few lines of the cache, as with powers of two,
/// it copies two vectors of each term to a panel first.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with these lanes and terms, and the processor must have the
/// instruction set of `V`. There are at most [`OUTER_CUT`] terms.
#[inline(always)]
pub(super) unsafe fn run_panels<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    lane: &Step,
    terms: &Step,
) {
    let rows = Nest::new(plan.rows(), samples, pointers.start_steps).outermost().extent;
    let mut done = 0;
    if rows >= PANEL_ROWS && (terms.right.unsigned_abs() * size_of::<V::Scalar>()).is_multiple_of(PANEL_STRIDE) {
        let mut panel: Panel<V> = [const { MaybeUninit::uninit() }; 2 * OUTER_CUT];
        let packed = Step { right: (2 * V::LANES).cast_signed(), ..*terms };
        while done + 2 * V::LANES <= lane.extent {
            let mut at = pointers.moved(lane.offsets(done));
            for (k, two) in panel.chunks_exact_mut(2).take(terms.extent).enumerate() {
                let from = at.right.wrapping_offset(k.cast_signed() * terms.right);
                // SAFETY: two full vectors of the lane loop are left.
                unsafe {
                    two[0].write(V::load(from));
                    two[1].write(V::load(from.add(V::LANES)));
                }
            }
            at.right = panel.as_ptr().cast();
            let part = Step { extent: 2 * V::LANES, ..*lane };
            // SAFETY: the panel holds all terms for these lanes; the caller vouches for the rest.
            unsafe { run_terms::<V, _>(plan, samples, &at, &part, &packed) };
            done += 2 * V::LANES;
        }
    }
    if done < lane.extent {
        let part = Step { extent: lane.extent - done, ..*lane };
        // SAFETY: the caller vouches for it.
        unsafe { run_terms::<V, _>(plan, samples, &pointers.moved(lane.offsets(done)), &part, terms) };
    }
}
