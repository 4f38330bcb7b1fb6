//! Concatenation and slices: `concat`, `stack`, `narrow`, `select`.

use super::{Call, constant};
use crate::errors::Code;
use crate::lower::lowering::Lowering;
use crate::lowered::Obligation;
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, IndexId, Position, TensorId};

impl Lowering<'_> {
    /// Tensors one behind the other: `concat(a, b)`, `concat(a, b, axis = 1)`.
    pub(super) fn concat(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let mut tensors = self.all_tensors(call)?;
        let mut shape = self.shape_at(tensors[0]);
        let axis = self.axis_or_first(call, &shape, 0)?;
        let Some(size) = shape.get_mut(axis) else {
            return self.mistake(
                Code::Axis,
                call.place,
                "`concat` needs tensors with axes: `stack` makes one of numbers",
            );
        };
        *size = Dim::from(0);
        let mut starts = Vec::new();
        let first = self.shape_text(tensors[0]);
        for tensor in &mut tensors {
            let own = self.shape_at(*tensor);
            let message = || {
                let own = display_shape(&own);
                format!(
                    "`concat` needs tensors that agree in all axes but axis {axis}, but it is given {first} and {own}"
                )
            };
            let mut wanted = shape.clone();
            wanted[axis] = own.get(axis).cloned().unwrap_or_default();
            if !self.agree(&wanted, &own, message, call.place) {
                return self.mistake(Code::OperandShapes, call.place, message());
            }
            starts.push(shape[axis].clone());
            shape[axis] = self.fits(shape[axis].add(&own[axis]), call.place)?;
            *tensor = self.resized(*tensor, wanted);
        }
        let target = self.together(call, &tensors, shape);
        for (tensor, start) in tensors.iter().zip(starts) {
            let at = self.rest_indices(&self.shape_at(*tensor));
            let mut write: Vec<Position> = at.iter().copied().map(Position::index).collect();
            write[axis] = shifted(at[axis], start);
            self.copy_to(target, write, *tensor, &at);
        }
        Some(target)
    }

    /// Tensors along a new axis: `stack(a, b)`, `stack(a, b, axis = 1)`.
    pub(super) fn stack(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let mut tensors = self.all_tensors(call)?;
        let mut shape = self.shape_at(tensors[0]);
        for tensor in &mut tensors {
            let own = self.shape_at(*tensor);
            let message = || {
                let (a, b) = (display_shape(&shape), display_shape(&own));
                format!("`stack` needs tensors of one shape, but it is given {a} and {b}")
            };
            if !self.agree(&shape, &own, message, call.place) {
                return self.mistake(Code::OperandShapes, call.place, message());
            }
            *tensor = self.resized(*tensor, shape.clone());
        }
        let axis = self.axis_or_first(call, &shape, 1)?;
        shape.insert(axis, Dim::from(i64::try_from(tensors.len()).unwrap_or(0)));
        let shape = self.check_axes(shape, call.place)?;
        let target = self.together(call, &tensors, shape);
        for (number, tensor) in (0..).zip(&tensors) {
            let at = self.rest_indices(&self.shape_at(*tensor));
            let mut write: Vec<Position> = at.iter().copied().map(Position::index).collect();
            write.insert(axis, constant(Dim::from(number)));
            self.copy_to(target, write, *tensor, &at);
        }
        Some(target)
    }

    fn axis_or_first(&mut self, call: &Call<'_>, shape: &[Dim], more: i64) -> Option<usize> {
        let usage = format!("{}(a, b, axis = 0)", call.name);
        match self.named(call, call.arguments.positional.len(), &["axis"], &usage)?[..] {
            [Some(axis)] => self.axis(call, axis, shape, more),
            _ => Some(0),
        }
    }

    /// The tensor that holds several.
    fn together(&mut self, call: &Call<'_>, tensors: &[TensorId], shape: Vec<Dim>) -> TensorId {
        let for_each_sample = tensors.iter().any(|t| self.out.program.at(*t).for_each_sample());
        self.new_tensor(call.name, shape, for_each_sample)
    }

    /// A part of an axis: `x.narrow(axis = 0, start = 2, length = 3)`.
    pub(super) fn narrow(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        const USAGE: &str = "x.narrow(axis = 0, start = 2, length = 3)";
        let tensor = self.subject(call)?;
        let mut shape = self.shape_at(tensor);
        let [Some(axis), start, Some(length)] = self.named(call, 1, &["axis", "start", "length"], USAGE)?[..] else {
            return self.misused(call, USAGE);
        };
        let axis = self.axis(call, axis, &shape, 0)?;
        let start = match start {
            Some(start) => self.size(start, call.environment)?,
            None => Dim::default(),
        };
        let length = self.size(length, call.environment)?;
        let behind = shape[axis].subtract(&start).and_then(|rest| rest.subtract(&length));
        let behind = self.fits(behind, call.place)?;
        let message =
            format!("{length} values from {start} on cannot be taken of axis {axis} of {}", display_shape(&shape));
        let is_negative = |size: &Dim| size.literal().is_some_and(|size| size < 0);
        if is_negative(&behind) || is_negative(&start) || length.literal().is_some_and(|length| length < 1) {
            return self.mistake(Code::Range, call.place, message);
        }
        if behind.literal().is_none() {
            self.out.obligations.push(Obligation {
                not_negative: behind,
                zero: false,
                code: Code::Range,
                message,
                place: call.place,
            });
        }
        shape[axis] = length;
        self.rearranged(call, tensor, shape, |indices| {
            let mut at: Vec<Position> = indices.iter().copied().map(Position::index).collect();
            at[axis] = shifted(indices[axis], start);
            at
        })
    }

    /// One place of an axis, which the result has no more: `x.select(axis = 0, index = 2)`.
    pub(super) fn select(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        const USAGE: &str = "x.select(axis = 0, index = 2)";
        let tensor = self.subject(call)?;
        let mut shape = self.shape_at(tensor);
        let [Some(axis), Some(index)] = self.named(call, 1, &["axis", "index"], USAGE)?[..] else {
            return self.misused(call, USAGE);
        };
        let axis = self.axis(call, axis, &shape, 0)?;
        let size = shape.remove(axis);
        let index = self.place_on(call, index, &size)?;
        self.rearranged(call, tensor, shape, |indices| {
            let mut at: Vec<Position> = indices.iter().copied().map(Position::index).collect();
            at.insert(axis, constant(index));
            at
        })
    }
}

/// `start + index`
fn shifted(index: IndexId, start: Dim) -> Position {
    Position::Affine(Affine { constant: start, ..Affine::index(index) })
}
