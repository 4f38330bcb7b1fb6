//! Parameters in `<…>`, bound to what the arguments stand for.

use proc_macro2::{Ident, Span};

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::lower::messages::signature;
use crate::syntax::ast::{Arguments, Expression, ExpressionKind, Formula, Parameter, ParameterKind, Pattern};

impl Lowering<'_> {
    /// Binds the arguments behind the first `skip` positional ones. Parameters that are `_` or may follow from the
    /// shapes of the inputs stay unbound. Returns whether there was no mistake.
    pub(in crate::lower) fn bind_arguments(
        &mut self,
        formula: &Formula,
        arguments: &Arguments,
        skip: usize,
        outer: &mut Environment,
        inner: &mut Environment,
    ) -> bool {
        let Some(given) = self.pair_arguments(formula, arguments, skip, outer) else { return false };
        let mut good = true;
        let mut words = Vec::new();
        for (parameter, argument) in formula.parameters.iter().zip(given) {
            let word = self.word_of(parameter, argument.as_ref(), outer, inner);
            good &= match (word, argument) {
                (Some(value), Some(word)) => {
                    words.push((parameter, value, outer.place(word.span)));
                    true
                }
                (None, Some(value)) => self.bind_parameter(formula, parameter, &value, outer, inner),
                // a default may name a parameter that a mistake left unknown
                (_, None) if !good => false,
                (_, None) => self.bind_default(formula, parameter, arguments.span, outer, inner),
            };
        }
        // the sizes of a word may name all other parameters
        words.into_iter().fold(good, |good, (parameter, value, place)| {
            good && self.bind_word(formula, parameter, &value, place, inner)
        })
    }

    fn bind_default(
        &mut self,
        formula: &Formula,
        parameter: &Parameter,
        span: Span,
        outer: &Environment,
        inner: &mut Environment,
    ) -> bool {
        if let Some(default) = &parameter.default {
            // a default may name the parameters before it
            let mut scope = inner.clone();
            scope.library = formula.library;
            return self.bind_parameter(formula, parameter, default, &mut scope, inner);
        }
        let Pattern::Name(name) = &parameter.pattern else {
            let keyword = parameter.keyword.as_ref().map(ToString::to_string).unwrap_or_default();
            let message = format!(
                "`{}` needs the argument `{keyword}`: `{}` is how it is called",
                formula.name,
                signature(formula)
            );
            self.errors.report(Code::MissingArgument, outer.place(span), message);
            return false;
        };
        let named = parameter.keyword.as_ref().map_or_else(|| name.to_string(), ToString::to_string);
        let message =
            format!("`{}` needs the argument `{named}`: `{}` is how it is called", formula.name, signature(formula));
        self.errors.report(Code::MissingArgument, outer.place(span), message);
        false
    }

    fn bind_parameter(
        &mut self,
        formula: &Formula,
        parameter: &Parameter,
        value: &Expression,
        outer: &mut Environment,
        inner: &mut Environment,
    ) -> bool {
        if let (ParameterKind::Axes, Pattern::Name(name)) = (&parameter.kind, &parameter.pattern) {
            return self.bind_axes(&name.to_string(), parameter, value, outer, inner);
        }
        if let Some(keyword) = &parameter.keyword {
            remember_keyword(&parameter.pattern, &keyword.to_string(), inner);
        }
        if is_none(value) && parameter.default.as_ref().is_some_and(is_none) {
            bind_name(&parameter.pattern, Binding::Nothing, inner);
            return true;
        }
        let what = parameter.keyword.as_ref().map_or_else(|| "this argument".to_string(), |k| format!("`{k}`"));
        let binding = match &parameter.kind {
            ParameterKind::Size => return self.bind_size(formula, parameter, value, &what, outer, inner),
            ParameterKind::Axis => {
                let Some(axis) = self.axis_number(value, &what, outer) else { return false };
                if let Pattern::Name(name) = &parameter.pattern {
                    inner.axes.insert(name.to_string(), axis);
                }
                return true;
            }
            // bound above: they are names alone
            ParameterKind::Axes => None,
            ParameterKind::Real => self.real(value, outer).map(Binding::Real),
            ParameterKind::Bool => self.switch(value, &what, outer).map(Binding::Bool),
            ParameterKind::Numbers(_) => {
                self.numbers(value, &what, outer).map(|numbers| Binding::Numbers(numbers, outer.place(value.span)))
            }
            ParameterKind::Word(words) => self.known_word(formula, words, value, &what, outer).map(Binding::Word),
        };
        let Some(binding) = binding else { return false };
        bind_name(&parameter.pattern, binding, inner);
        true
    }

    fn bind_size(
        &mut self,
        formula: &Formula,
        parameter: &Parameter,
        value: &Expression,
        what: &str,
        outer: &Environment,
        inner: &mut Environment,
    ) -> bool {
        self.is_no_word(parameter, value, what, outer)
            && self.bind_pattern(formula, &parameter.pattern, value, what, outer, inner)
    }

    /// `true` or `false`
    fn switch(&mut self, value: &Expression, what: &str, outer: &mut Environment) -> Option<bool> {
        if matches!(&value.kind, ExpressionKind::Bool(_) | ExpressionKind::Name(_)) {
            return self.condition(value, outer);
        }
        self.mistake(Code::ArgumentKind, outer.place(value.span), format!("{what} is `true` or `false`"))
    }

    /// One of the words that a parameter knows.
    fn known_word(
        &mut self,
        formula: &Formula,
        words: &[Ident],
        value: &Expression,
        what: &str,
        outer: &Environment,
    ) -> Option<String> {
        let word = match &value.kind {
            ExpressionKind::Name(name) => match outer.names.get(&name.to_string()) {
                Some(Binding::Word(word)) => word.clone(),
                _ => name.to_string(),
            },
            _ => String::new(),
        };
        if words.iter().any(|known| *known == word) {
            return Some(word);
        }
        let names: Vec<String> = words.iter().map(ToString::to_string).collect();
        let list: Vec<String> = names.iter().map(|word| format!("`{word}`")).collect();
        let message = format!("{what} of `{}` is one of {}", formula.name, list.join(", "));
        let message = with_suggestion(message, &word, names.iter().map(String::as_str));
        self.mistake(Code::ArgumentKind, outer.place(value.span), message)
    }
}

/// Whether an argument is `none`.
fn is_none(value: &Expression) -> bool {
    matches!(&value.kind, ExpressionKind::Name(name) if name == "none")
}

/// Records the keyword of the names of a pattern.
fn remember_keyword(pattern: &Pattern, keyword: &str, inner: &mut Environment) {
    match pattern {
        Pattern::Name(name) => drop(inner.keywords.insert(name.to_string(), keyword.into())),
        Pattern::Tuple(parts) => parts.iter().for_each(|part| remember_keyword(part, keyword, inner)),
        Pattern::Rest(_) => {}
    }
}

fn bind_name(pattern: &Pattern, binding: Binding, inner: &mut Environment) {
    if let Pattern::Name(name) = pattern {
        inner.bind(&name.to_string(), binding);
    }
}
