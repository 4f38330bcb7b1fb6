//! Words that stand for sizes: `padding = same`.

use proc_macro2::Span;

use crate::errors::{Code, with_suggestion};
use crate::lower::environment::{Binding, Environment};
use crate::lower::lowering::Lowering;
use crate::syntax::ast::{Expression, ExpressionKind, Formula, Parameter};

impl Lowering<'_> {
    /// The sizes that a word given as argument stands for. A parameter that knows words is bound to the one given.
    pub(in crate::lower) fn word_of(
        &self,
        parameter: &Parameter,
        argument: Option<&Expression>,
        outer: &Environment,
        inner: &mut Environment,
    ) -> Option<Expression> {
        let keyword = parameter.keyword.as_ref().filter(|_| !parameter.words.is_empty())?;
        let name = match argument.map(|argument| &argument.kind) {
            Some(ExpressionKind::Name(name)) if !outer.names.contains_key(&name.to_string()) => name.to_string(),
            _ => String::new(),
        };
        let found = parameter.words.iter().find(|(word, _)| *word == name);
        let word = found.map(|(word, _)| word.to_string()).unwrap_or_default();
        inner.bind(&keyword.to_string(), Binding::Word(word));
        found.map(|(_, value)| value.clone())
    }

    /// Binds a parameter to what its word stands for.
    pub(in crate::lower) fn bind_word(
        &mut self,
        formula: &Formula,
        parameter: &Parameter,
        value: &Expression,
        place: Span,
        inner: &mut Environment,
    ) -> bool {
        let scope = Environment { library: true, call: place, ..inner.clone() };
        let what = parameter.keyword.as_ref().map_or_else(|| formula.name.to_string(), |k| format!("`{k}`"));
        self.bind_pattern(formula, &parameter.pattern, value, &what, &scope, inner)
    }

    /// Reports a word that is not among those that a parameter knows.
    pub(in crate::lower) fn is_no_word(
        &mut self,
        parameter: &Parameter,
        value: &Expression,
        what: &str,
        outer: &Environment,
    ) -> bool {
        let ExpressionKind::Name(name) = &value.kind else { return true };
        let name = name.to_string();
        let is_word = name.starts_with(|c: char| c.is_ascii_lowercase()) && !outer.names.contains_key(&name);
        if parameter.words.is_empty() || !is_word {
            return true;
        }
        let words: Vec<String> = parameter.words.iter().map(|(word, _)| word.to_string()).collect();
        let message = format!("{what} is a number or `{}`", words.join("` or `"));
        let message = with_suggestion(message, &name, words.iter().map(String::as_str));
        self.errors.report(Code::ArgumentKind, outer.place(value.span), message);
        false
    }
}
