//! The register tiles of the outer kernel.

use super::lanes::{Lanes, Scalar};
use crate::kernels::contraction::blocks::{Kernel, Tiles, run_region};
use crate::kernels::contraction::places::{Entry, Places};
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::{Accumulate, Terms};
use crate::kernels::vector::Vector;

/// Register tiles whose lanes run along an output loop.
pub(super) struct Outer<'a, S, L> {
    pub(super) terms: &'a S,
    /// Whether each lane has an initial value of its own.
    pub(super) start_moves: bool,
    pub(super) lanes: L,
}

impl<S: Terms<Scalar<L>>, L: Lanes> Kernel<Scalar<L>> for Outer<'_, S, L> {
    #[inline(always)]
    unsafe fn block<R: Places, C: Places>(&self, at: &Pointers<Scalar<L>>, rows: &R, columns: &C) {
        let row_count = if S::ONE_ROW { 1 } else { rows.count() };
        let column_count = columns.count();
        // SAFETY: the caller vouches for it, here and below.
        unsafe {
            match row_count {
                1 => run_region::<L::Vector, _, _, _, 1, 4>(self, at, (rows, columns), (0, 1), (0, column_count)),
                2 => run_region::<L::Vector, _, _, _, 2, 4>(self, at, (rows, columns), (0, 2), (0, column_count)),
                _ => {
                    let (fours, even) = match L::Vector::REGISTERS {
                        32 => (column_count & !3, column_count & !1),
                        _ => (0, column_count & !1),
                    };
                    if L::Vector::REGISTERS == 32 {
                        self.rows::<_, _, 4>(at, rows, columns, (0, fours));
                    }
                    self.rows::<_, _, 2>(at, rows, columns, (fours, even));
                    self.rows::<_, _, 1>(at, rows, columns, (even, column_count));
                }
            }
        }
    }
}

impl<S: Terms<Scalar<L>>, L: Lanes> Outer<'_, S, L> {
    /// Computes three or more rows in tiles of six, and the last ones in tiles of four where that fits better.
    ///
    /// # Safety
    /// As for [`block`](Kernel::block).
    #[inline(always)]
    unsafe fn rows<R: Places, C: Places, const Q: usize>(
        &self,
        at: &Pointers<Scalar<L>>,
        rows: &R,
        columns: &C,
        column_range: (usize, usize),
    ) {
        let count = rows.count();
        let sixes = match count % 6 {
            3 | 4 => count / 6 * 6,
            1 | 2 => count / 6 * 6 - 6,
            _ => count,
        };
        let width = if sixes == 0 || sixes == count { column_range.1 } else { Q };
        let mut column = column_range.0;
        while column < column_range.1 {
            let range = (column, column_range.1.min(column + width));
            // SAFETY: the caller vouches for it.
            unsafe {
                run_region::<L::Vector, _, _, _, 6, Q>(self, at, (rows, columns), (0, sixes), range);
                run_region::<L::Vector, _, _, _, 4, Q>(self, at, (rows, columns), (sixes, count), range);
            }
            column += width;
        }
    }
}

impl<S: Terms<Scalar<L>>, L: Lanes, const P: usize, const Q: usize> Tiles<Scalar<L>, P, Q> for Outer<'_, S, L> {
    type Columns = [Entry; Q];

    #[inline(always)]
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> [Entry; Q] {
        // SAFETY: the caller vouches for it.
        unsafe { columns.places(column) }
    }

    #[inline(always)]
    unsafe fn tile<C: Places>(
        &self,
        at: &Pointers<Scalar<L>>,
        rows: &[Entry; P],
        columns: &[Entry; Q],
        _: &C,
        _: usize,
    ) {
        // SAFETY: the caller vouches for the offsets and the lanes.
        unsafe {
            let mut tile = Tile {
                sums: [[L::Vector::zero(); Q]; P],
                rows: rows.map(|row| row.factor),
                columns: columns.map(|column| column.factor),
                lanes: self.lanes,
            };
            for (sums, row) in tile.sums.iter_mut().zip(rows) {
                for (sum, column) in sums.iter_mut().zip(columns) {
                    let start = at.start.add(row.start + column.start);
                    *sum = if self.start_moves { self.lanes.load(start) } else { L::Vector::splat(start) };
                }
            }
            self.terms.visit(&mut tile, at.left, at.right);
            if let Some([least, greatest]) = &at.bounds {
                let (least, greatest) = (L::Vector::splat(least), L::Vector::splat(greatest));
                // no closures, which are compiled for the baseline, and plain loops, so that the sums stay in registers
                for sums in &mut tile.sums {
                    for sum in sums {
                        *sum = sum.clamp(least, greatest);
                    }
                }
            }
            for (sums, row) in tile.sums.iter().zip(rows) {
                for (sum, column) in sums.iter().zip(columns) {
                    self.lanes.store(*sum, at.out.add(row.out + column.out));
                }
            }
        }
    }
}

/// Sums in registers, and the offsets of their factors.
struct Tile<L: Lanes, const P: usize, const Q: usize> {
    sums: [[L::Vector; Q]; P],
    rows: [isize; P],
    columns: [isize; Q],
    lanes: L,
}

impl<L: Lanes, const P: usize, const Q: usize> Accumulate<Scalar<L>> for Tile<L, P, Q> {
    #[inline(always)]
    unsafe fn step(&mut self, left: *const Scalar<L>, right: *const Scalar<L>) {
        // SAFETY: the caller vouches for it.
        unsafe {
            let mut vectors = [L::Vector::zero(); Q];
            for (vector, column) in vectors.iter_mut().zip(self.columns) {
                *vector = self.lanes.factor(right.offset(column));
            }
            for (sums, row) in self.sums.iter_mut().zip(self.rows) {
                let scalar = L::Vector::splat(left.offset(row));
                for (sum, vector) in sums.iter_mut().zip(vectors) {
                    *sum = sum.multiply_add(scalar, vector);
                }
            }
        }
    }
}
