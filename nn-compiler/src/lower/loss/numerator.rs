//! The numerator of a loss: `reduction = sum` and `reduction = batchmean` need the sum that each `mean` divides.
//!
//! A mean becomes a sum where the result is linear in it. A mean in the body of another reduction belongs to one sample
//! and stays. The numerator of a name is kept beside its value while a formula is unfolded, when branches are decided
//! already.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::Ident;

use crate::lower::builtins::{BATCH, REDUCTIONS, is_structural};
use crate::lower::comparisons::comparison;
use crate::lower::environment::{Environment, Value};
use crate::lower::equation::values::operator_name;
use crate::lower::loss::linear::number;
use crate::lower::lowering::Lowering;
use crate::syntax::ast::{Argument, Arguments, Binder, Expression, ExpressionKind, Formula, FormulaKind, Operator};

use crate::lower::environment::Numerator::{self, NotLinear, Plain, Sum};

const ADDED: &str = "there a `mean` is added to something that is none";
const WITHIN: &str = "there a `mean` stands inside of something that is not linear in it";

impl<'a> Lowering<'a> {
    /// Records the numerator of a name's value, if the reduction needs numerators.
    pub(in crate::lower) fn keep_numerator(
        &mut self,
        name: &str,
        value: Value,
        expression: &Expression,
        environment: &mut Environment,
    ) {
        if environment.numerators.is_none() {
            return;
        }
        let numerator = match value {
            Value::Unknown => Plain,
            _ => self.numerator(expression, environment),
        };
        if let Some(numerators) = &mut environment.numerators {
            numerators.insert(name.into(), numerator);
        }
    }

    /// The numerator of an expression whose value is known to be without mistakes.
    fn numerator(&mut self, expression: &Expression, environment: &mut Environment) -> Numerator {
        let place = environment.place(expression.span);
        match &expression.kind {
            ExpressionKind::Name(name) => {
                let known = environment.numerators.as_ref().and_then(|all| all.get(&name.to_string()));
                known.copied().unwrap_or(Plain)
            }
            ExpressionKind::Negate(value) => match self.numerator(value, environment) {
                Sum(value) => Sum(self.lift(&[value], "negate", place, &mut |lowering, values| {
                    Some(lowering.out.program.pool.negate(values[0]))
                })),
                other => other,
            },
            ExpressionKind::Binary(operator, left, right) => {
                self.numerator_of_operation(*operator, [left, right], environment, place)
            }
            ExpressionKind::Reduce(name, binders, body) if name == "mean" => {
                if binders.iter().any(|binder| matches!(binder, Binder::Index(name, _) if name == BATCH)) {
                    return NotLinear(WITHIN);
                }
                let kind = ExpressionKind::Reduce(Ident::new("sum", name.span()), binders.clone(), body.clone());
                Sum(self.value(&Expression { kind, span: expression.span }, environment))
            }
            ExpressionKind::Call(name, arguments) => self.numerator_of_call(name, arguments, environment, place),
            ExpressionKind::Index(base, _) => match self.numerator(base, environment) {
                Plain => Plain,
                _ => NotLinear(WITHIN),
            },
            _ => Plain,
        }
    }

    fn numerator_of_operation(
        &mut self,
        operator: Operator,
        sides: [&Expression; 2],
        environment: &mut Environment,
        place: Span,
    ) -> Numerator {
        let [left, right] = sides.map(|side| self.numerator(side, environment));
        let values = match (operator, left, right) {
            (_, NotLinear(why), _) | (_, _, NotLinear(why)) => return NotLinear(why),
            (_, Plain, Plain) => return Plain,
            (Operator::Add | Operator::Subtract, ..) => {
                match (self.addend(left, sides[0]), self.addend(right, sides[1])) {
                    (Some(left), Some(right)) => [left, right],
                    _ => return NotLinear(ADDED),
                }
            }
            (Operator::Multiply, Plain, Sum(sum)) => [self.value(sides[0], environment), sum],
            (Operator::Multiply | Operator::Divide, Sum(sum), Plain) => [sum, self.value(sides[1], environment)],
            _ => return NotLinear(WITHIN),
        };
        Sum(self.lift(&values, operator_name(operator), place, &mut |lowering, values| {
            lowering.arithmetic(operator, values[0], values[1], place)
        }))
    }

    /// The value that may be added to a sum: another sum, or zero.
    fn addend(&mut self, numerator: Numerator, expression: &Expression) -> Option<Value> {
        match numerator {
            Sum(sum) => Some(sum),
            _ if number(expression) == Some(0.0) => Some(Value::Real(self.out.program.pool.constant(0.0))),
            _ => None,
        }
    }

    fn numerator_of_call(
        &mut self,
        name: &Ident,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Numerator {
        let text = name.to_string();
        let is_own = self.library.function(&text).is_some_and(|formula| !formula.library);
        if is_structural(&text, arguments) && !is_own && REDUCTIONS.contains(&text.as_str()) {
            return self.numerator_of_axes(&text, arguments, environment, place);
        }
        if text == "where" {
            return self.numerator_of_choice(arguments, environment, place);
        }
        if self.means_within(arguments, environment) {
            return NotLinear(WITHIN);
        }
        let candidates = self.library.functions(&text);
        match candidates.first() {
            Some(first) if gives_one_number(first) => {
                self.numerator_of_formula(&candidates, arguments, environment, place)
            }
            _ => Plain,
        }
    }

    /// `x.mean()`; a mean inside of another reduction stays as it is.
    fn numerator_of_axes(
        &mut self,
        name: &str,
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Numerator {
        if name != "mean" {
            return Plain;
        }
        match self.structural("sum", arguments, environment, place) {
            Value::Tensor(sum) if self.out.program.at(sum).sample_shape().is_empty() => Sum(Value::Tensor(sum)),
            _ => Plain,
        }
    }

    /// `where(a < b, mean[i](…), mean[i](…))`
    fn numerator_of_choice(&mut self, arguments: &Arguments, environment: &mut Environment, place: Span) -> Numerator {
        let [Argument::Value(condition), Argument::Value(then), Argument::Value(otherwise)] =
            arguments.positional.as_slice()
        else {
            return Plain;
        };
        let Some((relation, left, right)) = comparison(condition) else { return Plain };
        for side in [left, right] {
            if !matches!(self.numerator(side, environment), Plain) {
                return NotLinear(WITHIN);
            }
        }
        let [one, other] = [then, otherwise].map(|part| self.numerator(part, environment));
        match (one, other) {
            (NotLinear(why), _) | (_, NotLinear(why)) => return NotLinear(why),
            (Plain, Plain) => return Plain,
            _ => {}
        }
        let (Some(one), Some(other)) = (self.addend(one, then), self.addend(other, otherwise)) else {
            return NotLinear(ADDED);
        };
        let values = [self.value(left, environment), self.value(right, environment), one, other];
        Sum(self.lift(&values, "where", place, &mut |lowering, v| {
            Some(lowering.out.program.pool.choose(relation, v[0], v[1], v[2], v[3]))
        }))
    }

    /// Whether an argument has a mean that is not inside of a reduction.
    fn means_within(&mut self, arguments: &Arguments, environment: &mut Environment) -> bool {
        arguments.positional.iter().any(|argument| match argument {
            Argument::Value(value) => !matches!(self.numerator(value, environment), Plain),
            Argument::Arrow(..) => false,
        })
    }

    /// The numerator of a formula that gives one number for a sample.
    fn numerator_of_formula(
        &mut self,
        candidates: &[&'a Formula],
        arguments: &Arguments,
        environment: &mut Environment,
        place: Span,
    ) -> Numerator {
        let Some((formula, inputs)) = self.formula_for(candidates, arguments, environment, place) else { return Plain };
        let Some(mut inner) = self.entered(formula, &inputs, arguments, environment, place) else { return Plain };
        if formula.divisor.is_some() {
            return Plain;
        }
        inner.numerators = Some(BTreeMap::new());
        self.run(formula, &mut inner, &inputs);
        let numerator = inner.numerators.and_then(|mut all| all.remove(&formula.result.name.to_string()));
        numerator.unwrap_or(Plain)
    }
}

/// Whether a formula of tensors gives one number.
fn gives_one_number(formula: &Formula) -> bool {
    let one = formula.result.shape.as_ref().is_some_and(|shape| shape.sizes.is_empty() && shape.index.is_none());
    formula.inputs.iter().any(|input| input.shape.is_some()) && (one || formula.kind == FormulaKind::Loss)
}
