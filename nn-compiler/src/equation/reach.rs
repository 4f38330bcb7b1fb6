//! Which elements of a tensor positions reach, and how often.

use super::Program;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

/// What a position runs through, counted from its constant.
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

    /// Whether positions are known to lie inside of a tensor; gathers are checked elsewhere.
    #[must_use]
    pub fn lies_inside(&self, tensor: TensorId, at: &[Position]) -> bool {
        at.iter().zip(&self.at(tensor).shape).all(|(position, size)| match position {
            Position::Gather(_) => true,
            Position::Affine(affine) if self.runs_over(affine, size) => true,
            Position::Affine(affine) => {
                self.range(affine).zip(size.literal()).is_some_and(|((low, high), size)| low >= 0 && high < size)
            }
        })
    }

    /// Whether no element is met twice, as far as sizes are known.
    #[must_use]
    pub fn meets_once(&self, at: &[Position]) -> bool {
        indices_are_distinct(at)
            && at.iter().all(|position| match position {
                Position::Gather(_) => false,
                Position::Affine(affine) => affine.terms.len() <= 1 || self.reach(affine).is_some(),
            })
    }

    /// Whether every element of a tensor is met exactly once.
    #[must_use]
    pub fn covers(&self, tensor: TensorId, at: &[Position]) -> bool {
        indices_are_distinct(at)
            && at.iter().zip(&self.at(tensor).shape).all(|(position, size)| match position {
                Position::Gather(_) => false,
                Position::Affine(affine) if self.runs_over(affine, size) => true,
                Position::Affine(affine) => {
                    affine.constant == Dim::default()
                        && self.reach(affine).is_some_and(|reach| reach.whole && Some(reach.end) == size.literal())
                }
            })
    }

    /// Whether a position is an index that runs over the whole axis.
    fn runs_over(&self, affine: &Affine, size: &Dim) -> bool {
        affine.as_index().is_some_and(|index| self.extent(index) == size)
    }

    /// What a position runs through, like the digits of a number: each factor must exceed what the
    /// smaller ones reach; `None` where a value is met twice or a size is unknown.
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
            reach.end += factor.checked_mul(extent - 1)?;
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
