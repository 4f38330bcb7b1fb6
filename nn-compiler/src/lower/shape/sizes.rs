//! Sizes and other values that are known while compiling.

use proc_macro2::Span;
use quote::ToTokens;

use crate::errors::{Code, closest, with_suggestion};
use crate::lower::comparisons::relation_of;
use crate::lower::environment::{Binding, Environment, Scope};
use crate::lower::lowering::Lowering;
use crate::lower::messages::signature;
use crate::shape::Dim;
use crate::symbolic::ExpressionId;
use crate::syntax::RawOrPlain;
use crate::syntax::ast::{Argument, Arguments, Assign, Expression, ExpressionKind, Formula, Operator, Statement};

/// The most factors in all products of a size.
const MOST_FACTORS: usize = 256;

/// The number of a typenum alias such as `U128`.
pub(in crate::lower) fn typenum_literal(name: &str) -> Option<i64> {
    let digits = name.rsplit("::").next()?.trim().strip_prefix('U')?;
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

/// The value of a size that is a number or arithmetic of numbers, without reporting mistakes.
#[must_use]
pub fn literal_size(expression: &Expression) -> Option<i64> {
    match &expression.kind {
        ExpressionKind::Number { whole, .. } => *whole,
        ExpressionKind::Name(name) => typenum_literal(&name.to_string()),
        ExpressionKind::Path(path) => typenum_literal(&path.to_string()),
        ExpressionKind::Binary(operator, left, right) => {
            let (left, right) = (literal_size(left)?, literal_size(right)?);
            match operator {
                Operator::Add => left.checked_add(right),
                Operator::Subtract => left.checked_sub(right),
                Operator::Multiply => left.checked_mul(right),
                Operator::Divide => left.checked_div_euclid(right),
                _ => None,
            }
        }
        _ => None,
    }
}

impl Lowering<'_> {
    /// The value of a size; `None` after a mistake, which is reported.
    pub(in crate::lower) fn size(&mut self, expression: &Expression, environment: &Environment) -> Option<Dim> {
        let place = environment.place(expression.span);
        match &expression.kind {
            ExpressionKind::Number { whole: Some(value), .. } => Some(Dim::from(*value)),
            ExpressionKind::Number { .. } => self.mistake(Code::NotASize, place, "a size is a whole number"),
            ExpressionKind::Name(name) => self.named_size(&name.to_string(), expression.span, environment),
            ExpressionKind::Path(path) => Some(self.outside_size(&path.to_string(), path.clone())),
            ExpressionKind::Braced(tokens, value) => self.braced_size(tokens.as_ref(), value, environment, place),
            // arguments that may be `_` are told apart before
            ExpressionKind::Infer => self.mistake(
                Code::InferredSize,
                place,
                "`_` stands for a size that follows from an input, as in `Linear(_ => 10)`: here nothing tells it",
            ),
            ExpressionKind::Negate(value) => {
                let value = self.size(value, environment)?;
                self.fits(Dim::default().subtract(&value), place)
            }
            ExpressionKind::Binary(operator, left, right) => {
                let (left, right) = (self.size(left, environment)?, self.size(right, environment)?);
                self.size_operation(*operator, &left, &right, place)
            }
            ExpressionKind::Call(name, arguments) => self.size_call(name, arguments, environment),
            _ => self.mistake(Code::NotASize, place, "expected a size: a number, a name, or arithmetic of these"),
        }
    }

    /// `min(a, b)`, `max(a, b)`, `where(condition, a, b)`, or a formula of sizes.
    fn size_call(&mut self, name: &syn::Ident, arguments: &Arguments, environment: &Environment) -> Option<Dim> {
        let place = environment.place(name.span());
        let values: Vec<&Expression> = arguments
            .positional
            .iter()
            .filter_map(|argument| if let Argument::Value(value) = argument { Some(value) } else { None })
            .collect();
        match (name.to_string().as_str(), values.as_slice()) {
            ("where", [condition, then, otherwise]) => {
                let holds = self.condition(condition, &mut environment.clone())?;
                self.size(if holds { then } else { otherwise }, environment)
            }
            (which @ ("min" | "max"), [left, right]) => {
                let (left, right) = (self.size(left, environment)?, self.size(right, environment)?);
                let Some(difference) = left.subtract(&right).and_then(|difference| difference.literal()) else {
                    return self.mistake(Code::UndecidedSize, place, format!("`{which}` needs sizes that are numbers"));
                };
                Some(if (difference < 0) == (which == "min") { left } else { right })
            }
            (name, values) => match self.library.size(name) {
                Some(formula) => self.size_formula(formula, values, environment, place),
                None => {
                    self.mistake(Code::NotASize, place, "expected a size: a number, a name, or arithmetic of these")
                }
            },
        }
    }

    /// `size windows(n, k, s) = (n - k)/s + 1;` for given arguments.
    fn size_formula(
        &mut self,
        formula: &Formula,
        values: &[&Expression],
        environment: &Environment,
        place: Span,
    ) -> Option<Dim> {
        let [Statement::Assign(Assign { subscripts: None, value, .. })] = formula.body.as_slice() else {
            return self.mistake(
                Code::FormulaSyntax,
                place,
                format!("a formula of sizes is written `size {}(n) = n + 1;`", formula.name),
            );
        };
        if values.len() != formula.inputs.len() {
            return self.mistake(Code::Usage, place, format!("`{}` is how it is called", signature(formula)));
        }
        let mut inner = Environment::new(&formula.name.to_string(), place, formula.library);
        for (input, given) in formula.inputs.iter().zip(values) {
            let flag = match &given.kind {
                ExpressionKind::Bool(value) => Some(*value),
                ExpressionKind::Name(name) => match environment.names.get(&name.to_string()) {
                    Some(Binding::Bool(value)) => Some(*value),
                    _ => None,
                },
                _ => None,
            };
            let binding = match flag {
                Some(flag) => Binding::Bool(flag),
                None => Binding::Size(self.size(given, environment)?, environment.place(given.span)),
            };
            inner.bind(&input.name.to_string(), binding);
        }
        if !self.unfolds(formula, place) {
            return None;
        }
        self.depth += 1;
        let size = self.size(value, &inner);
        self.depth -= 1;
        size
    }

    fn size_operation(&mut self, operator: Operator, left: &Dim, right: &Dim, place: Span) -> Option<Dim> {
        match operator {
            Operator::Add => self.fits(left.add(right), place),
            Operator::Subtract => self.fits(left.subtract(right), place),
            Operator::Multiply => self.fits(left.multiply(right), place),
            Operator::Divide => match left.divide(right) {
                Some(dim) => Some(dim),
                None => self.mistake(Code::SizeArithmetic, place, format!("the size {left} is divided by {right}")),
            },
            _ => self.mistake(
                Code::NotASize,
                place,
                "sizes can be added, subtracted, multiplied and divided (rounding down)",
            ),
        }
        .and_then(|size| self.short(size, place))
    }

    /// A size, unless it is too long to be computed with.
    fn short(&mut self, size: Dim, place: Span) -> Option<Dim> {
        if size.length() > MOST_FACTORS {
            return self.mistake(
                Code::TooLarge,
                place,
                "this size has too many symbols: names for parts of it would help",
            );
        }
        Some(size)
    }

    /// A result of arithmetic, unless it was too large.
    pub(in crate::lower) fn fits<T>(&mut self, value: Option<T>, place: Span) -> Option<T> {
        if value.is_none() {
            self.errors.report(Code::SizeArithmetic, place, "this size is too large: it does not fit into 63 bits");
        }
        value
    }

    fn named_size(&mut self, name: &str, span: Span, environment: &Environment) -> Option<Dim> {
        match environment.names.get(name) {
            Some(Binding::Size(dim, _)) => return Some(dim.clone()),
            Some(Binding::Unknown) => return None,
            Some(_) => {
                return self.mistake(Code::OtherKind, environment.place(span), format!("`{name}` is not a size"));
            }
            None => {}
        }
        let tokens = syn::Ident::new_raw_or_plain(name, span).into_token_stream();
        let looks_like_a_type = name.starts_with(|c: char| c.is_ascii_uppercase());
        if looks_like_a_type && !environment.library {
            return Some(self.outside_size(name, tokens));
        }
        // a name that is used several times is one mistake
        if !environment.library && !self.unknown_sizes.insert(name.into()) {
            return None;
        }
        let message = format!("there is no size `{name}` here");
        let sizes = environment.names.iter().filter(|(_, binding)| matches!(binding, Binding::Size(..)));
        let known: Vec<&str> = sizes.map(|(known, _)| known.as_str()).collect();
        if environment.library || closest(name, known.iter().copied()).is_some() {
            return self.mistake(Code::UnknownSize, environment.place(span), with_suggestion(message, name, known));
        }
        let help = format!(
            "a constant has a name in capitals, as in `const {}: usize = 8;`, and a type begins with a capital letter",
            name.to_uppercase()
        );
        self.mistake(Code::UnknownSize, environment.place(span), format!("{message}\n\nhelp: {help}"))
    }

    /// A real number that is known while compiling.
    pub(in crate::lower) fn real(
        &mut self,
        expression: &Expression,
        environment: &mut Environment,
    ) -> Option<ExpressionId> {
        let value = self.scalar(expression, environment, &Scope::default())?;
        if self.out.program.pool.reads(value).is_empty() {
            return Some(value);
        }
        let place = environment.place(expression.span);
        self.mistake(Code::NotConstant, place, "expected a number that is known while compiling")
    }

    /// A condition that is known while compiling.
    pub(in crate::lower) fn condition(
        &mut self,
        expression: &Expression,
        environment: &mut Environment,
    ) -> Option<bool> {
        let place = environment.place(expression.span);
        match &expression.kind {
            ExpressionKind::Bool(value) => Some(*value),
            ExpressionKind::Name(name) => match environment.names.get(&name.to_string()) {
                Some(Binding::Bool(value)) => Some(*value),
                Some(Binding::Unknown) => None,
                _ => {
                    self.mistake(Code::Condition, place, format!("`{name}` is not a condition: `true` and `false` are"))
                }
            },
            ExpressionKind::Binary(operator, left, right) => {
                if let Some(same) = self.same_word(left, right, environment) {
                    return Some(same == (*operator == Operator::Equal));
                }
                let Some(relation) = relation_of(*operator) else {
                    return self.mistake(Code::Condition, place, "expected a comparison");
                };
                let [left, right] = [left, right].map(|side| self.known_number(side, environment));
                let (Some(left), Some(right)) = (left?, right?) else {
                    return self.mistake(Code::UndecidedSize, place, "this condition needs sizes that are numbers");
                };
                Some(relation.holds(left, right))
            }
            _ => self.mistake(Code::Condition, place, "expected a condition that is known while compiling"),
        }
    }

    /// The value of a size or of a real number; `Some(None)` where it depends on a size that is not known.
    #[allow(clippy::cast_precision_loss)] // as Rust converts sizes
    fn known_number(&mut self, expression: &Expression, environment: &mut Environment) -> Option<Option<f64>> {
        if self.is_size(expression, environment) {
            return Some(self.size(expression, environment)?.literal().map(|size| size as f64));
        }
        let value = self.real(expression, environment)?;
        Some(self.out.program.constant_value(value))
    }

    /// For `mode == reflect` and `min == none`: whether the left side is bound to the word on the right.
    fn same_word(&self, left: &Expression, right: &Expression, environment: &Environment) -> Option<bool> {
        let (ExpressionKind::Name(left), ExpressionKind::Name(right)) = (&left.kind, &right.kind) else { return None };
        match environment.names.get(&left.to_string()) {
            Some(Binding::Word(word)) => Some(*right == word.as_str()),
            Some(Binding::Nothing) => Some(right == "none"),
            Some(_) if right == "none" => Some(false),
            _ => None,
        }
    }

    /// Whether an expression is of sizes alone, so that its quotients round down.
    pub(in crate::lower) fn is_size(&self, expression: &Expression, environment: &Environment) -> bool {
        match &expression.kind {
            ExpressionKind::Number { whole, .. } => whole.is_some(),
            ExpressionKind::Name(name) => matches!(environment.names.get(&name.to_string()), Some(Binding::Size(..))),
            ExpressionKind::Negate(value) => self.is_size(value, environment),
            ExpressionKind::Binary(_, left, right) => {
                self.is_size(left, environment) && self.is_size(right, environment)
            }
            ExpressionKind::Path(_) => true,
            ExpressionKind::Braced(_, value) => {
                value.as_ref().as_ref().map_or(true, |value| self.is_size(value, environment))
            }
            ExpressionKind::Call(name, arguments) => {
                let name = name.to_string();
                let all = |argument: &Argument| match argument {
                    Argument::Value(value) => self.is_size(value, environment),
                    Argument::Arrow(..) => false,
                };
                self.library.size(&name).is_some()
                    || (matches!(name.as_str(), "min" | "max") && arguments.positional.iter().all(all))
            }
            _ => false,
        }
    }
}
