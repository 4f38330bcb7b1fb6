//! The dot kernel for all rows and columns of a block.

use core::mem::replace;

use super::tile::{SingleRow, Tile};
use crate::kernels::contraction::blocks::{Kernel, run_region};
use crate::kernels::contraction::places::Places;
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::{Terms, part};
use crate::kernels::vector::Vector;

/// A part of the lanes.
pub(super) struct Part<V: Vector, S> {
    /// The full vectors, and the other loops of the sums.
    terms: S,
    pub(super) vectors: usize,
    /// Whether the lane loop ends with a vector that is not full.
    pub(super) tail: bool,
    pub(super) mask: V::Mask,
}

impl<V: Vector, S> Part<V, S> {
    /// # Safety
    /// The processor must have the instruction set of `V`.
    #[inline(always)]
    unsafe fn new(terms: S, number: usize, length: usize) -> Self {
        let (vectors, tail) = part::<V>(number, length);
        // SAFETY: the caller vouches for it.
        Part { terms, vectors, tail: tail > 0, mask: unsafe { V::mask(tail) } }
    }

    #[inline(always)]
    fn is_empty(&self) -> bool {
        self.vectors == 0 && !self.tail
    }
}

/// Register tiles whose lanes run along a sum.
pub(super) struct Dot<V: Vector, S> {
    pub(super) parts: [Part<V, S>; 2],
    /// The full vectors of both parts at once, and the other loops of the sums.
    pub(super) both: S,
    /// Whether columns are adjacent in the result and in the initial values.
    pub(super) contiguous: bool,
}

impl<V: Vector, S: Terms<V::Scalar>> Kernel<V::Scalar> for Dot<V, S> {
    #[inline(always)]
    unsafe fn block<R: Places, C: Places>(&self, at: &Pointers<V::Scalar>, rows: &R, columns: &C) {
        let (row_count, column_count) = (rows.count(), columns.count());
        // SAFETY: the caller vouches for it, here and below.
        unsafe {
            if row_count > 1 {
                return self.rows(at, rows, columns);
            }
            if V::PARTS == 2 && !self.parts[1].is_empty() {
                let row = SingleRow(self);
                return run_region::<V, _, _, _, 1, 4>(&row, at, (rows, columns), (0, 1), (0, column_count));
            }
            let eights = if matches!(column_count % 8, 1..=4) { column_count & !7 } else { column_count };
            run_region::<V, _, _, _, 1, 8>(self, at, (rows, columns), (0, 1), (0, eights));
            run_region::<V, _, _, _, 1, 4>(self, at, (rows, columns), (0, 1), (eights, column_count));
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>> Dot<V, S> {
    /// Tiles for sums of these terms, which are those of each part and of both at once, with `length` elements along the
    /// lanes.
    ///
    /// # Safety
    /// The processor must have the instruction set of `V`.
    #[inline(always)]
    pub(super) unsafe fn new([first, second, both]: [S; 3], length: usize, contiguous: bool) -> Self {
        // SAFETY: the caller vouches for it.
        unsafe { Dot { parts: [Part::new(first, 0, length), Part::new(second, 1, length)], both, contiguous } }
    }

    /// Computes two or more rows in tiles of as many rows as the registers hold, and those that are left in smaller ones.
    /// No row is computed twice: a sum that starts from the result would grow twice.
    ///
    /// # Safety
    /// As for [`block`](Kernel::block).
    #[inline(always)]
    unsafe fn rows<R: Places, C: Places>(&self, at: &Pointers<V::Scalar>, rows: &R, columns: &C) {
        let (count, column_count) = (rows.count(), columns.count());
        // where the tiles of four, of three and of two rows end
        let (fours, threes, twos) = match V::REGISTERS {
            32 => match count % 4 {
                0 => (count, count, count),
                1 => (count - 5, count - 2, count),
                2 if count > 2 => (count - 6, count, count),
                2 => (0, 0, count),
                _ => (count - 3, count, count),
            },
            16 => match count % 3 {
                0 => (0, count, count),
                1 => (0, count - 4, count),
                _ => (0, count - 2, count),
            },
            _ => (0, 0, count & !1),
        };
        let width = if [fours, threes - fours, twos - threes].contains(&count) { column_count } else { 4 };
        let mut column = 0;
        while column < column_count {
            let range = (column, column_count.min(column + width));
            // SAFETY: the caller vouches for it.
            unsafe {
                if V::REGISTERS >= 32 {
                    run_region::<V, _, _, _, 4, 4>(self, at, (rows, columns), (0, fours), range);
                }
                if V::REGISTERS >= 16 {
                    run_region::<V, _, _, _, 3, 4>(self, at, (rows, columns), (fours, threes), range);
                }
                run_region::<V, _, _, _, 2, 4>(self, at, (rows, columns), (threes, twos), range);
                if V::REGISTERS < 16 {
                    run_region::<V, _, _, _, 1, 4>(self, at, (rows, columns), (twos, count), range);
                }
            }
            column += width;
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>> Dot<V, S> {
    /// The lanes of the sums of a tile. Where they have two parts, one is added up after the other, since a tile has no
    /// registers for both.
    ///
    /// # Safety
    /// As for [`block`](Kernel::block).
    #[inline(always)]
    pub(super) unsafe fn sums<const P: usize, const Q: usize>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &[isize; P],
        columns: &[isize; Q],
    ) -> [[V; Q]; P] {
        let [first, second] = &self.parts;
        // SAFETY: the caller vouches for it.
        unsafe {
            let zeros = [[V::zero(); Q]; P];
            let mut tile = Tile { sums: zeros, rows: *rows, columns: *columns, tail: first.tail, mask: first.mask };
            first.terms.visit(&mut tile, at.left, at.right);
            if V::PARTS == 2 && !second.is_empty() {
                let lower = replace(&mut tile.sums, zeros);
                (tile.tail, tile.mask) = (second.tail, second.mask);
                second.terms.visit(&mut tile, at.left.wrapping_add(V::LANES), at.right.wrapping_add(V::LANES));
                for (sums, lower) in tile.sums.iter_mut().zip(lower) {
                    for (sum, lower) in sums.iter_mut().zip(lower) {
                        *sum = lower.add(*sum);
                    }
                }
            }
            tile.sums
        }
    }
}
