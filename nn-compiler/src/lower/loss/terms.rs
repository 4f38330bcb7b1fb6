//! The terms whose sum is the loss.

use std::collections::BTreeMap;

use proc_macro2::Span;
use syn::Ident;

use crate::equation::{Equation, Role};
use crate::errors::Code;
use crate::lower::builtins::OVER_BATCH;
use crate::lower::call::inputs::input_of;
use crate::lower::environment::{Environment, Numerator, Value};
use crate::lower::loss::batch_reduction::{Reduction, RequestedReduction};
use crate::lower::loss::linear::number;
use crate::lower::lowering::{Lowering, TermReduction};
use crate::lowered::{BatchReduction, Term};
use crate::symbolic::{IndexId, TensorId};
use crate::syntax::ast::{Argument, Arguments, Expression, ExpressionKind, Formula, Operator};

/// The most terms of a loss: `nn-core` keeps a sum for each in an array of this length.
const MAX_TERMS: usize = 8;

/// The weight of a term, and its reduction.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) struct Weighed {
    pub factor: f64,
    pub requested: RequestedReduction,
}

impl<'a> Lowering<'a> {
    /// Splits a sum into its terms.
    pub(in crate::lower) fn terms(&mut self, value: &Expression, weighed: Weighed, environment: &mut Environment) {
        let times = |by: f64| Weighed { factor: weighed.factor * by, ..weighed };
        match &value.kind {
            ExpressionKind::Binary(Operator::Add, left, right) => {
                self.terms(left, weighed, environment);
                self.terms(right, weighed, environment);
            }
            ExpressionKind::Binary(Operator::Subtract, left, right) => {
                self.terms(left, weighed, environment);
                self.terms(right, times(-1.0), environment);
            }
            ExpressionKind::Negate(value) => self.terms(value, times(-1.0), environment),
            ExpressionKind::Binary(Operator::Multiply, left, right) => match (number(left), number(right)) {
                (Some(by), _) => self.terms(right, times(by), environment),
                (_, Some(by)) => self.terms(left, times(by), environment),
                _ => self.single_term(value, weighed, environment),
            },
            ExpressionKind::Binary(Operator::Divide, left, right) => match number(right) {
                Some(by) => {
                    let divided = Weighed { factor: weighed.factor / by, ..weighed };
                    self.terms(left, divided, environment);
                }
                None => self.single_term(value, weighed, environment),
            },
            _ => self.single_term(value, weighed, environment),
        }
    }

    fn single_term(&mut self, value: &Expression, weighed: Weighed, environment: &mut Environment) {
        let ExpressionKind::Call(name, arguments) = &value.kind else {
            return self.bare_term(value, weighed, false, environment);
        };
        let text = name.to_string();
        let candidates = self.library.losses(&text);
        if !candidates.is_empty() {
            return self.named_term(&candidates, arguments, weighed, environment, value.span);
        }
        if OVER_BATCH.contains(&text.as_str()) && self.library.function(&text).is_none() {
            return self.wrapped_term(name, arguments, weighed, environment);
        }
        self.bare_term(value, weighed, false, environment);
    }

    /// A loss that is called by its name.
    fn named_term(
        &mut self,
        candidates: &[&'a Formula],
        arguments: &Arguments,
        weighed: Weighed,
        environment: &mut Environment,
        place: Span,
    ) {
        let (own, requested) = self.split_reduction(arguments, weighed.requested);
        let Some((formula, tensors)) = self.formula_for(candidates, &own, environment, place) else { return };
        let mut rest = own.clone();
        rest.positional.drain(..rest.positional.len().min(formula.inputs.len()));
        rest.keywords.retain(|(keyword, _)| input_of(formula, keyword).is_none());
        self.loss_term(formula, &tensors, &rest, Weighed { requested, ..weighed }, environment, place);
    }

    /// `sum_over_batch(…)` or `mean_over_batch(…)`
    fn wrapped_term(&mut self, name: &Ident, arguments: &Arguments, weighed: Weighed, environment: &mut Environment) {
        let place = name.span();
        let ([Argument::Value(inner)], []) = (arguments.positional.as_slice(), arguments.keywords.as_slice()) else {
            let message = format!("`{name}` takes a number for each sample, as in `{name}(sum[n](sq(output[n])))`");
            return self.errors.report(Code::TermForm, place, message);
        };
        let reduction = if name == OVER_BATCH[0] { Reduction::Sum } else { Reduction::Mean };
        if let ExpressionKind::Call(loss, _) = &inner.kind
            && !self.library.losses(&loss.to_string()).is_empty()
        {
            let word = if reduction == Reduction::Sum { "sum" } else { "mean" };
            let message = format!("a loss has a word for this: `{loss}(…, reduction = {word})`");
            return self.errors.report(Code::Reduction, place, message);
        }
        let requested = RequestedReduction { reduction, said: Some(place) };
        self.bare_term(inner, Weighed { requested, ..weighed }, true, environment);
    }

    /// Any other term: a number for each sample. `wrapped` means that it names its reduction.
    fn bare_term(&mut self, value: &Expression, weighed: Weighed, wrapped: bool, environment: &mut Environment) {
        if let Some(inner) = self.bent_loss(value) {
            let message = format!(
                "`{inner}` can be added and multiplied by numbers here; all else would be done for each sample, before the mean over them\n\nhelp: where that is meant, write a `loss` of your own"
            );
            self.errors.report(Code::TermForm, value.span, message);
            return;
        }
        match self.value(value, environment) {
            Value::Tensor(tensor) => {
                self.add_term(tensor, weighed, wrapped, value.span);
            }
            Value::Real(_) => self.errors.report(
                Code::ConstantTerm,
                value.span,
                "this term of the loss does not depend on the network",
            ),
            Value::Unknown => {}
        }
    }

    pub(in crate::lower) fn loss_term(
        &mut self,
        formula: &'a Formula,
        tensors: &[Option<TensorId>],
        arguments: &Arguments,
        weighed: Weighed,
        environment: &mut Environment,
        place: Span,
    ) {
        let mut inner = Environment::new(&formula.name.to_string(), place, formula.library);
        if !self.bind_arguments(formula, arguments, 0, environment, &mut inner)
            || !self.unify_inputs(formula, tensors, &mut inner, place)
        {
            return;
        }
        let sums = weighed.requested.reduction != Reduction::Mean && formula.divisor.is_none();
        inner.numerators = sums.then(BTreeMap::new);
        let called = self.run(formula, &mut inner, tensors);
        let value = self.only(called, &formula.name.to_string(), place);
        let numerator = inner.numerators.take().and_then(|mut all| all.remove(&formula.result.name.to_string()));
        let value = match (value, numerator) {
            (Value::Tensor(_), Some(Numerator::Sum(sum))) => sum,
            (Value::Tensor(_), Some(Numerator::NotLinear(why))) => {
                let message = format!(
                    "this takes the sum where `{0}` has a `mean`, but {why}\n\nhelp: let `{0}` be a sum of `mean`s times numbers, or say what it is divided by: `loss {0}(…) -> l: [] / d: [] {{ … }}`",
                    formula.name
                );
                return self.errors.report(Code::Reduction, weighed.requested.said.unwrap_or(place), message);
            }
            (value, _) => value,
        };
        match value {
            Value::Tensor(tensor) => {
                let number = self.add_term(tensor, weighed, false, place);
                if let (Some(number), Reduction::Mean) = (number, weighed.requested.reduction) {
                    self.out.terms[number].divisor = self.divisor(formula, &inner, number);
                }
            }
            Value::Real(_) => self.errors.report(Code::ConstantTerm, place, "this loss does not depend on the network"),
            Value::Unknown => {}
        }
    }

    /// Makes a number for each sample a term of the loss, and returns the number of the term.
    fn add_term(&mut self, tensor: TensorId, weighed: Weighed, wrapped: bool, place: Span) -> Option<usize> {
        if !self.out.program.at(tensor).sample_shape().is_empty() {
            let shape = self.shape_text(tensor);
            let message = format!(
                "a term of the loss is one number for each sample, but this has the shape {shape}: take its `mean` or `sum`"
            );
            return self.mistake(Code::TermShape, place, message);
        }
        let number = self.out.terms.len();
        if number == MAX_TERMS {
            return self.mistake(Code::TooManyTerms, place, format!("a loss has at most {MAX_TERMS} terms"));
        }
        if !weighed.factor.is_finite() {
            return self.mistake(
                Code::TermFactor,
                place,
                "this term is multiplied by a number that is not finite, or divided by zero",
            );
        }
        let label = if number == 0 { "loss".to_string() } else { format!("loss{}", number + 1) };
        let program = &mut self.out.program;
        let for_each_sample = program.at(tensor).for_each_sample();
        let own = if for_each_sample { &[IndexId::SAMPLE][..] } else { &[] };
        let body = program.element(tensor, own);
        let target = self.given(&label, Vec::new(), Role::Loss(number), None, true);
        self.out.program.equations.push(Equation::elementwise(target, vec![IndexId::SAMPLE], body));
        // a term that all samples share counts once: it is its own mean
        let once = !for_each_sample && !wrapped;
        let reduction = if once { BatchReduction::Mean } else { weighed.requested.reduction.over_batch() };
        self.term_reductions.push(TermReduction { reduction, said: once || weighed.requested.said.is_some(), place });
        self.out.terms.push(Term { coefficient: weighed.factor, reduction, tensor: target, divisor: None });
        Some(number)
    }
}
