//! What changes the form of tensors and not their values: `flatten`, `reshape`, `concat`.

use proc_macro2::Span;

use super::Lowering;
use super::environment::{Environment, Value};
use crate::equation::{Equation, Reduce, Role, Tensor};
use crate::shape::{Dim, display_shape};
use crate::symbolic::{Affine, Position, TensorId};
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind};

/// The names of these functions.
pub(super) const NAMES: [&str; 3] = ["flatten", "reshape", "concat"];

pub(super) fn is_structural(name: &str) -> bool {
    NAMES.contains(&name)
}

/// What a shape message notes beside `flatten`: `= 32 × 14 × 14`.
pub(super) fn note(name: &str, before: Option<&[Dim]>) -> String {
    match before {
        Some(shape) if name == "flatten" && shape.len() > 1 => {
            let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
            format!("= {}", sizes.join(" × "))
        }
        _ => String::new(),
    }
}

impl Lowering<'_> {
    pub(super) fn structural(
        &mut self,
        name: &str,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Value {
        let result = match name {
            "flatten" => self.flatten(arguments, environment, place),
            "reshape" => self.reshape(arguments, environment, place),
            _ => self.concat(arguments, environment, place),
        };
        result.map_or(Value::Unknown, Value::Tensor)
    }

    fn one_tensor(
        &mut self,
        argument: Option<&Argument>,
        environment: &mut Environment,
        place: Span,
    ) -> Option<TensorId> {
        let Some(Argument::Value(value)) = argument else {
            return self.mistake(place, "expected a tensor");
        };
        match self.value(value, environment) {
            Value::Tensor(tensor) => Some(tensor),
            Value::Unknown => None,
            Value::Real(_) => self.mistake(environment.place(value.span), "expected a tensor, not a number"),
        }
    }

    /// All values of a sample in one row.
    fn flatten(&mut self, arguments: &Arguments, environment: &mut Environment, place: Span) -> Option<TensorId> {
        let tensor = self.one_tensor(arguments.positional.first(), environment, place)?;
        if arguments.positional.len() != 1 || !arguments.keywords.is_empty() {
            return self.mistake(place, "`flatten` takes a tensor alone: `x.flatten()`");
        }
        let shape = self.out.program.at(tensor).sample_shape().to_vec();
        let len = self.fits(Dim::product(&shape), place)?;
        Some(self.view(tensor, vec![len], "flatten"))
    }

    /// The same values in another shape: `x.reshape([4, 4])`.
    fn reshape(&mut self, arguments: &Arguments, environment: &mut Environment, place: Span) -> Option<TensorId> {
        let tensor = self.one_tensor(arguments.positional.first(), environment, place)?;
        let mut wanted = Vec::new();
        for argument in &arguments.positional[1..] {
            let Argument::Value(value) = argument else {
                return self.mistake(place, "`reshape` takes sizes: `x.reshape(4, 4)`");
            };
            wanted.push(self.size(value, environment)?);
        }
        if wanted.is_empty() || !arguments.keywords.is_empty() {
            return self.mistake(place, "`reshape` takes the new sizes: `x.reshape(4, 4)`");
        }
        if let Some(negative) = wanted.iter().filter_map(Dim::literal).find(|size| *size < 1) {
            let message = format!("{negative} is no size\n\nhelp: `x.flatten()` makes one row of all values");
            return self.mistake(place, message);
        }
        let wanted = self.check_axes(wanted, place)?;
        let shape = self.out.program.at(tensor).sample_shape().to_vec();
        let (have, want) = (self.fits(Dim::product(&shape), place)?, self.fits(Dim::product(&wanted), place)?);
        if have != want {
            let (from, to) = (display_shape(&shape), display_shape(&wanted));
            let message = format!("{from} has {have} values and cannot be reshaped to {to} with {want}");
            let difference = have.subtract(&want).unwrap_or_default();
            if difference.literal().is_some() {
                return self.mistake(place, message);
            }
            self.must_be_zero(difference, message);
        }
        Some(self.view(tensor, wanted, "reshape"))
    }

    /// The elements of a tensor under another shape.
    fn view(&mut self, tensor: TensorId, mut shape: Vec<Dim>, name: &str) -> TensorId {
        let program = &mut self.out.program;
        let of = program.at(tensor);
        shape.splice(0..0, of.shape[..of.leading()].iter().cloned());
        let (bound, turns) = (of.bound.clone(), of.turns.clone());
        program.tensor(Tensor { bound, turns, view_of: Some(tensor), ..Tensor::new(name, shape, Role::Value) })
    }

    /// Tensors one behind the other: `concat(a, b)`, `concat(a, b, axis = 1)`.
    fn concat(&mut self, arguments: &Arguments, environment: &mut Environment, place: Span) -> Option<TensorId> {
        let mut tensors = Vec::new();
        for argument in &arguments.positional {
            tensors.push(self.one_tensor(Some(argument), environment, place));
        }
        let tensors: Vec<TensorId> = tensors.into_iter().collect::<Option<_>>()?;
        let axis = self.axis(arguments, environment, place)?;
        let Some(first) = tensors.first() else { return self.mistake(place, "`concat` takes tensors: `concat(a, b)`") };
        let mut shape = self.out.program.at(*first).sample_shape().to_vec();
        if axis >= shape.len() {
            let message = format!("there is no axis {axis} in {}: axes are counted from 0", display_shape(&shape));
            return self.mistake(place, message);
        }
        shape[axis] = Dim::from(0);
        let mut starts = Vec::new();
        for tensor in &tensors {
            let own = self.out.program.at(*tensor).sample_shape().to_vec();
            let fits =
                own.len() == shape.len() && own.iter().enumerate().all(|(at, size)| at == axis || *size == shape[at]);
            if !fits {
                let (a, b) = (self.shape_text(*first), display_shape(&own));
                let message = format!(
                    "`concat` needs tensors that agree in all axes but axis {axis}, but it is given {a} and {b}"
                );
                return self.mistake(place, message);
            }
            starts.push(shape[axis].clone());
            shape[axis] = self.fits(shape[axis].add(&own[axis]), place)?;
        }
        let for_each_sample = tensors.iter().any(|t| self.out.program.at(*t).for_each_sample());
        let target = self.new_tensor("concat", shape, for_each_sample);
        for (tensor, start) in tensors.iter().zip(starts) {
            self.copy_part(target, *tensor, axis, start);
        }
        Some(target)
    }

    fn axis(&mut self, arguments: &Arguments, environment: &mut Environment, place: Span) -> Option<usize> {
        match arguments.keywords.as_slice() {
            [] => Some(0),
            [(name, Argument::Value(Expression { kind: ExpressionKind::Number { whole: Some(axis), .. }, .. }))]
                if name == "axis" =>
            {
                usize::try_from(*axis).ok()
            }
            [(name, _), ..] => {
                self.mistake(environment.place(name.span()), "`concat` takes tensors and `axis = number`")
            }
        }
        .or_else(|| if self.errors.any() { None } else { self.mistake(place, "the axis is a whole number") })
    }

    /// `target[.., start + i, ..] = tensor[.., i, ..]`
    fn copy_part(&mut self, target: TensorId, tensor: TensorId, axis: usize, start: Dim) {
        let own = self.out.program.at(tensor).sample_shape().to_vec();
        let at = self.rest_indices(&own);
        let body = self.read_at(tensor, at.iter().copied().map(Position::index).collect(), None);
        let program = &mut self.out.program;
        let mut write: Vec<Position> = at.iter().copied().map(Position::index).collect();
        let shifted = Affine { constant: start, ..Affine::index(at[axis]) };
        write[axis] = Position::Affine(shifted);
        let mut indices = program.leading_indices(target);
        write.splice(0..0, indices.iter().copied().map(Position::index));
        indices.extend(at);
        program.equations.push(Equation {
            target,
            write,
            indices,
            reduce: Reduce::Sum,
            accumulate: false,
            clip: false,
            body,
        });
    }
}
