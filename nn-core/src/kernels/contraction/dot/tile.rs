//! The register tiles of the dot kernel.

use core::marker::PhantomData;

use crate::kernels::contraction::blocks::{Kernel, Tiles, run_region};
use crate::kernels::contraction::places::{Entry, Places};
use crate::kernels::contraction::pointers::{MOST_LANES, Pointers};
use crate::kernels::contraction::sums::{Accumulate, Terms};
use crate::kernels::vector::Vector;

/// The terms of a matrix product: full vectors one after the other.
pub(super) struct Lanes<V> {
    vectors: usize,
    vector: PhantomData<V>,
}

impl<V: Vector> Lanes<V> {
    #[inline(always)]
    pub(super) fn new(length: usize) -> Self {
        Lanes { vectors: length / V::LANES, vector: PhantomData }
    }
}

impl<V: Vector> Terms<V::Scalar> for Lanes<V> {
    /// Unrolled by four vectors: in a short sum the loop costs as much as the additions.
    #[inline(always)]
    unsafe fn visit<A: Accumulate<V::Scalar>>(
        &self,
        tile: &mut A,
        mut left: *const V::Scalar,
        mut right: *const V::Scalar,
    ) {
        for _ in 0..self.vectors / 4 {
            for i in 0..4 {
                // SAFETY: the caller vouches for it.
                unsafe { tile.step(left.wrapping_add(i * V::LANES), right.wrapping_add(i * V::LANES)) };
            }
            left = left.wrapping_add(4 * V::LANES);
            right = right.wrapping_add(4 * V::LANES);
        }
        for _ in 0..self.vectors % 4 {
            // SAFETY: the caller vouches for it.
            unsafe { tile.step(left, right) };
            left = left.wrapping_add(V::LANES);
            right = right.wrapping_add(V::LANES);
        }
        // SAFETY: the caller vouches for it.
        unsafe { tile.finish(left, right) };
    }
}

/// Register tiles whose lanes run along a sum.
pub(super) struct Dot<V: Vector, S> {
    terms: S,
    /// Whether the lane loop ends with a vector that is not full.
    tail: bool,
    mask: V::Mask,
    /// Whether columns are adjacent in the result and in the initial values.
    contiguous: bool,
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
            let eights = if matches!(column_count % 8, 1..=4) { column_count & !7 } else { column_count };
            run_region::<V, _, _, _, 1, 8>(self, at, (rows, columns), (0, 1), (0, eights));
            run_region::<V, _, _, _, 1, 4>(self, at, (rows, columns), (0, 1), (eights, column_count));
        }
    }
}

impl<V: Vector, S: Terms<V::Scalar>> Dot<V, S> {
    /// Tiles for sums of these terms with `length` elements along the lanes.
    ///
    /// # Safety
    /// The processor must have the instruction set of `V`.
    #[inline(always)]
    pub(super) unsafe fn new(terms: S, length: usize, contiguous: bool) -> Self {
        let tail = length % V::LANES;
        // SAFETY: the caller vouches for it.
        Dot { terms, tail: tail > 0, mask: unsafe { V::mask(tail) }, contiguous }
    }

    /// Computes two or more rows in tiles of three or two. Tiles of three do not fit into few registers.
    ///
    /// # Safety
    /// As for [`block`](Kernel::block).
    #[inline(always)]
    unsafe fn rows<R: Places, C: Places>(&self, at: &Pointers<V::Scalar>, rows: &R, columns: &C) {
        let (row_count, column_count) = (rows.count(), columns.count());
        let (threes, end) = match row_count % 3 {
            _ if !V::LARGE => (0, row_count & !1),
            0 => (row_count, row_count),
            1 => (row_count - 4, row_count),
            _ => (row_count - 2, row_count),
        };
        let width = if threes == 0 || threes == row_count { column_count } else { 4 };
        let mut column = 0;
        while column < column_count {
            let range = (column, column_count.min(column + width));
            // SAFETY: the caller vouches for it.
            unsafe {
                if V::LARGE {
                    run_region::<V, _, _, _, 3, 4>(self, at, (rows, columns), (0, threes), range);
                } else {
                    run_region::<V, _, _, _, 1, 4>(self, at, (rows, columns), (end, row_count), range);
                }
                run_region::<V, _, _, _, 2, 4>(self, at, (rows, columns), (threes, end), range);
            }
            column += width;
        }
    }
}

/// The columns of a tile, which are the same for all rows.
pub(super) struct Columns<const Q: usize> {
    factors: [isize; Q],
    /// The offsets of the first column.
    first: Entry,
    /// Whether all `Q` columns exist and are adjacent in the result.
    as_vector: bool,
}

impl<V: Vector, S: Terms<V::Scalar>, const P: usize, const Q: usize> Tiles<V::Scalar, P, Q> for Dot<V, S> {
    type Columns = Columns<Q>;

    #[inline(always)]
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> Columns<Q> {
        // SAFETY: the caller vouches for it.
        let entries = unsafe { columns.places(column) };
        let as_vector = self.contiguous && column + Q <= columns.count();
        Columns { factors: entries.map(|entry: Entry| entry.factor), first: entries[0], as_vector }
    }

    #[inline(always)]
    unsafe fn tile<C: Places>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &[Entry; P],
        prepared: &Columns<Q>,
        columns: &C,
        column: usize,
    ) {
        const { assert!(Q.is_multiple_of(4) && Q <= MOST_LANES, "sums start with as many zeros as columns") };
        // SAFETY: the caller vouches for the offsets; lanes are masked where the lane loop ends. Columns are written as
        // a vector where they are adjacent; their initial values are then adjacent too, or all zeros.
        unsafe {
            let mut tile = Tile::<V, P, Q> {
                sums: [[V::zero(); Q]; P],
                rows: rows.map(|row| row.factor),
                columns: prepared.factors,
                tail: self.tail,
                mask: self.mask,
            };
            self.terms.visit(&mut tile, at.left, at.right);
            for (row, sums) in rows.iter().zip(&tile.sums) {
                for q in (0..Q).step_by(4) {
                    let four = V::sums([sums[q], sums[q + 1], sums[q + 2], sums[q + 3]]);
                    if prepared.as_vector {
                        let start = at.start.add(row.start + prepared.first.start + q);
                        V::add_four(four, start, at.out.add(row.out + prepared.first.out + q));
                        continue;
                    }
                    for (column, sum) in (column + q..columns.count()).zip(V::to_array(four)) {
                        let column = columns.get(column);
                        *at.out.add(row.out + column.out) = *at.start.add(row.start + column.start) + sum;
                    }
                }
            }
        }
    }
}

/// Sums in registers, and the offsets of their factors.
struct Tile<V: Vector, const P: usize, const Q: usize> {
    sums: [[V; Q]; P],
    rows: [isize; P],
    columns: [isize; Q],
    tail: bool,
    mask: V::Mask,
}

impl<V: Vector, const P: usize, const Q: usize> Tile<V, P, Q> {
    /// A vector of a factor.
    ///
    /// # Safety
    /// As for [`Vector::load`], or for [`Vector::load_masked`] where lanes are masked.
    #[inline(always)]
    unsafe fn load<const MASKED: bool>(&self, from: *const V::Scalar) -> V {
        // SAFETY: the caller vouches for it.
        unsafe { if MASKED { V::load_masked(from, self.mask) } else { V::load(from) } }
    }

    /// Adds the products of the vectors at these pointers.
    ///
    /// # Safety
    /// As for [`load`](Tile::load), with the offset of each row and column.
    #[inline(always)]
    unsafe fn add<const MASKED: bool>(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe {
            let mut rows = [V::zero(); P];
            for (vector, row) in rows.iter_mut().zip(self.rows) {
                *vector = self.load::<MASKED>(left.offset(row));
            }
            for (q, column) in self.columns.into_iter().enumerate() {
                let column = self.load::<MASKED>(right.offset(column));
                for (sums, row) in self.sums.iter_mut().zip(rows) {
                    sums[q] = sums[q].multiply_add(row, column);
                }
            }
        }
    }
}

impl<V: Vector, const P: usize, const Q: usize> Accumulate<V::Scalar> for Tile<V, P, Q> {
    #[inline(always)]
    unsafe fn step(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe { self.add::<false>(left, right) }
    }

    #[inline(always)]
    unsafe fn finish(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        if self.tail {
            // SAFETY: the caller vouches for it.
            unsafe { self.add::<true>(left, right) }
        }
    }
}
