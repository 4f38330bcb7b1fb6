//! Positions that follow one another along the lane loop, and copies between them and memory in which all are adjacent.

use core::mem::MaybeUninit;

use super::lanes::{All, Apart, EverySecond, First, Lanes, Scalar};
use crate::kernels::contraction::sums::{Accumulate, Terms};
use crate::kernels::contraction::walk::Side;
use crate::kernels::vector::{MOST_LANES, Vector};

/// The most positions at a time: those of four vectors.
const MOST_POSITIONS: usize = 4 * MOST_LANES;

/// Some positions along the lane loop.
#[derive(Clone, Copy)]
pub(super) struct Segment {
    /// The first of them, and how many there are.
    pub(super) first: usize,
    pub(super) count: usize,
    /// The offsets of the first one.
    pub(super) right: isize,
    pub(super) out: usize,
    pub(super) start: usize,
}

/// The segments of adjacent positions.
pub(super) struct Segments {
    segments: [MaybeUninit<Segment>; MOST_POSITIONS],
    count: usize,
}

impl Segments {
    /// Those of `count` positions of a side, at most 64, from number `first` on.
    pub(super) fn new(side: &Side<'_>, first: usize, count: usize) -> Self {
        let mut segments = [const { MaybeUninit::uninit() }; MOST_POSITIONS];
        let inner = side.inner;
        let (mut number, mut position) = (first / inner.extent, first % inner.extent);
        let (mut done, mut written) = (0, 0);
        while done < count {
            let at = side.outer.offsets(number).plus(inner.offsets(position));
            let length = (inner.extent - position).min(count - done);
            segments[written].write(Segment {
                first: done,
                count: length,
                right: at.right,
                out: at.out,
                start: at.start,
            });
            (number, position) = (number + 1, 0);
            done += length;
            written += 1;
        }
        Segments { segments, count: written }
    }

    #[inline(always)]
    pub(super) fn list(&self) -> &[Segment] {
        // SAFETY: so many have been written.
        unsafe { core::slice::from_raw_parts(self.segments.as_ptr().cast(), self.count) }
    }
}

/// Copies a vector of each of many rows to adjacent memory, from wherever its lanes are.
pub(super) struct Copy<L: Lanes> {
    lanes: L,
    to: *mut Scalar<L>,
    /// From a row to the next one.
    width: usize,
    /// Whether a whole vector may be written: lanes that are not in use become zero.
    whole: bool,
}

impl<L: Lanes> Accumulate<Scalar<L>> for Copy<L> {
    #[inline(always)]
    unsafe fn step(&mut self, _: *const Scalar<L>, from: *const Scalar<L>) {
        // SAFETY: the caller vouches for it.
        unsafe {
            let vector = self.lanes.factor(from);
            if self.whole { vector.store(self.to) } else { self.lanes.store(vector, self.to) }
        }
        self.to = self.to.wrapping_add(self.width);
    }
}

/// Copies the elements of segments to adjacent memory, for all rows. What lies behind the last one becomes zero, up to the end
/// of its vector.
///
/// # Safety
/// `from` must be valid for reads of the elements at the offsets `of` the segments and at this distance, in all rows, `to` for
/// writes of rows of `width` elements, and the processor must have the instruction set of `V`.
#[inline(always)]
pub(super) unsafe fn gather<V: Vector>(
    rows: &impl Terms<V::Scalar>,
    segments: &[Segment],
    from: *const V::Scalar,
    (of, stride): (impl Fn(&Segment) -> isize, isize),
    (to, width): (*mut V::Scalar, usize),
) {
    // SAFETY: the caller vouches for it.
    unsafe {
        let last = segments[segments.len() - 1];
        let end = last.first + last.count;
        if !end.is_multiple_of(V::LANES) {
            let to = to.add(end / V::LANES * V::LANES);
            // no lane is read
            rows.visit(&mut Copy { lanes: Apart::<V>::new(0, 0), to, width, whole: true }, from, from);
        }
        for segment in segments {
            for done in (0..segment.count).step_by(V::LANES) {
                let count = V::LANES.min(segment.count - done);
                let from = from.wrapping_offset(of(segment) + done.cast_signed() * stride);
                let to = to.add(segment.first + done);
                let whole = segment.first + done + V::LANES <= width;
                match stride {
                    1 if count == V::LANES => {
                        rows.visit(&mut Copy { lanes: All::<V>::new(), to, width, whole: true }, from, from);
                    }
                    1 => rows.visit(&mut Copy { lanes: First::<V>::new(count), to, width, whole }, from, from),
                    2 => rows.visit(&mut Copy { lanes: EverySecond::<V>::new(count), to, width, whole }, from, from),
                    _ => rows.visit(&mut Copy { lanes: Apart::<V>::new(stride, count), to, width, whole }, from, from),
                }
            }
        }
    }
}

/// Copies adjacent elements to a distance.
///
/// # Safety
/// `from` must be valid for reads of `count` elements, `to` for writes of as many at that distance, and the processor must
/// have the instruction set of `V`.
#[inline(always)]
pub(super) unsafe fn spread<V: Vector>(from: *const V::Scalar, to: *mut V::Scalar, stride: usize, count: usize) {
    // SAFETY: the caller vouches for it.
    unsafe {
        if stride != 1 {
            for i in 0..count {
                *to.add(i * stride) = *from.add(i);
            }
            return;
        }
        let whole = count / V::LANES * V::LANES;
        for done in (0..whole).step_by(V::LANES) {
            V::load(from.add(done)).store(to.add(done));
        }
        if whole < count {
            let mask = V::mask(count - whole);
            V::load_masked(from.add(whole), mask).store_masked(to.add(whole), mask);
        }
    }
}
