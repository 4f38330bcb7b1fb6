//! The elements of a tensor that positions reach.

use super::{Equation, Program};
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

/// The values of a position, counted from its constant.
struct Reach {
    /// One more than the greatest distance.
    end: i64,
    /// Whether every distance below is reached.
    whole: bool,
}

impl Program {
    /// The least and greatest value of a position; `None` where it depends on unknown sizes.
    #[must_use]
    pub fn range(&self, affine: &Affine) -> Option<(i64, i64)> {
        let mut low = affine.constant.literal()?;
        let mut high = low;
        for (index, factor) in &affine.terms {
            let (factor, last) = (factor.literal()?, self.extent(*index).literal()? - 1);
            let end = factor.checked_mul(last)?;
            (low, high) = (low.checked_add(end.min(0))?, high.checked_add(end.max(0))?);
        }
        Some((low, high))
    }

    /// The same where sizes are not known: a multiple of a size counts as positive. `None` where a size overflows.
    #[must_use]
    pub fn bounds(&self, affine: &Affine) -> Option<(Dim, Dim)> {
        let (mut low, mut high) = (affine.constant.clone(), affine.constant.clone());
        for (index, factor) in &affine.terms {
            let last = self.extent(*index).subtract(&Dim::from(1))?;
            let end = factor.multiply(&last)?;
            let side = if factor.literal().is_some_and(|factor| factor < 0) { &mut low } else { &mut high };
            *side = side.add(&end)?;
        }
        Some((low, high))
    }

    /// The padding that a position needs in front of and behind an axis; `None` where that depends on unknown sizes or
    /// on a gather.
    #[must_use]
    pub fn beyond(&self, position: &Position, size: &Dim) -> Option<[i64; 2]> {
        let Position::Affine(affine) = position else { return None };
        if self.runs_over(affine, size) {
            return Some([0, 0]);
        }
        let (low, high) = self.bounds(affine)?;
        let front = Dim::default().subtract(&low)?.most()?;
        let back = high.subtract(&size.subtract(&Dim::from(1))?)?.most()?;
        Some([front.max(0), back.max(0)])
    }

    /// Whether positions are known to lie inside of a tensor; gathers are checked elsewhere.
    #[must_use]
    pub fn lies_inside(&self, tensor: TensorId, at: &[Position]) -> bool {
        at.iter().zip(&self.at(tensor).shape).all(|(position, size)| match position {
            Position::Gather(_) => true,
            Position::Table(table) => {
                let known = |at: &i64| *at >= 0 && size.literal().is_some_and(|size| *at < size);
                let ends = self.beyond(&Position::Affine(table.at.clone()), &table.extent());
                table.values.iter().all(known) && ends == Some([0, 0])
            }
            Position::Affine(_) => self.beyond(position, size) == Some([0, 0]),
        })
    }

    /// Whether no element is accessed twice; false where sizes are unknown.
    #[must_use]
    pub fn meets_once(&self, at: &[Position]) -> bool {
        indices_are_distinct(at)
            && at.iter().all(|position| match position {
                Position::Gather(_) | Position::Table(_) => false,
                Position::Affine(affine) => {
                    affine.terms.len() <= 1 || self.reach(affine).is_some() || self.digits(affine).is_some()
                }
            })
    }

    /// Whether every element of a tensor is accessed exactly once.
    #[must_use]
    pub fn covers(&self, tensor: TensorId, at: &[Position]) -> bool {
        indices_are_distinct(at)
            && at.iter().zip(&self.at(tensor).shape).all(|(position, size)| self.covers_axis(position, size))
    }

    /// Whether a position runs over every place of an axis once: an index alone, or several like the digits of a
    /// number.
    #[must_use]
    pub fn covers_axis(&self, position: &Position, size: &Dim) -> bool {
        let Position::Affine(affine) = position else { return false };
        self.runs_over(affine, size)
            || self.runs_back(affine, size).is_some()
            || (affine.constant == Dim::default()
                && (self.reach(affine).is_some_and(|reach| reach.whole && Some(reach.end) == size.literal())
                    || self.digits(affine).as_ref() == Some(size)))
    }

    /// Whether every element of one iteration's part of a tensor is accessed exactly once.
    #[must_use]
    pub fn covers_iteration(&self, tensor: TensorId, at: &[Position]) -> bool {
        let of = self.at(tensor);
        let is_iteration = |axis: usize| of.counts_iterations(axis);
        let mut at = at.to_vec();
        for (axis, position) in at.iter_mut().enumerate() {
            // each iteration has a place of its own
            if is_iteration(axis) {
                *position = Position::Affine(Affine::default());
            }
        }
        indices_are_distinct(&at)
            && at
                .iter()
                .zip(&of.shape)
                .enumerate()
                .all(|(axis, (position, size))| is_iteration(axis) || self.covers_axis(position, size))
    }

    /// Whether the position on every axis is an index of its own, or such digits: each element is defined once.
    #[must_use]
    pub fn writes_plainly(&self, equation: &Equation) -> bool {
        let mut axes = equation.write.iter().zip(&self.at(equation.target).shape);
        indices_are_distinct(&equation.write)
            && axes.all(|(position, size)| self.is_plain(position, size, equation.clip))
    }

    /// Whether a position is an index of its own that stays on its axis, or digits that run over the whole of it.
    #[must_use]
    pub fn is_plain(&self, position: &Position, size: &Dim, clip: bool) -> bool {
        let stays = |index: IndexId| {
            let extent = self.extent(index);
            !clip || extent == size || extent.literal().zip(size.literal()).is_some_and(|(extent, size)| extent <= size)
        };
        position.as_index().is_some_and(stays) || self.covers_axis(position, size)
    }

    /// Whether it is elementwise: there is no reduction, and the position on every axis is plain.
    #[must_use]
    pub fn is_elementwise(&self, equation: &Equation) -> bool {
        self.writes_plainly(equation) && equation.reduced().next().is_none()
    }

    /// Whether a position is an index that runs over the whole axis.
    pub(super) fn runs_over(&self, affine: &Affine, size: &Dim) -> bool {
        affine.as_index().is_some_and(|index| self.extent(index) == size)
    }

    /// The index of a position that runs over the whole axis from the end.
    #[must_use]
    pub fn runs_back(&self, affine: &Affine, size: &Dim) -> Option<IndexId> {
        let last = size.subtract(&Dim::from(1));
        let [(index, factor)] = affine.terms.as_slice() else { return None };
        let back = factor.literal() == Some(-1) && self.extent(*index) == size;
        (back && last.as_ref() == Some(&affine.constant)).then_some(*index)
    }

    /// How many places a position reaches whose indices are the digits of a number: each has the product of the extents
    /// behind it as its factor. `None` for others, and where the macro does not see that sizes are equal.
    #[must_use]
    pub fn digits(&self, affine: &Affine) -> Option<Dim> {
        let (mut count, mut left) = (Dim::from(1), affine.terms.clone());
        while !left.is_empty() {
            let next = left.iter().position(|(_, factor)| *factor == count)?;
            count = count.multiply(self.extent(left.remove(next).0))?;
        }
        Some(count)
    }

    /// The values of a position whose indices are like the digits of a number: each factor exceeds the reach of the
    /// smaller ones. `None` where a value occurs twice or a size is unknown.
    fn reach(&self, affine: &Affine) -> Option<Reach> {
        let mut digits = Vec::new();
        for (index, factor) in &affine.terms {
            digits.push((factor.literal()?, self.extent(*index).literal()?));
        }
        digits.sort_unstable();
        let mut reach = Reach { end: 1, whole: true };
        for (factor, extent) in digits {
            if factor < reach.end {
                return None;
            }
            reach.whole &= factor == reach.end;
            reach.end = factor.checked_mul(extent - 1)?.checked_add(reach.end)?;
        }
        Some(reach)
    }
}

fn indices_are_distinct(at: &[Position]) -> bool {
    let mut indices: Vec<IndexId> = at.iter().flat_map(Position::indices).collect();
    let count = indices.len();
    indices.sort_unstable();
    indices.dedup();
    indices.len() == count
}
