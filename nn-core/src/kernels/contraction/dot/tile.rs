//! The register tiles of the dot kernel.

use super::kernel::{Dot, Part};
use crate::kernels::contraction::blocks::Tiles;
use crate::kernels::contraction::places::{Entry, Places};
use crate::kernels::contraction::pointers::Pointers;
use crate::kernels::contraction::sums::{Accumulate, Terms};
use crate::kernels::vector::{MOST_LANES, Vector};

/// The columns of a tile, which are the same for all rows.
pub(super) struct Columns<const Q: usize> {
    factors: [isize; Q],
    /// The offsets of the first column.
    first: Entry,
    /// Whether all `Q` columns exist and are adjacent in the result.
    as_vector: bool,
}

impl<const Q: usize> Columns<Q> {
    /// # Safety
    /// The index must be below the number of columns.
    #[inline(always)]
    unsafe fn new<C: Places>(columns: &C, column: usize, contiguous: bool) -> Self {
        // SAFETY: the caller vouches for it.
        let entries = unsafe { columns.places(column) };
        let as_vector = contiguous && column + Q <= columns.count();
        Columns { factors: entries.map(|entry: Entry| entry.factor), first: entries[0], as_vector }
    }
}

impl<V: Vector, S: Terms<V::Scalar>, const P: usize, const Q: usize> Tiles<V::Scalar, P, Q> for Dot<V, S> {
    type Columns = Columns<Q>;

    #[inline(always)]
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> Columns<Q> {
        // SAFETY: the caller vouches for it.
        unsafe { Columns::new(columns, column, self.contiguous) }
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
        // SAFETY: the caller vouches for the offsets.
        unsafe {
            let sums = self.sums::<P, Q>(at, &rows.map(|row| row.factor), &prepared.factors);
            write(&sums, at, rows, prepared, columns, column);
        }
    }
}

/// Tiles of one row, which have registers for both parts of the lanes.
pub(super) struct SingleRow<'a, V: Vector, S>(pub(super) &'a Dot<V, S>);

impl<V: Vector, S: Terms<V::Scalar>, const Q: usize> Tiles<V::Scalar, 1, Q> for SingleRow<'_, V, S> {
    type Columns = Columns<Q>;

    #[inline(always)]
    unsafe fn columns<C: Places>(&self, columns: &C, column: usize) -> Columns<Q> {
        // SAFETY: the caller vouches for it.
        unsafe { Columns::new(columns, column, self.0.contiguous) }
    }

    #[inline(always)]
    unsafe fn tile<C: Places>(
        &self,
        at: &Pointers<V::Scalar>,
        rows: &[Entry; 1],
        prepared: &Columns<Q>,
        columns: &C,
        column: usize,
    ) {
        let Dot { parts, both, .. } = self.0;
        // SAFETY: the caller vouches for the offsets; lanes are masked where the lane loop ends.
        unsafe {
            let part = |part: &Part<V, S>, sums| {
                let (tail, mask) = (part.tail, part.mask);
                Tile { sums, rows: [rows[0].factor], columns: prepared.factors, tail, mask }
            };
            let zeros = [[V::zero(); Q]; 1];
            let mut tile = BothParts {
                lower: part(&parts[0], zeros),
                upper: part(&parts[1], zeros),
                is_longer: parts[0].vectors > parts[1].vectors,
            };
            both.visit(&mut tile, at.left, at.right);
            let mut sums = tile.lower.sums;
            for (sum, upper) in sums[0].iter_mut().zip(tile.upper.sums[0]) {
                *sum = sum.add(upper);
            }
            write(&sums, at, rows, prepared, columns, column);
        }
    }
}

/// Both parts of the lanes, in registers.
struct BothParts<V: Vector, const P: usize, const Q: usize> {
    lower: Tile<V, P, Q>,
    upper: Tile<V, P, Q>,
    /// Whether the lower part has a full vector more.
    is_longer: bool,
}

impl<V: Vector, const P: usize, const Q: usize> Accumulate<V::Scalar> for BothParts<V, P, Q> {
    #[inline(always)]
    unsafe fn step(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe {
            self.lower.step(left, right);
            self.upper.step(left.wrapping_add(V::LANES), right.wrapping_add(V::LANES));
        }
    }

    #[inline(always)]
    unsafe fn finish(&mut self, left: *const V::Scalar, right: *const V::Scalar) {
        // SAFETY: the caller vouches for it.
        unsafe {
            if self.is_longer {
                self.lower.step(left, right);
            }
            self.lower.finish(left, right);
            self.upper.finish(left.wrapping_add(V::LANES), right.wrapping_add(V::LANES));
        }
    }
}

/// Adds up the lanes of each sum of a tile, and writes the results. Columns are written as a vector where they are adjacent;
/// their initial values are then adjacent too, or all zeros.
///
/// # Safety
/// As for [`Tiles::tile`].
#[inline(always)]
unsafe fn write<V: Vector, C: Places, const P: usize, const Q: usize>(
    sums: &[[V; Q]; P],
    at: &Pointers<V::Scalar>,
    rows: &[Entry; P],
    prepared: &Columns<Q>,
    columns: &C,
    column: usize,
) {
    const { assert!(Q.is_multiple_of(4) && Q <= MOST_LANES, "sums start with as many zeros as columns") };
    // SAFETY: the caller vouches for the offsets.
    unsafe {
        for (row, sums) in rows.iter().zip(sums) {
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

/// Sums in registers, and the offsets of their factors.
pub(super) struct Tile<V: Vector, const P: usize, const Q: usize> {
    pub(super) sums: [[V; Q]; P],
    pub(super) rows: [isize; P],
    pub(super) columns: [isize; Q],
    pub(super) tail: bool,
    pub(super) mask: V::Mask,
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
