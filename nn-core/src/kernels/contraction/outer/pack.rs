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

/// The most bytes of a panel: a first-level cache of today.
const PANEL_BYTES: usize = 49152;

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
    let mut panel = [const { MaybeUninit::uninit() }; PANEL];
    let packed = Step { right: width.cast_signed(), ..term };
    let mut first = 0;
    while first < lane.extent {
        let part = Step { extent: width.min(lane.extent - first), ..lane };
        let mut at = pointers.moved(lane.offsets(first));
        for (k, lanes) in panel.chunks_exact_mut(width).take(term.extent).enumerate() {
            let mut from = at.right.wrapping_offset(k.cast_signed() * term.right);
            for to in &mut lanes[..part.extent] {
                // SAFETY: the loops stay within the right factor.
                to.write(unsafe { *from });
                from = from.wrapping_offset(lane.right);
            }
        }
        at.right = panel.as_ptr().cast();
        // SAFETY: the panel holds all terms for these lanes; the caller vouches for the rest.
        unsafe { run_terms::<V, _>(plan, samples, &at, &part, &packed) };
        first += width;
    }
}

/// The vectors of a panel: those of a register tile.
const fn width<V: Vector>() -> usize {
    if V::REGISTERS == 32 { 4 } else { 2 }
}

/// The most terms of a matrix product before the next tile, so that a panel is read from the nearest caches.
pub(super) const fn panel_terms<V: Vector>() -> usize {
    let terms = PANEL_BYTES / (size_of::<V>() * width::<V>());
    if terms < OUTER_CUT { terms } else { OUTER_CUT }
}

/// Some vectors of the right factor at a time, for all terms.
type Panel<V> = [MaybeUninit<V>; 2 * OUTER_CUT];

/// Runs a matrix product. Where the vectors of its terms compete for a few lines of the cache, as with powers of two,
/// it copies some vectors of each term to a panel first.
///
/// # Safety
/// The pointers must be valid for what the plan reaches with these lanes and terms, and the processor must have the
/// instruction set of `V`. There are at most [`panel_terms`] terms.
#[inline(always)]
pub(super) unsafe fn run_panels<V: Vector>(
    plan: &Contraction,
    samples: usize,
    pointers: &Pointers<V::Scalar>,
    lane: &Step,
    terms: &Step,
) {
    const { assert!(panel_terms::<V>() * width::<V>() <= 2 * OUTER_CUT, "a panel holds all terms") };
    let rows = Nest::new(plan.rows(), samples, pointers.start_steps).outermost().extent;
    let lanes = width::<V>() * V::LANES;
    let mut done = 0;
    if rows >= PANEL_ROWS && (terms.right.unsigned_abs() * size_of::<V::Scalar>()).is_multiple_of(PANEL_STRIDE) {
        let mut panel: Panel<V> = [const { MaybeUninit::uninit() }; 2 * OUTER_CUT];
        let packed = Step { right: lanes.cast_signed(), ..*terms };
        while done + lanes <= lane.extent {
            let mut at = pointers.moved(lane.offsets(done));
            for (k, vectors) in panel.chunks_exact_mut(width::<V>()).take(terms.extent).enumerate() {
                let from = at.right.wrapping_offset(k.cast_signed() * terms.right);
                for (i, vector) in vectors.iter_mut().enumerate() {
                    // SAFETY: so many full vectors of the lane loop are left.
                    vector.write(unsafe { V::load(from.add(i * V::LANES)) });
                }
            }
            at.right = panel.as_ptr().cast();
            let part = Step { extent: lanes, ..*lane };
            // SAFETY: the panel holds all terms for these lanes; the caller vouches for the rest.
            unsafe { run_terms::<V, _>(plan, samples, &at, &part, &packed) };
            done += lanes;
        }
    }
    if done < lane.extent {
        let part = Step { extent: lane.extent - done, ..*lane };
        // SAFETY: the caller vouches for it.
        unsafe { run_terms::<V, _>(plan, samples, &pointers.moved(lane.offsets(done)), &part, terms) };
    }
}
