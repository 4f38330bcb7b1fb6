//! Cuts rows and columns into blocks: their offsets are computed once for many register tiles, and a block of
//! rows stays in the first-level cache while all columns pass by.

use super::walk::{BLOCK, Entries, Nest, Odometer};
use super::{Contraction, Pointers};

/// The output loops by what they move.
pub(super) struct Grid {
    pub(super) batch: Nest,
    pub(super) rows: Nest,
    pub(super) columns: Nest,
    pub(super) row_block: usize,
}

impl Grid {
    #[inline(always)]
    pub(super) fn new<T>(plan: &Contraction, samples: usize, pointers: &Pointers<T>) -> Self {
        let start = pointers.start_steps;
        Grid {
            batch: Nest::new(plan.batch(), samples, start),
            rows: Nest::new(plan.rows(), samples, start),
            columns: Nest::new(plan.columns(), samples, start),
            row_block: BLOCK,
        }
    }
}

/// The register tiles of one block.
pub(super) trait Kernel<T> {
    /// Computes all rows and columns.
    unsafe fn block(&self, at: &Pointers<T>, rows: &Entries, columns: &Entries);
}

/// Runs a kernel on all blocks.
///
/// # Safety
/// All places that the loops of the grid lead to must be valid for the kernel.
#[inline(always)]
pub(super) unsafe fn each_block<T: Copy, K: Kernel<T>>(grid: &Grid, pointers: &Pointers<T>, kernel: &K) {
    let (row_count, column_count) = (grid.rows.runs(), grid.columns.runs());
    let (mut rows, mut columns) = (Entries::new(), Entries::new());
    let mut odometer = Odometer::new();
    loop {
        let offsets = odometer.offsets;
        let at = Pointers {
            left: pointers.left.wrapping_add(offsets.left),
            right: pointers.right.wrapping_add(offsets.right),
            start: pointers.start.wrapping_add(offsets.start),
            out: pointers.out.wrapping_add(offsets.out),
            ..*pointers
        };
        let mut row = 0;
        while row < row_count {
            rows.fill::<false>(grid.rows.steps(), row, grid.row_block.min(row_count - row));
            let mut column = 0;
            while column < column_count {
                columns.fill::<true>(grid.columns.steps(), column, column_count - column);
                // SAFETY: passed on.
                unsafe { kernel.block(&at, &rows, &columns) };
                column += BLOCK;
            }
            row += grid.row_block;
        }
        if !odometer.advance(grid.batch.steps()) {
            return;
        }
    }
}
