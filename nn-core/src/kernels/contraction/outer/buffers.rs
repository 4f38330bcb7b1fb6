//! The memory in which panels are packed. It is not initialised, since that would take longer than a small contraction.

use core::mem::MaybeUninit;

use crate::kernels::contraction::places::BLOCK;
use crate::kernels::vector::{MOST_LANES, Vector};

/// The memory of [`Buffers`].
pub(super) struct Memory<T> {
    /// Room for [`PANEL`](Buffers::PANEL) vectors.
    pub(super) panel: *mut T,
    /// Room for the vectors of [`ROWS`](Buffers::ROWS) rows.
    pub(super) results: *mut T,
}

/// Memory for a panel, and for results that are not adjacent.
pub(super) trait Buffers<V: Vector> {
    /// The vectors of a panel.
    const PANEL: usize;
    /// The rows whose results are held at a time.
    const ROWS: usize;
    /// The vectors at a time: those of a register tile.
    const WIDTH: usize;
    /// The most terms of a sum before the next tile, so that a panel is read from the nearest caches.
    const MOST_TERMS: usize = Self::PANEL / Self::WIDTH;

    /// Memory that holds nothing yet.
    fn uninit() -> Self;
    /// The memory.
    fn memory(&mut self) -> Memory<V::Scalar>;
}

macro_rules! buffers {
    ($(#[$doc:meta])* $name:ident: $panel:literal vectors, $rows:expr, $width:expr) => {
        $(#[$doc])*
        pub(super) struct $name<V> {
            panel: [MaybeUninit<V>; $panel],
            results: [MaybeUninit<V>; $rows * 4],
        }

        impl<V: Vector> Buffers<V> for $name<V> {
            const PANEL: usize = $panel;
            const ROWS: usize = $rows;
            const WIDTH: usize = $width;

            #[inline(always)]
            fn uninit() -> Self {
                const { assert!($width <= 4 && V::LANES <= MOST_LANES && $rows <= BLOCK) };
                $name {
                    panel: [const { MaybeUninit::uninit() }; $panel],
                    results: [const { MaybeUninit::uninit() }; $rows * 4],
                }
            }
            #[inline(always)]
            fn memory(&mut self) -> Memory<V::Scalar> {
                Memory {
                    panel: self.panel.as_mut_ptr().cast(),
                    results: self.results.as_mut_ptr().cast(),
                }
            }
        }
    };
}

buffers! {
    /// For processors whose first-level cache has 32 KiB and more.
    Large: 768 vectors, BLOCK, if V::REGISTERS == 32 { 4 } else { 2 }
}
buffers! {
    /// For small devices: 4 KiB of the stack.
    Small: 192 vectors, 16, 2
}
