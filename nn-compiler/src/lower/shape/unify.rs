//! Unification of the shapes that a formula declares with those of its arguments.

use std::ops::Range;

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lower::shape::fit::layout;
use crate::lower::shape::mismatch::Input;
use crate::lower::shape::sizes::literal_size;
use crate::lowered::Obligation;
use crate::shape::{Dim, display_shape};
use crate::symbolic::TensorId;
use crate::syntax::ast::{Expression, ExpressionKind, Formula, Rest, SizeItem, Type, TypedName};

impl Lowering<'_> {
    /// Fits the inputs of a formula; unbound sizes and `..` are bound. After a mistake the other
    /// sizes stay in force.
    pub(in crate::lower) fn unify_inputs(
        &mut self,
        formula: &Formula,
        inputs: &[Option<TensorId>],
        environment: &mut Environment,
        place: Span,
    ) -> bool {
        // messages show the names of sizes where nothing is computed from them
        let computes = formula.inputs.iter().filter_map(|input| input.shape.as_ref()).any(has_computed_size);
        let given = || formula.inputs.iter().zip(inputs).filter_map(|(declared, given)| Some((declared, (*given)?)));
        for (declared, given) in given().filter(|_| computes) {
            self.bind_names(declared, given, environment, place);
        }
        given().fold(true, |good, (declared, given)| {
            let Some(shape) = &declared.shape else { return good };
            let sizes = self.out.program.at(given).sample_shape().to_vec();
            let input = Input { name: &declared.name, shape, sizes: &sizes, place };
            self.unify(&input, given, environment) && good
        })
    }

    /// Binds the sizes of an input that are names and not known yet: what others are computed from, as in `[2 * H]`.
    fn bind_names(&self, declared: &TypedName, given: TensorId, environment: &mut Environment, place: Span) {
        let (Some(shape), sizes) = (&declared.shape, self.out.program.at(given).sample_shape()) else { return };
        let Ok(ranges) = layout(&shape.sizes, sizes.len(), environment) else { return };
        for (item, range) in shape.sizes.iter().zip(ranges) {
            if let SizeItem::Size(Expression { kind: ExpressionKind::Name(name), .. }) = item {
                let size = Binding::Size(sizes[range.start].clone(), place);
                environment.names.entry(name.to_string()).or_insert(size);
            }
        }
    }

    fn unify(&mut self, input: &Input<'_>, given: TensorId, environment: &mut Environment) -> bool {
        let ranges = match layout(&input.shape.sizes, input.sizes.len(), environment) {
            Ok(ranges) => ranges,
            Err(misfit) => {
                self.report_misfit(&misfit, input, environment);
                return false;
            }
        };
        let mut good = true;
        for (item, range) in input.shape.sizes.iter().zip(ranges) {
            good &= match item {
                SizeItem::Size(size) => self.unify_size(size, &input.sizes[range.start], input, environment),
                SizeItem::Rest(rest) => self.unify_rest(rest, range, input, environment),
            };
        }
        let bound = self.out.program.at(given).bound.clone();
        if let (Some(index), Some(bound)) = (&input.shape.index, &bound) {
            good &= self.unify_classes(index, bound, input, environment);
            let ignored = input.shape.ignored.as_ref().and_then(|ignored| self.ignored_class(ignored, environment));
            self.note_classes(given, ignored);
        }
        good
    }

    /// Fits the number of classes.
    fn unify_classes(
        &mut self,
        index: &Expression,
        given: &Dim,
        input: &Input<'_>,
        environment: &mut Environment,
    ) -> bool {
        let Some(expected) = self.size_or_bind(index, given, input.place, environment) else { return false };
        if expected == *given {
            return true;
        }
        let message = format!(
            "`{}` takes classes below {expected} for `{}`, but it is given classes below {given}",
            environment.label, input.name
        );
        self.unequal(Code::Classes, &expected, given, message, input.place)
    }

    /// The size that an expression stands for; a name without a meaning gets the given one.
    fn size_or_bind(
        &mut self,
        size: &Expression,
        given: &Dim,
        place: Span,
        environment: &mut Environment,
    ) -> Option<Dim> {
        if let ExpressionKind::Name(name) = &size.kind
            && !environment.names.contains_key(&name.to_string())
        {
            environment.bind(&name.to_string(), Binding::Size(given.clone(), place));
            return Some(given.clone());
        }
        self.size(size, environment)
    }

    /// Reports two sizes that differ, unless that is decided only when rustc knows them.
    fn unequal(&mut self, code: Code, expected: &Dim, given: &Dim, message: String, place: Span) -> bool {
        let not_negative = expected.subtract(given).unwrap_or_default();
        if not_negative.literal().is_some() {
            self.errors.report(code, place, message);
            return false;
        }
        self.must_be_zero(code, not_negative, message, place);
        true
    }

    /// Defers the check that a difference of sizes is zero; once for each difference.
    pub(in crate::lower) fn must_be_zero(&mut self, code: Code, difference: Dim, message: String, place: Span) {
        let opposite = Dim::default().subtract(&difference).unwrap_or_default();
        let known = |o: &Obligation| o.zero && (o.not_negative == difference || o.not_negative == opposite);
        if !self.out.obligations.iter().any(known) {
            self.out.obligations.push(Obligation { not_negative: difference, zero: true, code, message, place });
        }
    }

    fn unify_rest(
        &mut self,
        rest: &Rest,
        range: Range<usize>,
        input: &Input<'_>,
        environment: &mut Environment,
    ) -> bool {
        let (text, given) = (rest.text(), &input.sizes[range]);
        let Some(known) = environment.rests.get(&text).cloned() else {
            environment.rests.insert(text, given.to_vec());
            return true;
        };
        let (shown, expected) = (display_shape(given), display_shape(&known));
        let message = if rest.name.is_some() && environment.layer.is_some() {
            self.layer_message(input, environment)
        } else {
            format!(
                "`{}`: `{}` has other sizes than what it goes with: {shown} where {expected} is expected",
                environment.label, input.name
            )
        };
        let place = environment.rest_places.get(&text).copied().unwrap_or(input.place);
        if known.len() != given.len() {
            self.errors.report(Code::InputShape, place, message);
            return false;
        }
        let differing: Vec<(&Dim, &Dim)> = known.iter().zip(given).filter(|(known, given)| known != given).collect();
        differing.into_iter().all(|(known, given)| self.unequal(Code::InputShape, known, given, message.clone(), place))
    }

    fn unify_size(&mut self, size: &Expression, given: &Dim, input: &Input<'_>, environment: &mut Environment) -> bool {
        let Some(expected) = self.size_or_bind(size, given, input.place, environment) else { return false };
        if expected == *given {
            return true;
        }
        let message = self.size_message(&expected, given, input, environment);
        let place = self.size_place(size, environment, input.place);
        let good = self.unequal(Code::InputShape, &expected, given, message, place);
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
}

/// Whether a size of a shape is computed from others, as in `[2 * H]`.
fn has_computed_size(shape: &Type) -> bool {
    let is_computed = |item: &SizeItem| match item {
        SizeItem::Size(size) => !matches!(size.kind, ExpressionKind::Name(_)) && literal_size(size).is_none(),
        SizeItem::Rest(_) => false,
    };
    shape.sizes.iter().any(is_computed)
}
