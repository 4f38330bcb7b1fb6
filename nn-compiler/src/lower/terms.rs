//! The terms that a loss adds up.

use proc_macro2::Span;
use syn::Ident;

use super::environment::{Environment, Value};
use super::loss::BatchReduction;
use super::{Lowering, Term};
use crate::equation::{Equation, Role};
use crate::symbolic::{IndexId, TensorId};
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Formula, Operator, Statement};

/// The most terms of a loss: `nn-core` keeps a sum for each in an array of this length.
const MAX_TERMS: usize = 8;

/// PyTorch's names for the ways to bring a loss together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reduction {
    /// The mean over everything.
    Mean,
    /// The sum over everything.
    Sum,
    /// The sum within a sample, the mean over the samples.
    BatchMean,
}

impl<'a> Lowering<'a> {
    /// Takes a sum apart into its terms.
    pub(super) fn terms(&mut self, value: &Expression, factor: f64, environment: &mut Environment) {
        match &value.kind {
            ExpressionKind::Binary(Operator::Add, left, right) => {
                self.terms(left, factor, environment);
                self.terms(right, factor, environment);
            }
            ExpressionKind::Binary(Operator::Subtract, left, right) => {
                self.terms(left, factor, environment);
                self.terms(right, -factor, environment);
            }
            ExpressionKind::Negate(value) => self.terms(value, -factor, environment),
            ExpressionKind::Binary(Operator::Multiply, left, right) => match (number(left), number(right)) {
                (Some(by), _) => self.terms(right, factor * by, environment),
                (_, Some(by)) => self.terms(left, factor * by, environment),
                _ => self.single_term(value, factor, environment),
            },
            ExpressionKind::Binary(Operator::Divide, left, right) => match number(right) {
                Some(by) => self.terms(left, factor / by, environment),
                None => self.single_term(value, factor, environment),
            },
            _ => self.single_term(value, factor, environment),
        }
    }

    fn single_term(&mut self, value: &Expression, factor: f64, environment: &mut Environment) {
        if let ExpressionKind::Call(name, arguments) = &value.kind {
            let candidates = self.library.losses(&name.to_string());
            if let Some(first) = candidates.first() {
                let (own, reduction) = self.split_reduction(arguments);
                let Some(tensors) = self.tensor_arguments(first, &own, environment) else { return };
                let wants = |formula: &&&Formula| {
                    formula.inputs.iter().zip(&tensors).all(|(declared, given)| {
                        declared.shape.as_ref().is_some_and(|shape| shape.index.is_some())
                            == self.out.program.at(*given).bound.is_some()
                    })
                };
                let Some(formula) = candidates.iter().find(wants).copied() else {
                    let message = self.classes_message(first, &tensors);
                    self.errors.report(value.span, message);
                    return;
                };
                let mut rest = own.clone();
                rest.positional.drain(..tensors.len());
                self.loss_term(formula, &tensors, &rest, reduction, factor, environment, value.span);
                return;
            }
        }
        if let Some(inner) = self.bent_loss(value) {
            let message = format!(
                "`{inner}` can be added and multiplied by numbers here; all else would be done for each sample, before the mean over them\n\nhelp: where that is meant, write a `loss` of your own"
            );
            self.errors.report(value.span, message);
            return;
        }
        match self.value(value, environment) {
            Value::Tensor(tensor) => self.add_term(tensor, BatchReduction::Mean, factor, value.span),
            Value::Real(_) => self.errors.report(value.span, "this term of the loss does not depend on the network"),
            Value::Unknown => {}
        }
    }

    /// The name of a loss in an expression that is not linear in it: there the mean over the samples would
    /// have to come first, but comes last.
    fn bent_loss(&self, expression: &Expression) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Call(name, _) if !self.library.losses(&name.to_string()).is_empty() => None,
            ExpressionKind::Negate(value) => self.bent_loss(value),
            ExpressionKind::Binary(Operator::Add | Operator::Subtract, left, right) => {
                self.bent_loss(left).or_else(|| self.bent_loss(right))
            }
            ExpressionKind::Binary(Operator::Multiply, left, right) => {
                match (self.loss_within(left), self.loss_within(right)) {
                    (Some(name), Some(_)) => Some(name),
                    _ => self.bent_loss(left).or_else(|| self.bent_loss(right)),
                }
            }
            ExpressionKind::Binary(Operator::Divide, left, right) => {
                self.loss_within(right).or_else(|| self.bent_loss(left))
            }
            _ => self.loss_within(expression),
        }
    }

    /// The name of a loss that is called somewhere in an expression.
    fn loss_within(&self, expression: &Expression) -> Option<String> {
        match &expression.kind {
            ExpressionKind::Call(name, arguments) => {
                let text = name.to_string();
                if !self.library.losses(&text).is_empty() {
                    return Some(text);
                }
                arguments.positional.iter().find_map(|argument| match argument {
                    Argument::Value(value) => self.loss_within(value),
                    Argument::Arrow(..) => None,
                })
            }
            ExpressionKind::Negate(value) | ExpressionKind::Reduce(_, _, value) | ExpressionKind::Index(value, _) => {
                self.loss_within(value)
            }
            ExpressionKind::Binary(_, left, right) => self.loss_within(left).or_else(|| self.loss_within(right)),
            ExpressionKind::Tuple(values) => values.iter().find_map(|value| self.loss_within(value)),
            _ => None,
        }
    }

    /// Takes `reduction = …` out of a loss's arguments.
    pub(super) fn split_reduction(&mut self, arguments: &Arguments) -> (Arguments, Reduction) {
        let mut own = arguments.clone();
        let mut reduction = Reduction::Mean;
        let mut given = false;
        own.keywords.retain(|(keyword, argument)| {
            if keyword != "reduction" {
                return true;
            }
            if std::mem::replace(&mut given, true) {
                self.errors.report(keyword.span(), "the argument `reduction` is given twice");
            }
            let word = match argument {
                Argument::Value(Expression { kind: ExpressionKind::Name(name), .. }) => name.to_string(),
                _ => String::new(),
            };
            reduction = match word.as_str() {
                "mean" => Reduction::Mean,
                "sum" => Reduction::Sum,
                "batchmean" => Reduction::BatchMean,
                _ => {
                    let message = "`reduction` is `mean` (over everything), `sum` (over everything) or `batchmean` (the sum within a sample, the mean over samples)";
                    self.errors.report(argument.span(), message);
                    Reduction::Mean
                }
            };
            false
        });
        (own, reduction)
    }

    #[allow(clippy::too_many_arguments)] // what a term is made of
    pub(super) fn loss_term(
        &mut self,
        formula: &'a Formula,
        tensors: &[TensorId],
        arguments: &Arguments,
        reduction: Reduction,
        factor: f64,
        environment: &mut Environment,
        place: Span,
    ) {
        let mut inner = Environment::new(&formula.name.to_string(), place, formula.library);
        if !self.bind_arguments(formula, arguments, 0, environment, &mut inner)
            || !self.unify_inputs(formula, tensors, &mut inner, place)
        {
            return;
        }
        let value = if reduction == Reduction::Mean {
            self.run(formula, &mut inner, tensors)
        } else {
            self.run(&summed(formula), &mut inner, tensors)
        };
        let batch = if reduction == Reduction::Sum { BatchReduction::Sum } else { BatchReduction::Mean };
        let number = self.out.terms.len();
        match value {
            Value::Tensor(tensor) => self.add_term(tensor, batch, factor, place),
            Value::Real(_) => self.errors.report(place, "this loss does not depend on the network"),
            Value::Unknown => {}
        }
        if reduction == Reduction::Mean && self.out.terms.len() > number {
            self.out.terms[number].divisor = self.divisor(formula, &inner, number);
        }
    }

    /// Makes a number for each sample a term of the loss.
    pub(super) fn add_term(&mut self, tensor: TensorId, reduction: BatchReduction, coefficient: f64, place: Span) {
        if !self.out.program.at(tensor).sample_shape().is_empty() {
            let shape = self.shape_text(tensor);
            let message = format!(
                "a term of the loss is one number for each sample, but this has the shape {shape}: take its `mean` or `sum`"
            );
            self.errors.report(place, message);
            return;
        }
        let number = self.out.terms.len();
        if number == MAX_TERMS {
            self.errors.report(place, format!("a loss has at most {MAX_TERMS} terms"));
            return;
        }
        if !coefficient.is_finite() {
            self.errors.report(place, "this term is multiplied by a number that is not finite, or divided by zero");
            return;
        }
        let label = if number == 0 { "loss".to_string() } else { format!("loss{}", number + 1) };
        let program = &mut self.out.program;
        let body = if program.at(tensor).for_each_sample() {
            program.element(tensor, &[IndexId::SAMPLE])
        } else {
            program.element(tensor, &[])
        };
        let target = self.given(&label, Vec::new(), Role::Loss(number), None, true);
        self.out.program.equations.push(Equation::elementwise(target, vec![IndexId::SAMPLE], body));
        self.out.terms.push(Term { coefficient, reduction, tensor: target, divisor: None });
    }
}

/// A loss with the `mean` that is all of its value replaced by a `sum`.
fn summed(formula: &Formula) -> Formula {
    let mut formula = formula.clone();
    sum_up(&mut formula.body, &formula.result.name);
    formula
}

fn sum_up(statements: &mut [Statement], result: &Ident) {
    for statement in statements {
        match statement {
            Statement::Assign(assign) if assign.name == *result => {
                if let ExpressionKind::Reduce(name, ..) = &mut assign.value.kind
                    && name == "mean"
                {
                    *name = Ident::new("sum", name.span());
                }
            }
            Statement::If { then: one, otherwise: other, .. } | Statement::Mode { train: one, infer: other } => {
                sum_up(one, result);
                sum_up(other, result);
            }
            _ => {}
        }
    }
}

fn number(expression: &Expression) -> Option<f64> {
    match &expression.kind {
        ExpressionKind::Number { value, .. } => Some(*value),
        ExpressionKind::Negate(value) => number(value).map(|value| -value),
        ExpressionKind::Binary(operator, left, right) => {
            let (left, right) = (number(left)?, number(right)?);
            match operator {
                Operator::Add => Some(left + right),
                Operator::Subtract => Some(left - right),
                Operator::Multiply => Some(left * right),
                Operator::Divide => Some(left / right),
                _ => None,
            }
        }
        _ => None,
    }
}
