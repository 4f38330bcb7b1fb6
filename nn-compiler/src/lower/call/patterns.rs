//! The binding of sizes and axes to the names of a parameter: `C`, `(KH, KW)`, `N..`.

use proc_macro2::Span;

use crate::errors::Code;
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lower::messages::signature;
use crate::shape::Dim;
use crate::syntax::ast::{Expression, ExpressionKind, Formula, Pattern, Rest, SizeItem};

impl Lowering<'_> {
    /// Whether the inputs of a formula tell a size that is given as `_`.
    fn can_be_inferred(&mut self, formula: &Formula, pattern: &Pattern, place: Span) -> bool {
        let told = |name: &syn::Ident| {
            let sizes = formula.inputs.iter().filter_map(|input| input.shape.as_ref()).flat_map(|shape| &shape.sizes);
            sizes.into_iter().any(|size| match size {
                SizeItem::Size(Expression { kind: ExpressionKind::Name(known), .. }) => known == name,
                _ => false,
            })
        };
        let untold = match pattern {
            Pattern::Name(name) => Some(name).filter(|name| !told(name)),
            Pattern::Tuple(_) | Pattern::Rest(_) => None,
        };
        match (pattern, untold) {
            (Pattern::Name(_), None) => true,
            (_, name) => {
                let what = name.map_or_else(|| "several sizes".to_string(), |name| format!("`{name}`"));
                let message = format!(
                    "`_` cannot stand for {what}, which does not follow from the input\n\nhelp: give the number, as in `{}`",
                    signature(formula)
                );
                self.errors.report(Code::InferredSize, place, message);
                false
            }
        }
    }

    /// Binds one size to a name, or to every name of a tuple.
    pub(in crate::lower) fn bind_pattern(
        &mut self,
        formula: &Formula,
        pattern: &Pattern,
        value: &Expression,
        what: &str,
        outer: &Environment,
        inner: &mut Environment,
    ) -> bool {
        // an argument that a formula of the library passes on was given by the user
        let place = match &value.kind {
            ExpressionKind::Name(name) if outer.library => match outer.names.get(&name.to_string()) {
                Some(Binding::Size(_, place)) => *place,
                _ => outer.call,
            },
            _ => outer.place(value.span),
        };
        match (pattern, &value.kind) {
            (_, ExpressionKind::Infer) => self.can_be_inferred(formula, pattern, place),
            (Pattern::Tuple(parts), ExpressionKind::Tuple(values)) => {
                if parts.len() != values.len() {
                    let message = format!("{what} has {} parts, but {} are given", parts.len(), values.len());
                    self.errors.report(Code::ArgumentForm, place, message);
                    return false;
                }
                parts.iter().zip(values).fold(true, |good, (part, value)| {
                    self.bind_pattern(formula, part, value, what, outer, inner) && good
                })
            }
            (Pattern::Tuple(parts), _) => {
                // one mistake is enough: the others would be the same
                parts.iter().all(|part| self.bind_pattern(formula, part, value, what, outer, inner))
            }
            (Pattern::Rest(rest), ExpressionKind::Tuple(values)) => self.bind_rest(rest, values, what, outer, inner),
            (Pattern::Rest(rest), _) => self.bind_rest(rest, std::slice::from_ref(value), what, outer, inner),
            (Pattern::Name(_), ExpressionKind::Tuple(_)) => {
                self.errors.report(Code::ArgumentForm, place, format!("{what} is one number"));
                false
            }
            (Pattern::Name(name), _) => {
                let Some(dim) = self.argument_size(value, what, place, outer) else { return false };
                inner.bind(&name.to_string(), Binding::Size(dim, place));
                true
            }
        }
    }

    /// Binds the sizes that a rest stands for.
    fn bind_rest(
        &mut self,
        rest: &Rest,
        values: &[Expression],
        what: &str,
        outer: &Environment,
        inner: &mut Environment,
    ) -> bool {
        let mut sizes = Vec::new();
        for value in values {
            let Some(size) = self.argument_size(value, what, outer.place(value.span), outer) else { return false };
            sizes.push(size);
        }
        if let Some(first) = values.first() {
            inner.rest_places.insert(rest.text(), outer.place(first.span));
        }
        inner.rests.insert(rest.text(), sizes);
        true
    }

    fn argument_size(&mut self, value: &Expression, what: &str, place: Span, outer: &Environment) -> Option<Dim> {
        let dim = self.size(value, outer)?;
        if dim.literal().is_some_and(|value| value < 0) {
            let message = format!("{what} is {dim}, but a size cannot be negative");
            return self.mistake(Code::NegativeSize, place, message);
        }
        Some(dim)
    }

    /// The number of an axis, which may be counted from the end.
    pub(in crate::lower) fn axis_number(&mut self, value: &Expression, what: &str, outer: &Environment) -> Option<i64> {
        match &value.kind {
            ExpressionKind::Number { whole: Some(axis), .. } => Some(*axis),
            ExpressionKind::Negate(inner) => self.axis_number(inner, what, outer).map(|axis| -axis),
            // a formula passes its own axis on
            ExpressionKind::Name(name) if outer.axes.contains_key(&name.to_string()) => {
                outer.axes.get(&name.to_string()).copied()
            }
            _ => {
                let message = format!("{what} is the number of an axis: 0 for the first, -1 for the last");
                self.mistake(Code::ArgumentKind, outer.place(value.span), message)
            }
        }
    }
}
