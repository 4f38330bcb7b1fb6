//! The workspace of one tile of samples, and the buffers in it.

use crate::error::Error;

/// A workspace in use: memory for `capacity` samples, in which `samples` lie.
#[derive(Debug)]
pub struct Memory<'a, T> {
    elements: &'a mut [T],
    capacity: usize,
    samples: usize,
}

impl<'a, T> Memory<'a, T> {
    /// A workspace of `elements`, which hold `capacity` samples.
    #[inline(always)]
    pub fn new(elements: &'a mut [T], capacity: usize, samples: usize) -> Self {
        debug_assert!(samples <= capacity);
        Memory { elements, capacity, samples }
    }

    /// The same workspace, for one stage of the work on the tile.
    #[inline(always)]
    pub fn reborrow(&mut self) -> Memory<'_, T> {
        Memory { elements: &mut *self.elements, ..*self }
    }

    /// The same workspace for one sample alone.
    #[inline(always)]
    pub fn of_one(self) -> Self {
        Memory { capacity: 1, samples: 1, ..self }
    }

    /// The number of samples in this tile.
    #[inline(always)]
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Some buffers of the workspace. Each is given by its offset and its length, in elements per sample.
    ///
    /// # Panics
    /// If two of them overlap or one lies outside of the workspace. The places that the compiler gives them exclude
    /// both.
    #[inline(always)]
    pub fn split<const N: usize>(&mut self, buffers: [(usize, usize); N]) -> [&mut [T]; N] {
        let ranges = buffers.map(|(offset, len)| {
            let start = offset * self.capacity;
            start..start + len * self.samples
        });
        match self.elements.get_disjoint_mut(ranges) {
            Ok(slices) => slices,
            Err(_) => misplaced(),
        }
    }

    /// The same in a function of its own: in a network of many stages, its code is longer than that of the work.
    ///
    /// # Panics
    /// As [`split`](Memory::split).
    #[inline(never)]
    pub fn split_by_call<const N: usize>(&mut self, buffers: [(usize, usize); N]) -> [&mut [T]; N] {
        self.split(buffers)
    }
}

#[cold]
fn misplaced() -> ! {
    panic!(
        "the buffers of a workspace overlap or lie outside of it: this is a mistake in nn-compiler, please report it"
    )
}

/// The number of samples in a tile, for a workspace of so many.
///
/// # Errors
/// [`Error::Length`] if the workspace is empty.
pub(crate) fn tile_of(samples: usize) -> Result<usize, Error> {
    if samples > 0 {
        Ok(samples)
    } else {
        Err(Error::Length { what: "samples in the workspace", expected: 1, found: 0 })
    }
}
