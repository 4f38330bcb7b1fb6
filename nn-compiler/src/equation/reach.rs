//! Which elements of a tensor positions reach, and how often.

use super::{Equation, Program};
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

/// What a position runs through, counted from its constant.
struct Reach {
    /// One more than the greatest distance.
    end: i64,
    /// Whether every distance below is reached.
    whole: bool,
}

/// How often the elements of a tensor are defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// Each once, or sizes are not known.
    Once,
    /// Some by no equation.
    Missing,
    /// Some by more than one.
    Twice,
}

impl Program {
    /// How often the elements of a tensor are defined by the equations that do not add to it.
    #[must_use]
    pub fn coverage(&self, tensor: TensorId) -> Coverage {
        let defines = |equation: &&super::Equation| {
            !equation.accumulate && (equation.target == tensor || self.root(equation.target) == tensor)
        };
        let writes: Option<Vec<Vec<Option<&Position>>>> =
            self.equations.iter().filter(defines).map(|equation| self.write_to(tensor, equation)).collect();
        // what is only added to is defined under another name: it is a view
        let Some(writes) = writes.filter(|writes| !writes.is_empty()) else { return Coverage::Once };
        // for each axis, which definitions reach a position: positions that the same ones reach are alike
        let mut reached: Vec<Vec<bool>> = vec![vec![true; writes.len()]];
        for (axis, size) in self.at(tensor).shape.iter().enumerate() {
            let Some(classes) = self.axis_classes(&writes, axis, size) else { return Coverage::Once };
            reached = reached
                .iter()
                .flat_map(|before| classes.iter().map(|own| before.iter().zip(own).map(|(a, b)| *a && *b).collect()))
                .collect();
            reached.sort_unstable();
            reached.dedup();
        }
        let counts: Vec<usize> = reached.iter().map(|by| by.iter().filter(|by| **by).count()).collect();
        if counts.contains(&0) {
            Coverage::Missing
        } else if counts.iter().any(|count| *count > 1) {
            Coverage::Twice
        } else {
            Coverage::Once
        }
    }

    /// Where an equation writes to a tensor or a view of it, without a position for an axis that is written as a
    /// whole; `None` if that is not known.
    fn write_to<'a>(&self, tensor: TensorId, equation: &'a super::Equation) -> Option<Vec<Option<&'a Position>>> {
        if equation.target == tensor {
            return Some(equation.write.iter().map(Some).collect());
        }
        let (of, view) = (self.at(tensor), self.at(equation.target));
        let leading = of.leading();
        let whole = view.leading() == leading && self.covers_turn(equation.target, &equation.write);
        whole.then(|| (0..of.shape.len()).map(|axis| (axis < leading).then(|| &equation.write[axis])).collect())
    }

    /// The different sets of definitions that reach a position of an axis; `None` if that is not known.
    fn axis_classes(&self, writes: &[Vec<Option<&Position>>], axis: usize, size: &Dim) -> Option<Vec<Vec<bool>>> {
        let affine = |write: &Vec<Option<&Position>>| match write[axis] {
            Some(Position::Affine(affine)) => Some(Some(affine.clone())),
            Some(_) => None,
            None => Some(None),
        };
        let positions: Vec<Option<Affine>> = writes.iter().map(affine).collect::<Option<_>>()?;
        if positions.iter().flatten().all(|affine| self.runs_over(affine, size)) {
            return Some(vec![vec![true; writes.len()]]);
        }
        let size = usize::try_from(size.literal()?).ok().filter(|size| *size <= 1 << 20)?;
        let mut reached = vec![vec![false; writes.len()]; size];
        for (number, affine) in positions.iter().enumerate() {
            let Some(affine) = affine else {
                reached.iter_mut().for_each(|by| by[number] = true);
                continue;
            };
            for at in self.values(affine)? {
                if let Some(by) = usize::try_from(at).ok().and_then(|at| reached.get_mut(at)) {
                    by[number] = true;
                }
            }
        }
        reached.sort_unstable();
        reached.dedup();
        Some(reached)
    }

    /// All values of a position, if its sizes are known and they are not too many.
    fn values(&self, affine: &Affine) -> Option<Vec<i64>> {
        let mut values = vec![affine.constant.literal()?];
        for (index, factor) in &affine.terms {
            let (factor, extent) = (factor.literal()?, self.extent(*index).literal()?);
            if extent.checked_mul(i64::try_from(values.len()).ok()?)? > 1 << 21 {
                return None;
            }
            values = values.iter().flat_map(|value| (0..extent).map(move |at| value + factor * at)).collect();
        }
        Some(values)
    }

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

    /// The same where sizes are not known: what is multiplied by a size is taken to be positive. `None` where
    /// a size overflows.
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

    /// Whether positions are known to lie inside of a tensor; gathers are checked elsewhere.
    #[must_use]
    pub fn lies_inside(&self, tensor: TensorId, at: &[Position]) -> bool {
        at.iter().zip(&self.at(tensor).shape).all(|(position, size)| match position {
            Position::Gather(_) => true,
            Position::Table(table) => {
                let len = i64::try_from(table.values.len()).unwrap_or(i64::MAX);
                let has_value = self.range(&table.at).is_some_and(|(low, high)| low >= 0 && high < len);
                has_value && table.values.iter().all(|at| *at >= 0 && size.literal().is_some_and(|size| *at < size))
            }
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
                Position::Gather(_) | Position::Table(_) => false,
                Position::Affine(affine) => affine.terms.len() <= 1 || self.reach(affine).is_some(),
            })
    }

    /// Whether every element of a tensor is met exactly once.
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
                && self.reach(affine).is_some_and(|reach| reach.whole && Some(reach.end) == size.literal()))
    }

    /// Whether every element of what a turn of sequences has of a tensor is met exactly once.
    #[must_use]
    pub fn covers_turn(&self, tensor: TensorId, at: &[Position]) -> bool {
        let of = self.at(tensor);
        let is_turn = |axis: usize| of.turns_along(axis).is_some();
        let mut at = at.to_vec();
        for (axis, position) in at.iter_mut().enumerate() {
            // a turn is a place of its own, wherever it lies
            if is_turn(axis) {
                *position = Position::Affine(Affine::default());
            }
        }
        indices_are_distinct(&at)
            && at
                .iter()
                .zip(&of.shape)
                .enumerate()
                .all(|(axis, (position, size))| is_turn(axis) || self.covers_axis(position, size))
    }

    /// Whether every axis is written at an index of its own, or at such digits: each element is defined once.
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

    /// Whether it is elementwise: nothing is reduced and every axis is written plainly.
    #[must_use]
    pub fn is_elementwise(&self, equation: &Equation) -> bool {
        self.writes_plainly(equation) && equation.reduced().next().is_none()
    }

    /// Whether a position is an index that runs over the whole axis.
    fn runs_over(&self, affine: &Affine, size: &Dim) -> bool {
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
