//! Cuts rows and columns into blocks: their offsets are computed once for many register tiles, and a block of
//! rows stays in the first-level cache while all columns pass by.

use super::places::{BLOCK, Entries, Entry, EntryMemory, Line, Places};
use super::pointers::Pointers;
use super::walk::{Nest, Offsets, Side, Step};
use crate::kernels::vector::{Vector, Work};

/// The output loops, grouped by the operands that they move.
pub(super) struct Grid<'a> {
    pub(super) batch: Nest<'a>,
    pub(super) rows: Side<'a>,
    pub(super) columns: Side<'a>,
    pub(super) row_block: usize,
    /// Whether each iteration of the batch loops has results of its own.
    pub(super) apart: bool,
}

/// The register tiles of one block.
pub(super) trait Kernel<T> {
    /// Computes all rows and columns.
    ///
    /// # Safety
    /// All offsets of the rows and columns must be valid for the operands, and the processor must have the instruction
    /// set of the kernel.
    unsafe fn block<R: Places, C: Places>(&self, at: &Pointers<T>, rows: &R, columns: &C);
}

/// Runs a kernel on all blocks.
pub(super) struct Blocks<'a, T, K> {
    pub(super) grid: &'a Grid<'a>,
    pub(super) pointers: &'a Pointers<T>,
    pub(super) kernel: &'a K,
}

impl<T: Copy, K: Kernel<T>> Blocks<'_, T, K> {
    /// The operands in iteration `number` of the batch loops.
    #[inline(always)]
    fn batch(&self, number: usize) -> Pointers<T> {
        self.pointers.moved(if number == 0 { Offsets::ORIGIN } else { self.grid.batch.offsets(number) })
    }
}

impl<T: Copy, K: Kernel<T>> Work for Blocks<'_, T, K> {
    /// # Safety
    /// As for [`Kernel::block`], for all loops of the grid.
    #[inline(always)]
    unsafe fn run(&self) {
        let Grid { batch, rows: row_side, columns: column_side, row_block, apart } = self.grid;
        let (row_count, column_count) = (row_side.runs(), column_side.runs());
        let (mut row_memory, mut column_memory) = (EntryMemory::uninit(), EntryMemory::uninit());
        let (mut rows, mut columns) = (Entries::new(&mut row_memory), Entries::new(&mut column_memory));
        // Few rows do not gain by staying in a cache: their offsets are computed once for all iterations of the batch loops.
        let shared = (row_count == 1 && *apart) || (row_count <= (*row_block).min(BLOCK) && column_count <= BLOCK);
        let (around, inside) = if shared { (1, batch.runs()) } else { (batch.runs(), 1) };
        for number in 0..around {
            let mut row = 0;
            while row < row_count {
                let count = block_of(*row_block, row_count - row);
                rows.fill::<false>(row_side, row, count);
                let mut column = 0;
                while column < column_count {
                    columns.fill::<true>(column_side, column, column_count - column);
                    for further in 0..inside {
                        // SAFETY: the caller vouches for it.
                        unsafe { self.kernel.block(&self.batch(number + further), &rows, &columns) };
                    }
                    column += BLOCK;
                }
                row += count;
            }
        }
    }
}

/// The rows and columns of a matrix product: at most one loop each.
pub(super) struct Matrix {
    pub(super) row: Step,
    pub(super) column: Step,
    pub(super) row_block: usize,
}

impl Matrix {
    /// Runs a kernel on all blocks. The offsets are computed where they are used, not stored.
    ///
    /// # Safety
    /// As for [`Kernel::block`], for both loops.
    #[inline(always)]
    pub(super) unsafe fn run<T: Copy, K: Kernel<T>>(&self, at: &Pointers<T>, kernel: &K) {
        let columns = Line::new::<true>(&self.column, 0, self.column.extent);
        let mut row = 0;
        while row < self.row.extent {
            let count = block_of(self.row_block, self.row.extent - row);
            // SAFETY: the caller vouches for it.
            unsafe { kernel.block(at, &Line::new::<false>(&self.row, row, count), &columns) };
            row += count;
        }
    }
}

/// The size of the next block. A last block of one or two rows is joined to the one before: it would read all columns
/// for little work.
#[inline(always)]
fn block_of(size: usize, left: usize) -> usize {
    if left <= BLOCK && left < size.saturating_add(3) { left } else { size.min(left) }
}

/// Computes some rows and columns of a block in register tiles of `P` by `Q`.
///
/// # Safety
/// As for [`Kernel::block`]; the ranges must lie within the rows and columns, and the processor must have the
/// instruction set of `V`.
#[inline(always)]
pub(super) unsafe fn run_region<V: Vector, K, R: Places, C: Places, const P: usize, const Q: usize>(
    kernel: &K,
    at: &Pointers<V::Scalar>,
    (rows, columns): (&R, &C),
    row_range: (usize, usize),
    column_range: (usize, usize),
) where
    K: Tiles<V::Scalar, P, Q>,
{
    if row_range.0 < row_range.1 && column_range.0 < column_range.1 {
        // SAFETY: the caller vouches for it.
        unsafe { V::call(&Region::<_, _, _, _, P, Q> { kernel, at, rows, columns, row_range, column_range }) }
    }
}

/// Rows and columns of a block that are computed in register tiles of `P` by `Q`.
struct Region<'a, T, K, R, C, const P: usize, const Q: usize> {
    kernel: &'a K,
    at: &'a Pointers<T>,
    rows: &'a R,
    columns: &'a C,
    row_range: (usize, usize),
    column_range: (usize, usize),
}

/// A kernel that computes register tiles of `P` by `Q`.
pub(super) trait Tiles<T, const P: usize, const Q: usize> {
    /// What all tiles at the same columns share.
    type Columns;

    /// Prepares the columns from index `column` on.
    ///
    /// # Safety
    /// The index must be below the number of columns.
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> Self::Columns;

    /// Computes one tile.
    ///
    /// # Safety
    /// As for [`Kernel::block`]; `prepared` must come from [`columns`](Tiles::columns) of the same column.
    unsafe fn tile<C: Places>(
        &self,
        at: &Pointers<T>,
        rows: &[Entry; P],
        prepared: &Self::Columns,
        columns: &C,
        column: usize,
    );
}

impl<T, K: Tiles<T, P, Q>, R: Places, C: Places, const P: usize, const Q: usize> Work for Region<'_, T, K, R, C, P, Q> {
    /// The loop over the columns is outside: they stay in the first-level cache for all rows but the first.
    ///
    /// # Safety
    /// As for [`run_region`].
    #[inline(always)]
    unsafe fn run(&self) {
        let mut column = self.column_range.0;
        while column < self.column_range.1 {
            // SAFETY: the ranges are within the rows and columns; the caller vouches for the rest.
            unsafe {
                let prepared = self.kernel.columns(self.columns, column);
                let mut row = self.row_range.0;
                while row < self.row_range.1 {
                    self.kernel.tile(self.at, &self.rows.places(row), &prepared, self.columns, column);
                    row += P;
                }
            }
            column += Q;
        }
    }
}
