//! The outputs of the network.

use proc_macro2::Span;

use crate::equation::{Equation, Role};
use crate::errors::Code;
use crate::lower::environment::{Called, Environment, Value};
use crate::lower::lowering::Lowering;
use crate::lower::messages::count_of;
use crate::lowered::Port;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Expression, ExpressionKind, Forward, TypedName};

impl Lowering<'_> {
    /// Checks the outputs against their declared shapes.
    pub(super) fn outputs(
        &mut self,
        forward: &Forward,
        environment: &mut Environment,
    ) -> Option<Vec<(String, TensorId)>> {
        let values = self.results(forward, environment)?;
        let place = forward.results.last().map_or(forward.span, |result| result.span);
        if values.len() != forward.outputs.len() {
            let message = format!(
                "`forward` declares {}, but its last line gives {}",
                count_of(forward.outputs.len(), "output"),
                count_of(values.len(), "value")
            );
            return self.mistake(Code::OutputCount, place, message);
        }
        let mut outputs = Vec::new();
        for (at, (declared, value)) in forward.outputs.iter().zip(values).enumerate() {
            let place = forward.results.get(at).map_or(place, |result| result.span);
            outputs.push(self.output(declared, value, place, environment));
        }
        outputs.into_iter().collect()
    }

    /// The values of the last line: one for each expression, or all results of the only call.
    fn results(&mut self, forward: &Forward, environment: &mut Environment) -> Option<Vec<Value>> {
        if let [Expression { kind: ExpressionKind::Call(name, arguments), .. }] = forward.results.as_slice()
            && forward.outputs.len() > 1
        {
            return match self.call(name, arguments, environment) {
                Called::Several(values) => Some(values),
                // the mistake in it is reported
                Called::One(Value::Unknown) => None,
                Called::One(value) => Some(vec![value]),
            };
        }
        Some(forward.results.iter().map(|result| self.value(result, environment)).collect())
    }

    fn output(
        &mut self,
        declared: &TypedName,
        value: Value,
        place: Span,
        environment: &Environment,
    ) -> Option<(String, TensorId)> {
        let name = declared.name.to_string();
        let Some(shape) = &declared.shape else {
            return self.mistake(
                Code::MissingShape,
                declared.name.span(),
                format!("say the output's shape, as in `{name}: [10]`"),
            );
        };
        if shape.index.is_some() {
            let message = "an output consists of numbers: give one for each class, as in `[10]`, and take the largest";
            return self.mistake(Code::Classes, shape.span, message);
        }
        let sizes = self.shape_of(shape, environment);
        let tensor = match value {
            Value::Tensor(tensor) => tensor,
            Value::Unknown => return None,
            Value::Real(_) => return self.mistake(Code::ValueKind, place, "the output is a number, not a tensor"),
        };
        self.check_output(tensor, &sizes?, shape.span)?;
        let tensor = self.own_output(tensor, &name);
        Some((name, tensor))
    }

    /// Reports an output whose shape is not the declared one.
    fn check_output(&mut self, tensor: TensorId, sizes: &[Dim], declaration: Span) -> Option<()> {
        let given = self.out.program.at(tensor).sample_shape().to_vec();
        if given == sizes {
            return Some(());
        }
        let (want, have) = (display_shape(sizes), display_shape(&given));
        let message = format!("`forward` is declared to give {want}, but it gives {have}");
        let equal_later = given.len() == sizes.len()
            && given.iter().zip(sizes).all(|(a, b)| a.literal().is_none() || b.literal().is_none() || a == b);
        if !equal_later {
            let trace = self.trace_text("forward", &want).replace("takes", "gives");
            return self.mistake(
                Code::OutputShape,
                declaration,
                format!("{message}\n\n{trace}\n\nhelp: declare it as `-> {have}`"),
            );
        }
        for (a, b) in given.iter().zip(sizes).filter(|(a, b)| a != b) {
            self.must_be_zero(Code::OutputShape, a.subtract(b).unwrap_or_default(), message.clone(), declaration);
        }
        Some(())
    }

    /// Marks a tensor as an output; one that has another role is copied.
    fn own_output(&mut self, tensor: TensorId, name: &str) -> TensorId {
        let number = self.out.outputs.len();
        let program = &mut self.out.program;
        let plain = program.at(tensor);
        let free = plain.role == Role::Value && plain.view_of.is_none() && plain.for_each_sample();
        let viewed = program.tensors.iter().any(|other| other.view_of == Some(tensor));
        let output = if free && !viewed {
            program.at_mut(tensor).role = Role::Output(number);
            tensor
        } else {
            let shape = plain.sample_shape().to_vec();
            let output = self.given(name, shape, Role::Output(number), None, true);
            let program = &mut self.out.program;
            let indices = program.indices_over(output, &self.iterations);
            let own = if program.at(tensor).for_each_sample() { &indices[..] } else { &indices[1..] };
            let body = program.element(tensor, own);
            program.equations.push(Equation::elementwise(output, indices, body));
            output
        };
        self.out.outputs.push(Port { name: name.into(), tensor: output });
        output
    }
}
