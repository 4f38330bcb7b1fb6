//! The arguments in parentheses, bound to a formula's parameters in `<…>`.

use proc_macro2::Span;

use crate::errors::with_suggestion;
use crate::lower::Lowering;
use crate::lower::call::environment::{Binding, Environment};
use crate::syntax::ast::{
    Argument, Arguments, Expression, ExpressionKind, Formula, FormulaKind, Kind, Parameter, Pattern,
};

/// The signature of a formula, for messages: `Conv2d(C => O, kernel, stride = 1)`.
pub(in crate::lower) fn signature(formula: &Formula) -> String {
    let mut parts: Vec<String> = Vec::new();
    if formula.kind != FormulaKind::Layer {
        parts.extend(formula.inputs.iter().map(|input| input.name.to_string()));
    }
    let mut arrow = false;
    for parameter in &formula.parameters {
        let mut text = match (&parameter.keyword, &parameter.pattern) {
            (Some(keyword), _) => keyword.to_string(),
            (None, Pattern::Name(name)) => name.to_string(),
            (None, Pattern::Tuple(_) | Pattern::Rest(_)) => "…".into(),
        };
        if let Some(default) = &parameter.default {
            text = format!("{text} = {}", crate::lower::messages::expression_text(default));
        }
        match parts.last_mut() {
            Some(last) if arrow => *last = format!("{last} => {text}"),
            _ => parts.push(text),
        }
        arrow = parameter.arrow;
    }
    format!("{}({})", formula.name, parts.join(", "))
}

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

    /// The argument of each parameter.
    fn pair_arguments(
        &mut self,
        formula: &Formula,
        arguments: &Arguments,
        skip: usize,
        outer: &Environment,
    ) -> Option<Vec<Option<Expression>>> {
        let mut given: Vec<Option<Expression>> = vec![None; formula.parameters.len()];
        let mut flat: Vec<(Expression, bool)> = Vec::new();
        for argument in arguments.positional.iter().skip(skip) {
            match argument {
                Argument::Value(value) => flat.push((value.clone(), false)),
                Argument::Arrow(a, b) => flat.extend([(a.clone(), true), (b.clone(), false)]),
            }
        }
        for (at, (value, arrow)) in flat.into_iter().enumerate() {
            let place = outer.place(value.span);
            if formula.parameters.iter().take(at).any(|before| matches!(before.pattern, Pattern::Rest(_))) {
                let message = format!(
                    "several sizes stand in parentheses of their own, as in `{}((8, 8))`; other arguments have names: `{}`",
                    formula.name,
                    signature(formula)
                );
                return self.mistake(place, message);
            }
            let Some(parameter) = formula.parameters.get(at) else {
                return self
                    .mistake(place, format!("too many arguments: `{}` is how it is called", signature(formula)));
            };
            if parameter.arrow != arrow {
                let arrow = if parameter.arrow { "with" } else { "without" };
                return self.mistake(
                    place,
                    format!("this is written {arrow} `=>`: `{}` is how it is called", signature(formula)),
                );
            }
            given[at] = Some(value);
        }
        let mut good = true;
        for (keyword, argument) in &arguments.keywords {
            good &= self.pair_keyword(formula, keyword, argument, &mut given, outer);
        }
        good.then_some(given)
    }

    fn pair_keyword(
        &mut self,
        formula: &Formula,
        keyword: &syn::Ident,
        argument: &Argument,
        given: &mut [Option<Expression>],
        outer: &Environment,
    ) -> bool {
        let place = outer.place(keyword.span());
        let known = || formula.parameters.iter().filter_map(|p| p.keyword.as_ref()).map(ToString::to_string);
        let at = formula.parameters.iter().position(|p| p.keyword.as_ref() == Some(keyword));
        let (Some(at), Argument::Value(value)) = (at, argument) else {
            if initialises(formula, keyword) {
                return true;
            }
            if formula.kind == FormulaKind::Loss && keyword == "reduction" {
                let message = format!(
                    "`{0}` is a number for each sample here, and has no `reduction`\n\nhelp: in the network's loss `sum_over_batch(…)` adds such numbers up over the samples",
                    formula.name
                );
                self.errors.report(place, message);
                return false;
            }
            let names: Vec<String> = known().collect();
            let message =
                format!("`{}` has no argument `{keyword}`: `{}` is how it is called", formula.name, signature(formula));
            let message = with_suggestion(message, &keyword.to_string(), names.iter().map(String::as_str));
            self.errors.report(place, message);
            return false;
        };
        if given[at].is_some() {
            self.errors.report(place, format!("the argument `{keyword}` is given twice"));
            return false;
        }
        given[at] = Some(value.clone());
        true
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
            self.errors.report(outer.place(span), message);
            return false;
        };
        let named = parameter.keyword.as_ref().map_or_else(|| name.to_string(), ToString::to_string);
        let message =
            format!("`{}` needs the argument `{named}`: `{}` is how it is called", formula.name, signature(formula));
        self.errors.report(outer.place(span), message);
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
        if let (Kind::Axes, Pattern::Name(name)) = (&parameter.kind, &parameter.pattern) {
            return self.bind_axes(&name.to_string(), parameter, value, outer, inner);
        }
        if let Some(keyword) = &parameter.keyword {
            remember_keyword(&parameter.pattern, &keyword.to_string(), inner);
        }
        if is_none(value) && parameter.default.as_ref().is_some_and(is_none) {
            bind_name(&parameter.pattern, Binding::Nothing, inner);
            return true;
        }
        let place = outer.place(value.span);
        let what = parameter.keyword.as_ref().map_or_else(|| "this argument".to_string(), |k| format!("`{k}`"));
        match &parameter.kind {
            Kind::Size if matches!(value.kind, ExpressionKind::Infer) => {
                return self.can_be_inferred(formula, &parameter.pattern, place);
            }
            Kind::Size => {
                return self.is_no_word(parameter, value, &what, outer)
                    && self.bind_pattern(&parameter.pattern, value, &what, outer, inner);
            }
            Kind::Real => {
                let Some(real) = self.real(value, outer) else { return false };
                bind_name(&parameter.pattern, Binding::Real(real), inner);
            }
            Kind::Bool => {
                let is_flag = matches!(&value.kind, ExpressionKind::Bool(_) | ExpressionKind::Name(_));
                let flag = if is_flag { self.condition(value, outer) } else { None };
                let Some(flag) = flag else {
                    if !is_flag {
                        self.errors.report(place, format!("{what} is `true` or `false`"));
                    }
                    return false;
                };
                bind_name(&parameter.pattern, Binding::Bool(flag), inner);
            }
            Kind::Axis => {
                let Some(axis) = self.axis_number(value, &what, outer) else { return false };
                if let Pattern::Name(name) = &parameter.pattern {
                    inner.axes.insert(name.to_string(), axis);
                }
            }
            // bound above: they are names alone
            Kind::Axes => return false,
            Kind::Numbers(_) => {
                let Some(numbers) = self.numbers(value, &what, outer) else { return false };
                bind_name(&parameter.pattern, Binding::Numbers(numbers, place), inner);
            }
            Kind::Word(words) => {
                let word = match &value.kind {
                    ExpressionKind::Name(name) => match outer.names.get(&name.to_string()) {
                        Some(Binding::Word(word)) => word.clone(),
                        _ => name.to_string(),
                    },
                    _ => String::new(),
                };
                if !words.iter().any(|known| *known == word) {
                    let list: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
                    let message = format!("{what} of `{}` is one of {}", formula.name, list.join(", "));
                    let names: Vec<String> = words.iter().map(ToString::to_string).collect();
                    self.errors.report(place, with_suggestion(message, &word, names.iter().map(String::as_str)));
                    return false;
                }
                bind_name(&parameter.pattern, Binding::Word(word), inner);
            }
        }
        true
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

/// Whether a keyword names a parameter tensor, whose initial values it sets.
pub(in crate::lower) fn initialises(formula: &Formula, keyword: &syn::Ident) -> bool {
    fn within(statements: &[crate::syntax::ast::Statement], keyword: &syn::Ident) -> bool {
        use crate::syntax::ast::Statement;
        statements.iter().any(|statement| match statement {
            Statement::Parameter(stored) | Statement::State(stored) => stored.name == *keyword,
            Statement::If { then, otherwise, .. } => within(then, keyword) || within(otherwise, keyword),
            Statement::Mode { train, infer } => within(train, keyword) || within(infer, keyword),
            _ => false,
        })
    }
    within(&formula.body, keyword)
}
