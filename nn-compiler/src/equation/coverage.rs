//! How often the elements of a tensor are defined.

use super::{Equation, Program};
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};

/// How often the elements of a tensor are defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coverage {
    /// Each once.
    Once,
    /// Each once, if these differences of sizes are zero.
    If(Vec<Dim>),
    /// Some by no equation.
    Missing,
    /// Some by more than one.
    Twice,
    /// Sizes are symbols, and the definitions do not follow each other.
    Unknown,
}

/// The positions that an equation defines, without those of axes that are defined as a whole.
type Write<'a> = Vec<Option<&'a Position>>;

/// For each part of an axis, which definitions reach it.
type Parts = Vec<Vec<bool>>;

/// The longest axis whose positions are looked at one by one.
const LONGEST_AXIS: usize = 1 << 20;

/// The greatest distance of positions that take turns.
const LONGEST_STEP: i64 = 1 << 10;

/// The most positions of a definition that are looked at one by one.
const MOST_POSITIONS: i64 = 1 << 21;

impl Program {
    /// How often the elements of a tensor are defined by the equations that do not add to it.
    #[must_use]
    pub fn coverage(&self, tensor: TensorId) -> Coverage {
        let defines = |equation: &&Equation| {
            !equation.accumulate && (equation.target == tensor || self.root(equation.target) == tensor)
        };
        self.coverage_by(tensor, &self.equations.iter().filter(defines).collect::<Vec<_>>())
    }

    /// How often the elements of a tensor are defined by these equations.
    #[must_use]
    pub fn coverage_by(&self, tensor: TensorId, definitions: &[&Equation]) -> Coverage {
        let writes: Option<Vec<Write<'_>>> =
            definitions.iter().map(|equation| self.write_to(tensor, equation)).collect();
        // a tensor that is only accumulated into is a view, defined under another name
        let Some(writes) = writes.filter(|writes| !writes.is_empty()) else { return Coverage::Once };
        let mut zero = Vec::new();
        let mut reached: Parts = vec![vec![true; writes.len()]];
        for (axis, size) in self.at(tensor).shape.iter().enumerate() {
            let positions: Write<'_> = writes.iter().map(|write| write[axis]).collect();
            let parts = self.parts_of_numbers(&positions, size);
            let Some(parts) = parts.or_else(|| self.parts_of_symbols(&positions, size, &mut zero)) else {
                return Coverage::Unknown;
            };
            let with = |before: &Vec<bool>, own: &Vec<bool>| before.iter().zip(own).map(|(a, b)| *a && *b).collect();
            reached = reached.iter().flat_map(|before| parts.iter().map(|own| with(before, own))).collect();
            reached.sort_unstable();
            reached.dedup();
        }
        let spans: Vec<bool> = definitions.iter().map(|equation| !self.is_diagonal(&equation.write)).collect();
        let is_reached = |by: &Vec<bool>| by.iter().zip(&spans).any(|(by, spans)| *by && *spans);
        if !reached.iter().all(is_reached) {
            Coverage::Missing
        } else if reached.iter().any(|by| by.iter().filter(|by| **by).count() > 1) {
            Coverage::Twice
        } else if zero.is_empty() {
            Coverage::Once
        } else {
            Coverage::If(zero)
        }
    }

    /// Whether an index stands on two axes, so that positions are a part only of what the axes span.
    #[must_use]
    pub fn is_diagonal(&self, at: &[Position]) -> bool {
        let runs = |index: &IndexId| self.extent(*index).literal() != Some(1);
        let mut indices: Vec<IndexId> = at.iter().flat_map(Position::indices).filter(runs).collect();
        let count = indices.len();
        indices.sort_unstable();
        indices.dedup();
        indices.len() < count
    }

    /// The positions of an equation's write in a tensor, directly or through a view; `None` if unknown.
    fn write_to<'a>(&self, tensor: TensorId, equation: &'a Equation) -> Option<Write<'a>> {
        if equation.target == tensor {
            return Some(equation.write.iter().map(Some).collect());
        }
        let (of, view) = (self.at(tensor), self.at(equation.target));
        let leading = of.leading();
        let whole = view.leading() == leading && self.covers_iteration(equation.target, &equation.write);
        whole.then(|| (0..of.shape.len()).map(|axis| (axis < leading).then(|| &equation.write[axis])).collect())
    }

    /// The parts of an axis, from all its positions; `None` if they are unknown or too many.
    fn parts_of_numbers(&self, positions: &Write<'_>, size: &Dim) -> Option<Parts> {
        if positions.iter().all(|position| self.is_whole(*position, size)) {
            return Some(vec![vec![true; positions.len()]]);
        }
        let size = usize::try_from(size.literal()?).ok().filter(|size| *size <= LONGEST_AXIS)?;
        let mut parts = vec![vec![false; positions.len()]; size];
        for (number, position) in positions.iter().enumerate() {
            let values = match position {
                None => {
                    parts.iter_mut().for_each(|by| by[number] = true);
                    continue;
                }
                Some(Position::Affine(affine)) => self.values(affine)?,
                Some(_) => return None,
            };
            for at in values {
                if let Some(by) = usize::try_from(at).ok().and_then(|at| parts.get_mut(at)) {
                    by[number] = true;
                }
            }
        }
        // positions that the same definitions reach are equivalent
        parts.sort_unstable();
        parts.dedup();
        Some(parts)
    }

    /// The parts of an axis where sizes are symbols: definitions that follow each other, `y[i]` and `y[N + j]`, or take
    /// turns, `y[2*i]` and `y[2*i + 1]`. What is left behind the last one goes to `zero`. `None` for others.
    fn parts_of_symbols(&self, positions: &Write<'_>, size: &Dim, zero: &mut Vec<Dim>) -> Option<Parts> {
        let mut ranges = Vec::new();
        for position in positions {
            ranges.push(match position {
                _ if self.is_whole(*position, size) => None,
                Some(Position::Affine(affine)) => Some(self.progression(affine)?),
                _ => return None,
            });
        }
        let step = ranges.iter().flatten().map(|range| range.step).max()?;
        let (parts, end) = if step == 1 { consecutive(&ranges)? } else { in_turns(&ranges, step)? };
        let left = size.subtract(&end)?;
        match left.literal() {
            Some(left) if left <= 0 => Some(parts),
            Some(_) => {
                let wholes: Vec<bool> = ranges.iter().map(Option::is_none).collect();
                Some(parts.into_iter().chain([wholes]).collect())
            }
            None => {
                zero.push(left);
                Some(parts)
            }
        }
    }

    /// Whether a position runs over an axis in one direction or the other.
    fn is_whole(&self, position: Option<&Position>, size: &Dim) -> bool {
        match position {
            None => true,
            Some(Position::Affine(affine)) => self.runs_over(affine, size) || self.runs_back(affine, size).is_some(),
            Some(_) => false,
        }
    }

    /// The positions of digits, of an index with a number as its factor, or of one that runs backwards.
    fn progression(&self, affine: &Affine) -> Option<Progression> {
        let start = affine.constant.clone();
        let digits = Affine { constant: Dim::default(), terms: affine.terms.clone() };
        if let Some(count) = self.digits(&digits) {
            return Some(Progression { start, step: 1, count });
        }
        let [(index, factor)] = affine.terms.as_slice() else { return None };
        let count = self.extent(*index).clone();
        match factor.literal()? {
            -1 => Some(Progression { start: start.subtract(&count)?.add(&Dim::from(1))?, step: 1, count }),
            step if step > 0 => Some(Progression { start, step, count }),
            _ => None,
        }
    }

    /// All values of a position; `None` if its sizes are unknown or the values are too many.
    fn values(&self, affine: &Affine) -> Option<Vec<i64>> {
        let mut values = vec![affine.constant.literal()?];
        for (index, factor) in &affine.terms {
            let (factor, extent) = (factor.literal()?, self.extent(*index).literal()?);
            if extent.checked_mul(i64::try_from(values.len()).ok()?)? > MOST_POSITIONS {
                return None;
            }
            let moved = |value: i64| (0..extent).map(move |at| factor.checked_mul(at)?.checked_add(value));
            values = values.into_iter().flat_map(moved).collect::<Option<_>>()?;
        }
        Some(values)
    }
}

/// The positions `start`, `start + step`, … of an axis.
struct Progression {
    start: Dim,
    step: i64,
    count: Dim,
}

/// Ranges that follow each other from the first position on, and the end of the last one.
fn consecutive(ranges: &[Option<Progression>]) -> Option<(Parts, Dim)> {
    let (mut parts, mut end) = (Vec::new(), Dim::default());
    let mut left = ranges.iter().flatten().count();
    while left > 0 {
        let begins = |range: &Progression| range.start == end;
        let mut here = ranges.iter().flatten().filter(|range| begins(range));
        let count = here.next()?.count.clone();
        if here.any(|range| range.count != count) {
            return None;
        }
        parts.push(ranges.iter().map(|range| range.as_ref().is_none_or(begins)).collect::<Vec<_>>());
        left -= ranges.iter().flatten().filter(|range| begins(range)).count();
        end = end.add(&count)?;
    }
    Some((parts, end))
}

/// Progressions with one step that begin below it and are equally long.
fn in_turns(ranges: &[Option<Progression>], step: i64) -> Option<(Parts, Dim)> {
    let count = &ranges.iter().flatten().next()?.count;
    let alike = |range: &Progression| {
        let begins = range.start.literal().is_some_and(|start| (0..step).contains(&start));
        begins && range.step == step && range.count == *count
    };
    if step > LONGEST_STEP || !ranges.iter().flatten().all(alike) {
        return None;
    }
    let begins = |range: &Progression, at: i64| range.start.literal() == Some(at);
    let part = |at: i64| ranges.iter().map(|range| range.as_ref().is_none_or(|range| begins(range, at))).collect();
    Some(((0..step).map(part).collect(), count.multiply(&Dim::from(step))?))
}
