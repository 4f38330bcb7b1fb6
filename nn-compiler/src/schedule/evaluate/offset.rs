//! Where elements lie in memory, with numbers for the sizes.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::equation::{Bound, Elements, Values};
use crate::schedule::Schedule;
use crate::shape::Dim;
use crate::symbolic::{Affine, ExpressionId, IndexId, Position, TensorId};

/// A position in memory with numbers for its sizes.
#[derive(Debug, Clone)]
struct Offset {
    constant: i64,
    terms: Vec<(IndexId, i64)>,
}

/// Positions, and where they lie; `None` where that depends on gathers or tables.
type KnownOffset = (Vec<Position>, Option<Offset>);

/// Where the elements of tensors lie.
pub(super) struct Offsets<'a> {
    schedule: &'a Schedule,
    /// The values of samples and symbols.
    given: &'a Values,
    /// What is computed once for each tensor and positions.
    known: RefCell<HashMap<TensorId, Vec<KnownOffset>>>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(schedule: &'a Schedule, given: &'a Values) -> Self {
        Offsets { schedule, given, known: RefCell::default() }
    }

    /// The offset of an element in the memory of its tensor; positions that are read are among `elements`.
    pub(super) fn of<E>(&self, tensor: TensorId, at: &[Position], bound: &Bound, elements: &E) -> Result<i64, String>
    where
        E: Elements<Error = String>,
    {
        let mut offsets = self.known.borrow_mut();
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
                self.gathered_offset(tensor, at, bound, elements)
            }
        }
    }

    fn with_numbers(&self, affine: &Affine) -> Offset {
        let value = |dim: &Dim| self.schedule.program.value(dim, self.given);
        let terms = affine.terms.iter().map(|(index, step)| (*index, value(step))).collect();
        Offset { constant: value(&affine.constant), terms }
    }

    /// An offset that depends on gathers or tables.
    fn gathered_offset<E>(&self, tensor: TensorId, at: &[Position], bound: &Bound, elements: &E) -> Result<i64, String>
    where
        E: Elements<Error = String>,
    {
        let (program, layout) = (&self.schedule.program, &self.schedule.layout);
        let overflows = || "a size overflows".to_string();
        let origin = layout.origin(program, tensor).ok_or_else(overflows)?;
        let mut offset = program.value(&origin, self.given);
        for (position, stride) in at.iter().zip(layout.strides(program, tensor).ok_or_else(overflows)?) {
            let position = match position {
                Position::Affine(affine) => program.affine(affine, self.given, bound),
                Position::Gather(id) => self.gathered(*id, bound, elements)?,
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
    fn gathered<E>(&self, id: ExpressionId, bound: &Bound, elements: &E) -> Result<i64, String>
    where
        E: Elements<Error = String>,
    {
        let program = &self.schedule.program;
        let position = program.scalar_of(id, self.given, bound, elements)? as i64;
        let of = program.pool.tensor_of(id).map(|tensor| program.at(program.root(tensor)));
        Ok(match of.and_then(|of| of.ignored.and(of.bound.as_ref())) {
            Some(count) if position < 0 => program.value(count, self.given) - 1,
            Some(count) => position.min(program.value(count, self.given) - 1),
            None => position,
        })
    }
}
