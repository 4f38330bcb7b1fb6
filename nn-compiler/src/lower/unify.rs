//! Fitting the shapes that a formula declares to the shapes it is given.

use std::ops::Range;

use proc_macro2::Span;

use super::environment::{Binding, Environment};
use super::layout::{Misfit, layout};
use super::messages::arguments_text;
use super::sizes::literal_size;
use super::{Lowering, Obligation};
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Formula, Rest, SizeItem, Type, TypedName};

impl Lowering<'_> {
    /// Fits the inputs of a formula; unbound sizes and `..` are bound. After a mistake the other
    /// sizes stay in force.
    pub(super) fn unify_inputs(
        &mut self,
        formula: &Formula,
        inputs: &[TensorId],
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        self.bind_bare_names(formula, inputs, environment, place);
        formula.inputs.iter().zip(inputs).fold(true, |good, (declared, given)| {
            let Some(shape) = &declared.shape else { return good };
            self.unify(declared, shape, *given, environment, place) && good
        })
    }

    /// Binds the sizes that are names alone, so that another input can have twice as many: `g: [2*H], c: [H]`.
    fn bind_bare_names(&self, formula: &Formula, inputs: &[TensorId], environment: &mut Environment, place: Span) {
        for (declared, given) in formula.inputs.iter().zip(inputs) {
            let Some(shape) = &declared.shape else { continue };
            let sizes = self.out.program.at(*given).sample_shape();
            // what does not fit is reported when all are fitted
            let Ok(ranges) = layout(&shape.sizes, sizes.len(), environment) else { continue };
            for (item, range) in shape.sizes.iter().zip(ranges) {
                if let SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) = item {
                    let size = Binding::Size(sizes[range.start].clone(), place);
                    environment.names.entry(name.to_string()).or_insert(size);
                }
            }
        }
    }

    fn unify(
        &mut self,
        declared: &TypedName,
        shape: &Type,
        given: TensorId,
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        let tensor = self.out.program.at(given);
        let (sizes, bound) = (tensor.sample_shape().to_vec(), tensor.bound.clone());
        let ranges = match layout(&shape.sizes, sizes.len(), environment) {
            Ok(ranges) => ranges,
            Err(misfit) => {
                self.report_misfit(&misfit, declared, shape, &sizes, environment, place);
                return false;
            }
        };
        let mut good = true;
        for (item, range) in shape.sizes.iter().zip(ranges) {
            good &= match item {
                SizeItem::Size(size) => {
                    self.unify_size(size, &sizes[range.start], declared, shape, &sizes, environment, place)
                }
                SizeItem::Rest(rest) => self.unify_rest(rest, range, declared, shape, &sizes, environment, place),
            };
        }
        if let (Some(index), Some(bound)) = (&shape.index, &bound) {
            good &= self.unify_classes(index, bound, declared, environment, place);
            let ignored = shape.ignored.as_ref().and_then(|ignored| self.ignored_class(ignored, environment));
            self.note_classes(given, ignored);
        }
        good
    }

    /// Fits the number of classes.
    fn unify_classes(
        &mut self,
        index: &Expression,
        given: &Dim,
        declared: &TypedName,
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        if let ExpressionKind::Name(name) = &index.kind
            && !environment.names.contains_key(&name.to_string())
        {
            environment.bind(&name.to_string(), Binding::Size(given.clone(), place));
            return true;
        }
        let Some(expected) = self.size(index, environment) else { return false };
        if expected == *given {
            return true;
        }
        let message = format!(
            "`{}` takes classes below {expected} for `{}`, but it is given classes below {given}",
            environment.label, declared.name
        );
        self.unequal(&expected, given, message, place)
    }

    /// Two sizes that differ: a mistake, unless it shows only later whether they do.
    fn unequal(&mut self, expected: &Dim, given: &Dim, message: String, place: Span) -> bool {
        let not_negative = expected.subtract(given).unwrap_or_default();
        if not_negative.literal().is_some() {
            self.errors.report(place, message);
            return false;
        }
        self.must_be_zero(not_negative, message);
        true
    }

    /// Leaves it to later to find a difference of sizes to be zero; once for each difference.
    pub(super) fn must_be_zero(&mut self, difference: Dim, message: String) {
        let opposite = Dim::default().subtract(&difference).unwrap_or_default();
        let known = |o: &Obligation| o.zero && (o.not_negative == difference || o.not_negative == opposite);
        if !self.out.obligations.iter().any(known) {
            self.out.obligations.push(Obligation { not_negative: difference, zero: true, message });
        }
    }

    #[allow(clippy::too_many_arguments)] // all of it is for the message
    fn unify_rest(
        &mut self,
        rest: &Rest,
        range: Range<usize>,
        declared: &TypedName,
        shape: &Type,
        all: &[Dim],
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        let (text, given) = (rest.text(), &all[range]);
        let Some(known) = environment.rests.get(&text).cloned() else {
            environment.rests.insert(text, given.to_vec());
            return true;
        };
        let (shown, expected) = (display_shape(given), display_shape(&known));
        let message = if rest.name.is_some() && environment.layer.is_some() {
            self.layer_message(shape, all, environment)
        } else {
            format!(
                "`{}`: `{}` has other sizes than what it goes with: {shown} where {expected} is expected",
                environment.label, declared.name
            )
        };
        let place = environment.rest_places.get(&text).copied().unwrap_or(place);
        if known.len() != given.len() {
            self.errors.report(place, message);
            return false;
        }
        let differing: Vec<(&Dim, &Dim)> = known.iter().zip(given).filter(|(known, given)| known != given).collect();
        differing.into_iter().all(|(known, given)| self.unequal(known, given, message.clone(), place))
    }

    #[allow(clippy::too_many_arguments)] // all of it is for the message
    fn unify_size(
        &mut self,
        size: &Expression,
        given: &Dim,
        declared: &TypedName,
        shape: &Type,
        all: &[Dim],
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        if let ExpressionKind::Name(name) = &size.kind
            && !environment.names.contains_key(&name.to_string())
        {
            environment.bind(&name.to_string(), Binding::Size(given.clone(), place));
            return true;
        }
        let Some(expected) = self.size(size, environment) else { return false };
        if expected == *given {
            return true;
        }
        let message = self.size_message(declared, shape, &expected, given, all, environment);
        let place = self.size_place(size, environment, place);
        let good = self.unequal(&expected, given, message, place);
        if let (false, ExpressionKind::Name(name)) = (good, &size.kind) {
            environment.bind(&name.to_string(), Binding::Unknown);
        }
        good
    }

    /// The user's token that a size came from, so that the mistake is shown there.
    fn size_place(&self, size: &Expression, environment: &Environment, place: Span) -> Span {
        match &size.kind {
            ExpressionKind::Name(name) => match environment.names.get(&name.to_string()) {
                Some(Binding::Size(_, span)) => *span,
                _ => place,
            },
            _ => place,
        }
    }

    fn size_message(
        &self,
        declared: &TypedName,
        shape: &Type,
        expected: &Dim,
        given: &Dim,
        all: &[Dim],
        environment: &Environment,
    ) -> String {
        let Some(layer) = environment.layer else {
            let takes = self.pattern_text(shape, environment, all);
            let shown = display_shape(all);
            return format!(
                "`{}` takes {takes} for `{}`, but it is given {shown}: {given} where {expected} is expected",
                environment.label, declared.name
            );
        };
        let message = if shape.sizes.iter().filter(|s| matches!(s, SizeItem::Size(_))).count() == 1 {
            let takes = self.pattern_text(shape, environment, all);
            let trace = self.trace_text(&environment.label, &takes);
            format!("layer `{}` takes {expected} inputs, but it is given {given}\n\n{trace}", environment.label)
        } else {
            self.layer_message(shape, all, environment)
        };
        let help = match self.corrected_declaration(layer, expected, given) {
            _ if all.len() > 1 && Dim::product(all).as_ref() == Some(expected) => {
                format!("\n\nhelp: `x.flatten()` makes one row of all {expected} values")
            }
            Some(declaration) => format!("\n\nhelp: declare it as `{declaration}`"),
            None => String::new(),
        };
        message + &help
    }

    /// What a layer takes and what it is given instead.
    fn layer_message(&self, shape: &Type, given: &[Dim], environment: &Environment) -> String {
        let takes = self.pattern_text(shape, environment, given);
        let (label, given) = (&environment.label, display_shape(given));
        format!("layer `{label}` takes {takes}, but it is given {given}\n\n{}", self.trace_text(label, &takes))
    }

    /// The layer's declaration with one size replaced, where that size is written in it.
    fn corrected_declaration(&self, layer: usize, expected: &Dim, given: &Dim) -> Option<String> {
        let field = &self.layers[layer].field;
        let (expected, given) = (expected.literal()?, given.literal()?);
        let mut arguments = field.arguments.clone();
        let replaced = arguments.positional.iter_mut().any(|argument| {
            let first = match argument {
                Argument::Value(value) | Argument::Arrow(value, _) => value,
            };
            let found = literal_size(first) == Some(expected);
            if found {
                #[allow(clippy::cast_precision_loss)] // a size
                let value = given as f64;
                first.kind = ExpressionKind::Number { value, whole: Some(given) };
            }
            found
        });
        replaced.then(|| format!("{}({})", field.kind, arguments_text(&arguments)))
    }

    /// A declared shape with the sizes that are known filled in.
    fn pattern_text(&self, shape: &Type, environment: &Environment, given: &[Dim]) -> String {
        let join = |sizes: &[Dim]| sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let ranges = layout(&shape.sizes, given.len(), environment).ok();
        let sizes: Vec<String> = shape
            .sizes
            .iter()
            .enumerate()
            .map(|(at, size)| match size {
                SizeItem::Rest(rest) => match (environment.rests.get(&rest.text()), &ranges) {
                    (Some(known), _) if rest.name.is_some() => join(known),
                    (_, Some(ranges)) => join(&given[ranges[at].clone()]),
                    _ => rest.text(),
                },
                SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) => {
                    match environment.names.get(&name.to_string()) {
                        Some(Binding::Size(dim, _)) => dim.to_string(),
                        _ => name.to_string(),
                    }
                }
                SizeItem::Size(expression) => super::messages::expression_text(expression),
            })
            .filter(|text: &String| !text.is_empty())
            .collect();
        format!("[{}]", sizes.join(", "))
    }

    fn report_misfit(
        &mut self,
        misfit: &Misfit,
        declared: &TypedName,
        shape: &Type,
        given: &[Dim],
        environment: &Environment,
        place: Span,
    ) {
        match misfit {
            Misfit::Rank => {}
            Misfit::Axis(axis) => {
                let message = format!(
                    "there is no axis {axis} in {}: axes are counted from 0, or from the end with -1 for the last",
                    display_shape(given)
                );
                return self.errors.report(place, message);
            }
            Misfit::Open(rest) => {
                let message = format!(
                    "nothing says where `{rest}` begins: of several rests in one shape, all but one follow from `<…>` or from other inputs"
                );
                return self.errors.report(environment.place(shape.span), message);
            }
        }
        let takes = self.pattern_text(shape, environment, &[]);
        let given_text = display_shape(given);
        let flat = shape.sizes.len() == 1 && given.len() > 1;
        let help = if flat { "\n\nhelp: `x.flatten()` makes one row of all values" } else { "" };
        let message = if environment.layer.is_some() {
            let trace = self.trace_text(&environment.label, &takes);
            format!("layer `{}` takes {takes}, but it is given {given_text}\n\n{trace}{help}", environment.label)
        } else {
            let (label, name) = (&environment.label, &declared.name);
            format!("`{label}` takes {takes} for `{name}`, but it is given {given_text}{help}")
        };
        self.errors.report(place, message);
    }
}
