//! The workspace of one tile of samples, and the buffers in it.

/// Where a buffer lies in a workspace: `offset` and `len` elements for each sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buffer {
    /// The elements before it, for each sample.
    pub offset: usize,
    /// Its elements, for each sample.
    pub len: usize,
}

impl Buffer {
    /// A buffer of `len` elements behind `offset` others, for each sample.
    #[must_use]
    pub const fn new(offset: usize, len: usize) -> Self {
        Buffer { offset, len }
    }
}

/// A workspace in use: memory for `capacity` samples, `samples` of which are there.
#[derive(Debug)]
pub struct Memory<'a, T> {
    elements: &'a mut [T],
    capacity: usize,
    samples: usize,
}

impl<'a, T> Memory<'a, T> {
    /// `elements` holds `capacity` times what one sample needs.
    #[inline(always)]
    pub fn new(elements: &'a mut [T], capacity: usize, samples: usize) -> Self {
        debug_assert!(samples <= capacity);
        Memory { elements, capacity, samples }
    }

    /// The number of samples in this tile.
    #[inline(always)]
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// The elements of some buffers, all different.
    ///
    /// # Panics
    /// If two of them overlap or one lies outside, which the compiler's plan excludes.
    #[inline(always)]
    pub fn split<const N: usize>(&mut self, buffers: [Buffer; N]) -> [&mut [T]; N] {
        let ranges = buffers.map(|b| {
            let start = b.offset * self.capacity;
            start..start + b.len * self.samples
        });
        match self.elements.get_disjoint_mut(ranges) {
            Ok(slices) => slices,
            Err(_) => misplaced(),
        }
    }
}

#[cold]
fn misplaced() -> ! {
    panic!(
        "the buffers of a workspace overlap or lie outside of it: this is a mistake in nn-compiler, please report it"
    )
}
