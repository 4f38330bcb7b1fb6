//! The elements of a tensor that positions reach, and how often.

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
        // a tensor that is only accumulated into is a view, defined under another name
        let Some(writes) = writes.filter(|writes| !writes.is_empty()) else { return Coverage::Once };
        // positions of an axis that the same definitions reach are equivalent
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

    /// The positions of an equation's write in a tensor, directly or through a view, without those of axes that are
    /// written as a whole; `None` if unknown.
    fn write_to<'a>(&self, tensor: TensorId, equation: &'a super::Equation) -> Option<Vec<Option<&'a Position>>> {
        if equation.target == tensor {
            return Some(equation.write.iter().map(Some).collect());
        }
        let (of, view) = (self.at(tensor), self.at(equation.target));
        let leading = of.leading();
        let whole = view.leading() == leading && self.covers_iteration(equation.target, &equation.write);
        whole.then(|| (0..of.shape.len()).map(|axis| (axis < leading).then(|| &equation.write[axis])).collect())
    }

    /// The different sets of definitions that reach a position of an axis; `None` if unknown.
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

    /// All values of a position; `None` if its sizes are unknown or the values are too many.
    fn values(&self, affine: &Affine) -> Option<Vec<i64>> {
        let mut values = vec![affine.constant.literal()?];
        for (index, factor) in &affine.terms {
            let (factor, extent) = (factor.literal()?, self.extent(*index).literal()?);
            if extent.checked_mul(i64::try_from(values.len()).ok()?)? > 1 << 21 {
                return None;
            }
            let moved = |value: i64| (0..extent).map(move |at| factor.checked_mul(at)?.checked_add(value));
            values = values.into_iter().flat_map(moved).collect::<Option<_>>()?;
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
