//! Tensors of one number: `zeros([3, N])`, `ones([3, N])`, `full([3, N], 0.5)`.

use super::Call;
use crate::equation::Equation;
use crate::errors::Code;
use crate::lower::environment::Value;
use crate::lower::lowering::Lowering;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Expression, ExpressionKind};

impl Lowering<'_> {
    /// The same for all samples, unless the number is one of each sample.
    pub(super) fn filled(&mut self, call: &mut Call<'_>) -> Option<TensorId> {
        let usage = match call.name {
            "zeros" => "zeros([3, 4])",
            "ones" => "ones([3, 4])",
            _ => "full([3, 4], 0.5)",
        };
        let Some(Argument::Value(Expression { kind: ExpressionKind::Shape(shape), .. })) =
            call.arguments.positional.first()
        else {
            return self.misused(call, usage);
        };
        let number = match (call.name, self.named(call, 1, &["fill_value"], usage)?.as_slice()) {
            ("full", [Some(value)]) => Some(*value),
            ("zeros" | "ones", [None]) => None,
            _ => return self.misused(call, usage),
        };
        let sizes = self.shape_of(shape, call.environment)?;
        if !self.check_positive(&sizes, "this tensor", call.place) {
            return None;
        }
        match number {
            Some(number) => self.filled_with(call, number, sizes),
            None => {
                let number = self.out.program.pool.constant(f64::from(u8::from(call.name == "ones")));
                Some(self.full(number, call.name, sizes, false))
            }
        }
    }

    /// A tensor of a number that is computed.
    fn filled_with(&mut self, call: &mut Call<'_>, number: &Expression, sizes: Vec<Dim>) -> Option<TensorId> {
        let place = call.environment.place(number.span);
        let one = match self.value(number, call.environment) {
            Value::Real(number) => return Some(self.full(number, call.name, sizes, false)),
            Value::Tensor(tensor) => tensor,
            Value::Unknown => return None,
        };
        self.holds_numbers(call, one)?;
        let of = self.out.program.at(one);
        if !of.sample_shape().is_empty() {
            let shown = display_shape(of.sample_shape());
            let message = format!("`full` takes one number, and this has the shape {shown}");
            return self.mistake(Code::ValueKind, place, message);
        }
        let full = self.new_tensor(call.name, sizes, of.for_each_sample());
        let indices = self.out.program.indices_over(full, &self.iterations);
        let body = self.read_at(one, Vec::new(), None);
        self.out.program.equations.push(Equation::elementwise(full, indices, body));
        Some(full)
    }
}
