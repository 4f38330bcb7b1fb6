//! The register tiles of the outer kernel.

use crate::kernels::contraction::blocks::{Kernel, Tiles, run_region};
use crate::kernels::contraction::places::{Entry, Places};
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::{Accumulate, Terms};
use crate::kernels::vector::Vector;

/// Register tiles whose lanes run along an output loop.
pub(super) struct Outer<'a, V: Vector, S, const MASKED: bool> {
    pub(super) terms: &'a S,
    /// Whether each lane has an initial value of its own.
    pub(super) start_moves: bool,
    pub(super) mask: V::Mask,
}

impl<V: Vector, S: Terms<V::Scalar>, const MASKED: bool> Kernel<V::Scalar> for Outer<'_, V, S, MASKED> {
    #[inline(always)]
    unsafe fn block<R: Places, C: Places>(&self, at: &Pointers<V::Scalar>, rows: &R, columns: &C) {
        let (row_count, column_count) = (rows.count(), columns.count());
        // SAFETY: the caller vouches for it, here and below.
        unsafe {
            match row_count {
                1 => run_region::<V, _, _, _, 1, 4>(self, at, (rows, columns), (0, 1), (0, column_count)),
                2 => run_region::<V, _, _, _, 2, 4>(self, at, (rows, columns), (0, 2), (0, column_count)),
                _ => {
                    let (fours, even) = match V::REGISTERS {
                        32 => (column_count & !3, column_count & !1),
                        _ => (0, column_count & !1),
                    };
                    if V::REGISTERS == 32 {
                        self.rows::<_, _, 4>(at, rows, columns, (0, fours));
                    }
                    self.rows::<_, _, 2>(at, rows, columns, (fours, even));
                    self.rows::<_, _, 1>(at, rows, columns, (even, column_count));
                }
            }
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>, const MASKED: bool> Outer<'_, V, S, MASKED> {
    /// Computes three or more rows in tiles of six, and the last ones in tiles of four where that fits better.
    ///
    /// # Safety
    /// As for [`block`](Kernel::block).
    #[inline(always)]
    unsafe fn rows<R: Places, C: Places, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
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
                run_region::<V, _, _, _, 6, Q>(self, at, (rows, columns), (0, sixes), range);
                run_region::<V, _, _, _, 4, Q>(self, at, (rows, columns), (sixes, count), range);
            }
            column += width;
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>, const MASKED: bool, const P: usize, const Q: usize> Tiles<V::Scalar, P, Q>
    for Outer<'_, V, S, MASKED>
{
    type Columns = [Entry; Q];

    #[inline(always)]
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> [Entry; Q] {
        // SAFETY: the caller vouches for it.
        unsafe { columns.places(column) }
    }

    #[inline(always)]
    unsafe fn tile<C: Places>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &[Entry; P],
        columns: &[Entry; Q],
        _: &C,
        _: usize,
    ) {
        // SAFETY: the caller vouches for the offsets; lanes are masked where the lane loop ends.
        unsafe {
            let mut tile = Tile::<V, P, Q, MASKED> {
                sums: [[V::zero(); Q]; P],
                rows: rows.map(|row| row.factor),
                columns: columns.map(|column| column.factor),
                mask: self.mask,
            };
            for (sums, row) in tile.sums.iter_mut().zip(rows) {
                for (sum, column) in sums.iter_mut().zip(columns) {
                    let start = at.start.add(row.start + column.start);
                    *sum = if !self.start_moves {
                        V::splat(start)
                    } else if MASKED {
                        V::load_masked(start, self.mask)
                    } else {
                        V::load(start)
                    };
                }
            }
            self.terms.visit(&mut tile, at.left, at.right);
            for (sums, row) in tile.sums.iter().zip(rows) {
                for (sum, column) in sums.iter().zip(columns) {
                    let out = at.out.add(row.out + column.out);
                    if MASKED { sum.store_masked(out, self.mask) } else { sum.store(out) }
                }
            }
        }
    }
}

/// Sums in registers, and the offsets of their factors.
struct Tile<V: Vector, const P: usize, const Q: usize, const MASKED: bool> {
    sums: [[V; Q]; P],
    rows: [isize; P],
    columns: [isize; Q],
    mask: V::Mask,
}

impl<V: Vector, const P: usize, const Q: usize, const MASKED: bool> Tile<V, P, Q, MASKED> {
    /// A vector of the right factor.
    ///
    /// # Safety
    /// As for [`Vector::load`], or for [`Vector::load_masked`] where lanes are masked.
    #[inline(always)]
    unsafe fn load(&self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { if MASKED { V::load_masked(from, self.mask) } else { V::load(from) } }
    }
}

impl<V: Vector, const P: usize, const Q: usize, const MASKED: bool> Accumulate<V::Scalar> for Tile<V, P, Q, MASKED> {
    #[inline(always)]
    unsafe fn step(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe {
            let mut vectors = [V::zero(); Q];
            for (vector, column) in vectors.iter_mut().zip(self.columns) {
                *vector = self.load(right.offset(column));
            }
            for (sums, row) in self.sums.iter_mut().zip(self.rows) {
                let scalar = V::splat(left.offset(row));
                for (sum, vector) in sums.iter_mut().zip(vectors) {
                    *sum = sum.multiply_add(scalar, vector);
                }
            }
        }
    }
}
