//! Structural functions, which change the form of tensors and not their values, and reductions of whole axes.

mod filled;
mod operands;
mod order;
mod parts;
mod reduce;
mod views;

use proc_macro2::Span;

use crate::equation::Equation;
use crate::errors::Code;
use crate::lower::environment::{Environment, Value};
use crate::lower::lowering::Lowering;
use crate::shape::Dim;
use crate::symbolic::{Affine, IndexId, Position, TensorId};
use crate::syntax::ast::Arguments;

/// The note of a shape message beside `flatten`: `= 32 × 14 × 14`.
pub(in crate::lower) fn note(name: &str, before: Option<&[Dim]>) -> String {
    match before {
        Some(shape) if name == "flatten" && shape.len() > 1 => {
            let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
            format!("= {}", sizes.join(" × "))
        }
        _ => String::new(),
    }
}

impl Lowering<'_> {
    pub(in crate::lower) fn structural(
        &mut self,
        name: &str,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Value {
        let mut call = Call { name, arguments, environment, place };
        let result = match name {
            "flatten" => self.flatten(&mut call),
            "reshape" => self.reshape(&mut call),
            "unsqueeze" => self.unsqueeze(&mut call),
            "squeeze" => self.squeeze(&mut call),
            "concat" => self.concat(&mut call),
            "stack" => self.stack(&mut call),
            "narrow" => self.narrow(&mut call),
            "select" => self.select(&mut call),
            "transpose" => self.transpose(&mut call),
            "permute" => self.permute(&mut call),
            "flip" => self.flip(&mut call),
            "repeat" => self.repeat(&mut call),
            "zeros" | "ones" | "full" => self.filled(&mut call),
            _ => self.reduce_axes(&mut call),
        };
        result.map_or(Value::Unknown, Value::Tensor)
    }

    /// A tensor whose elements are gathered from another at positions that follow from its indices.
    fn rearranged(
        &mut self,
        call: &Call<'_>,
        of: TensorId,
        shape: Vec<Dim>,
        at: impl FnOnce(&[IndexId]) -> Vec<Position>,
    ) -> Option<TensorId> {
        self.holds_numbers(call, of)?;
        let for_each_sample = self.out.program.at(of).for_each_sample();
        let target = self.new_tensor(call.name, shape, for_each_sample);
        let indices = self.out.program.indices_over(target, &self.iterations);
        let body = self.read_at(of, at(&indices[self.out.program.at(target).leading()..]), None);
        self.out.program.equations.push(Equation::elementwise(target, indices, body));
        Some(target)
    }

    /// Whether a tensor holds no classes, of which no copies are made.
    fn holds_numbers(&mut self, call: &Call<'_>, tensor: TensorId) -> Option<()> {
        let tensor = self.out.program.at(tensor);
        if tensor.bound.is_none() {
            return Some(());
        }
        let message = format!("`{}` holds indices: `{}` takes tensors of numbers", tensor.name, call.name);
        self.mistake(Code::Classes, call.place, message)
    }

    /// `target[write] = tensor[at]` for one sample.
    fn copy_to(&mut self, target: TensorId, write: Vec<Position>, tensor: TensorId, at: &[IndexId]) {
        let body = self.read_at(tensor, at.iter().copied().map(Position::index).collect(), None);
        let mut indices = self.out.program.leading_indices(target, &self.iterations);
        let write = indices.iter().copied().map(Position::index).chain(write).collect();
        indices.extend(at);
        let copy = Equation::elementwise(target, Vec::new(), body);
        self.out.program.equations.push(Equation { write, indices, ..copy });
    }
}

/// A call: the function, its arguments and its place.
struct Call<'c> {
    name: &'c str,
    arguments: &'c Arguments,
    environment: &'c mut Environment,
    place: Span,
}

/// A position that is a number.
fn constant(at: Dim) -> Position {
    Position::Affine(Affine::constant(at))
}
