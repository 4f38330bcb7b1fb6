//! `derivative(u, x)`: the equations of a derivative among those of the forward pass or of the loss, where they are
//! read, simplified and differentiated again like all others.

use proc_macro2::Span;

use crate::differentiate::{Seed, differentiate_in_iteration, is_function_of};
use crate::errors::Code;
use crate::lower::environment::{Environment, Value};
use crate::lower::lowering::Lowering;
use crate::lower::messages::expression_text;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Arguments, Expression};

/// More equations than the largest networks have. Each derivative of a derivative has several times as many as what is
/// derived.
const MOST_EQUATIONS: usize = 1 << 13;

const USAGE: &str = "`derivative(u, x)` takes a number and the value by which it is derived";

impl Lowering<'_> {
    /// The derivative of a number by a value, in that value's shape.
    pub(in crate::lower) fn derivative(
        &mut self,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Value {
        let [Argument::Value(of), Argument::Value(by)] = arguments.positional.as_slice() else {
            return self.unknown(Code::Usage, place, USAGE);
        };
        if !arguments.keywords.is_empty() {
            return self.unknown(Code::Usage, place, USAGE);
        }
        let values = [of, by].map(|value| (value, self.value(value, environment)));
        let tensors = values.map(|(expression, value)| self.derivable(expression, value, environment));
        let [Some(tensor), Some(wrt)] = tensors else { return Value::Unknown };
        let sound =
            self.is_one_number(of, tensor, environment).and_then(|()| self.depends([of, by], [tensor, wrt], place));
        match sound {
            Some(()) => Value::Tensor(self.derived(tensor, wrt)),
            None => Value::Unknown,
        }
    }

    /// The tensor of an argument, if it holds numbers.
    fn derivable(&mut self, expression: &Expression, value: Value, environment: &Environment) -> Option<TensorId> {
        let place = environment.place(expression.span);
        let text = expression_text(expression);
        match value {
            Value::Tensor(tensor) if self.out.program.at(tensor).bound.is_none() => Some(tensor),
            Value::Tensor(_) => {
                self.mistake(Code::Classes, place, format!("`{text}` holds indices, which have no derivatives"))
            }
            Value::Real(_) => {
                self.mistake(Code::ValueKind, place, format!("`{text}` is a number: a tensor is needed here"))
            }
            Value::Unknown => None,
        }
    }

    fn is_one_number(&mut self, of: &Expression, tensor: TensorId, environment: &Environment) -> Option<()> {
        let place = environment.place(of.span);
        let shape = self.out.program.at(tensor).sample_shape().to_vec();
        let count = self.fits(Dim::product(&shape), place)?;
        let more = self.fits(count.subtract(&Dim::from(1)), place)?;
        let (text, shown) = (expression_text(of), display_shape(&shape));
        let message = format!(
            "`{text}` has the shape {shown}: `derivative` is that of one number\n\nhelp: take one, as in \
             `{text}.select(axis = 0, index = 0)`, or `{text}.sum()`, whose derivative is the sum of those of all"
        );
        match more.literal() {
            Some(0) => Some(()),
            Some(_) => self.mistake(Code::Derivative, place, message),
            None => {
                self.must_be_zero(Code::Derivative, more, message, place);
                Some(())
            }
        }
    }

    /// Whether the derivative is one of each sample by the same sample's value, and is there at all.
    fn depends(&mut self, texts: [&Expression; 2], [tensor, wrt]: [TensorId; 2], place: Span) -> Option<()> {
        let program = &self.out.program;
        let [of, by] = texts.map(expression_text);
        let shared = program.at(tensor).for_each_sample() && !program.at(wrt).for_each_sample();
        let message = if program.at(wrt).sequence_axes < self.iterations.len() {
            format!("`{by}` is the same for all steps here: derive by a value of the step at hand")
        } else if !is_function_of(program, tensor, wrt) {
            format!("`{of}` does not depend on `{by}`: its derivative would be zero")
        } else if shared {
            format!(
                "`{by}` is the same for all samples: derive by a value that each sample has of its own, such as an input"
            )
        } else if program.equations.len() > MOST_EQUATIONS {
            format!("the derivatives up to here have more than {MOST_EQUATIONS} equations: derive less often")
        } else {
            return Some(());
        };
        self.mistake(Code::Derivative, place, message)
    }

    fn derived(&mut self, tensor: TensorId, wrt: TensorId) -> TensorId {
        let program = &mut self.out.program;
        let known = program.tensors.len();
        let before = program.equations.len();
        let one = Seed::Number(program.pool.constant(1.0));
        let derivative = differentiate_in_iteration(program, (tensor, one), wrt, &self.iterations);
        self.follow_equations(known, before);
        derivative
    }

    /// Behind a maximum there may be its position now: what names equations by their numbers follows.
    fn follow_equations(&mut self, known: usize, before: usize) {
        let equations = self.out.program.equations.iter().enumerate();
        let mut places: Vec<usize> =
            equations.filter(|(_, e)| (e.target.0 as usize) < known).map(|(at, _)| at).collect();
        debug_assert_eq!(places.len(), before);
        places.push(places.last().map_or(0, |last| last + 1));
        for checkpoint in &mut self.out.checkpoints {
            checkpoint.equations = places[checkpoint.equations.start]..places[checkpoint.equations.end];
        }
        self.counted.equations = places[self.counted.equations];
    }
}
