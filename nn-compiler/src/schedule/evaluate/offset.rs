//! Where elements lie in memory, with numbers for the sizes.

use super::memory::{Memory, Outcome};
use crate::equation::Bound;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Position, TensorId};

/// A position in memory with numbers for its sizes.
#[derive(Debug, Clone)]
pub(super) struct Offset {
    constant: i64,
    terms: Vec<(IndexId, i64)>,
}

/// Positions, and where they lie.
pub(super) type KnownOffset = (Vec<Position>, Option<Offset>);

impl Memory<'_> {
    pub(super) fn offset(&self, tensor: TensorId, at: &[Position], bound: &Bound) -> Outcome<i64> {
        let mut offsets = self.offsets.borrow_mut();
        let known = offsets.entry(tensor).or_default();
        let number = known.iter().position(|(positions, _)| positions == at).unwrap_or_else(|| {
            let offset = self.schedule.offset(tensor, at).map(|affine| self.with_numbers(&affine));
            known.push((at.to_vec(), offset));
            known.len() - 1
        });
        match &known[number].1 {
            Some(Offset { constant, terms }) => terms.iter().try_fold(*constant, |sum, (index, step)| {
                let at = bound.get(index).ok_or_else(|| format!("the index number {} is not bound", index.0))?;
                Ok(sum + at * step)
            }),
            None => {
                drop(offsets);
                self.gathered_offset(tensor, at, bound)
            }
        }
    }

    fn with_numbers(&self, affine: &Affine) -> Offset {
        let value = |dim: &Dim| self.program().value(dim, self.given);
        let terms = affine.terms.iter().map(|(index, step)| (*index, value(step))).collect();
        Offset { constant: value(&affine.constant), terms }
    }

    /// An offset that depends on gathers or tables.
    fn gathered_offset(&self, tensor: TensorId, at: &[Position], bound: &Bound) -> Outcome<i64> {
        let (program, layout) = (self.program(), &self.schedule.layout);
        let overflows = || "a size overflows".to_string();
        let origin = layout.origin(program, tensor).ok_or_else(overflows)?;
        let mut offset = program.value(&origin, self.given);
        for (position, stride) in at.iter().zip(layout.strides(program, tensor).ok_or_else(overflows)?) {
            let position = match position {
                Position::Affine(affine) => program.affine(affine, self.given, bound),
                Position::Gather(id) => self.gathered(*id, bound)?,
                Position::Table(table) => {
                    let at = program.affine(&table.at, self.given, bound);
                    let value = usize::try_from(at).ok().and_then(|at| table.values.get(at));
                    *value.ok_or_else(|| format!("a table has no element {at}"))?
                }
            };
            offset += position * program.value(&stride, self.given);
        }
        Ok(offset)
    }

    /// A position that is read. What stands for no class reads the last, of which nothing is used.
    #[allow(clippy::cast_possible_truncation)] // indices are whole
    fn gathered(&self, id: ExpressionId, bound: &Bound) -> Outcome<i64> {
        let program = self.program();
        let position = program.scalar_of(id, self.given, bound, self)? as i64;
        let of = program.pool.tensor_of(id).map(|tensor| program.at(program.root(tensor)));
        Ok(match of.and_then(|of| of.ignored.and(of.bound.as_ref())) {
            Some(count) if position < 0 => program.value(count, self.given) - 1,
            Some(count) => position.min(program.value(count, self.given) - 1),
            None => position,
        })
    }
}
