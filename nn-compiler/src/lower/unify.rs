//! Fitting the shapes that a formula declares to the shapes it is given.

use proc_macro2::Span;

use super::environment::{Binding, Environment};
use super::messages::arguments_text;
use super::{Lowering, Obligation};
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Argument, Expression, ExpressionKind, Formula, SizeItem, Type, TypedName};

impl Lowering<'_> {
    /// Fits the inputs of a formula; unbound sizes and `..` are bound. After a mistake the declared
    /// sizes stay in force.
    pub(super) fn unify_inputs(
        &mut self,
        formula: &Formula,
        inputs: &[TensorId],
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        formula.inputs.iter().zip(inputs).fold(true, |good, (declared, given)| {
            let Some(shape) = &declared.shape else { return good };
            self.unify(declared, shape, *given, environment, place) && good
        })
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
        let rest_at = shape.sizes.iter().position(|size| matches!(size, SizeItem::Rest(_)));
        let fixed = shape.sizes.len() - usize::from(rest_at.is_some());
        if sizes.len() < fixed || (rest_at.is_none() && sizes.len() != fixed) {
            self.report_rank(declared, shape, &sizes, environment, place);
            return false;
        }
        let (before, behind) = match rest_at {
            Some(at) => (at, shape.sizes.len() - at - 1),
            None => (shape.sizes.len(), 0),
        };
        let mut good = true;
        let last = sizes.len() - behind;
        for (size, given) in shape.sizes[..before]
            .iter()
            .zip(&sizes)
            .chain(shape.sizes[shape.sizes.len() - behind..].iter().zip(&sizes[last..]))
        {
            let SizeItem::Size(size) = size else { continue };
            good &= self.unify_size(size, given, declared, shape, &sizes, environment, place);
        }
        if rest_at.is_some() {
            good &= self.unify_rest(&sizes[before..last], declared, environment, place);
        }
        if let (Some(index), Some(bound)) = (&shape.index, &bound) {
            good &= self.unify_classes(index, bound, declared, environment, place);
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

    fn unify_rest(&mut self, given: &[Dim], declared: &TypedName, environment: &mut Environment, place: Span) -> bool {
        match &environment.rest {
            None => environment.rest = Some(given.to_vec()),
            Some(known) if known == given => {}
            Some(known) => {
                let (known, given) = (display_shape(known), display_shape(given));
                let message = format!(
                    "`{}`: `{}` has other sizes than what it goes with: {given} where {known} is expected",
                    environment.label, declared.name
                );
                self.errors.report(place, message);
                return false;
            }
        }
        true
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
        self.unequal(&expected, given, message, place)
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
        let takes = self.pattern_text(shape, environment, all);
        let headline = if shape.sizes.iter().filter(|s| matches!(s, SizeItem::Size(_))).count() == 1 {
            format!("layer `{}` takes {expected} inputs, but it is given {given}", environment.label)
        } else {
            format!("layer `{}` takes {takes}, but it is given {}", environment.label, display_shape(all))
        };
        let help = match self.corrected_declaration(layer, expected, given) {
            _ if all.len() > 1 && Dim::product(all).as_ref() == Some(expected) => {
                format!("\n\nhelp: `x.flatten()` makes one row of all {expected} values")
            }
            Some(declaration) => format!("\n\nhelp: declare it as `{declaration}`"),
            None => String::new(),
        };
        format!("{headline}\n\n{}{help}", self.trace_text(&environment.label, &takes))
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
            match &mut first.kind {
                ExpressionKind::Number { whole: Some(value), .. } if *value == expected => {
                    *value = given;
                    true
                }
                _ => false,
            }
        });
        replaced.then(|| format!("{}({})", field.kind, arguments_text(&arguments)))
    }

    /// A declared shape with the sizes that are known filled in.
    fn pattern_text(&self, shape: &Type, environment: &Environment, given: &[Dim]) -> String {
        let fixed = shape.sizes.iter().filter(|size| matches!(size, SizeItem::Size(_))).count();
        let before = shape.sizes.iter().position(|size| matches!(size, SizeItem::Rest(_))).unwrap_or(0);
        let rest = given.get(before..(before + given.len()).saturating_sub(fixed));
        let sizes: Vec<String> = shape
            .sizes
            .iter()
            .map(|size| match size {
                SizeItem::Rest(_) => match rest {
                    Some(rest) => rest.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
                    None => "..".into(),
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

    fn report_rank(
        &mut self,
        declared: &TypedName,
        shape: &Type,
        given: &[Dim],
        environment: &Environment,
        place: Span,
    ) {
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
