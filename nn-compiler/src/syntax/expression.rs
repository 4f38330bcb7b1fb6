//! Expressions: a precedence parser, since `x[a, b]`, `sum[i](…)` and `where(…)` are not Rust.

use proc_macro2::{Punct, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Lit, Token, token};

use super::argument_lists::{parse_arguments_of, parse_binders, parse_subscripts};
use super::ast::{Argument, Expression, ExpressionKind, Operator};
use super::habits;
use super::tokens::{braces, error_at, list, name, parentheses, seen, take};
use crate::errors::{Code, Mistake, OrBug, Result};

/// Deeper nesting is refused, so that no input overflows the stack.
const MAX_DEPTH: usize = 100;

/// Parses an expression.
///
/// # Errors
/// Where the tokens are no expression.
pub fn parse_expression(input: ParseStream<'_>) -> Result<Expression> {
    binary(input, 0, 0)
}

/// Parses an expression in which `>` closes a bracket and so is no operator.
pub(super) fn parse_size(input: ParseStream<'_>) -> Result<Expression> {
    binary(input, 2, 0)
}

fn operator(input: ParseStream<'_>) -> Result<Option<(Operator, usize, usize)>> {
    // (operator, precedence, number of characters); `=>` and `=` are none
    let is = |found: bool, operator, precedence, characters| found.then_some((operator, precedence, characters));
    if input.peek(Token![=>]) {
        return Ok(None);
    }
    habits::operator(input)?;
    Ok(is(input.peek(Token![<=]), Operator::LessEqual, 1, 2)
        .or(is(input.peek(Token![>=]), Operator::GreaterEqual, 1, 2))
        .or(is(input.peek(Token![==]), Operator::Equal, 1, 2))
        .or(is(input.peek(Token![!=]), Operator::NotEqual, 1, 2))
        .or(is(input.peek(Token![<]), Operator::Less, 1, 1))
        .or(is(input.peek(Token![>]), Operator::Greater, 1, 1))
        .or(is(input.peek(Token![+]), Operator::Add, 2, 1))
        .or(is(input.peek(Token![-]), Operator::Subtract, 2, 1))
        .or(is(input.peek(Token![*]), Operator::Multiply, 3, 1))
        .or(is(input.peek(Token![/]), Operator::Divide, 3, 1)))
}

fn take_punctuation(input: ParseStream<'_>, characters: usize) -> Result<Span> {
    let span = input.span();
    for _ in 0..characters {
        take::<Punct>(input);
    }
    Ok(span)
}

/// The parser of expressions at a depth.
fn nested(depth: usize) -> impl Fn(ParseStream<'_>) -> Result<Expression> {
    move |input| binary(input, 0, depth)
}

fn binary(input: ParseStream<'_>, least: usize, depth: usize) -> Result<Expression> {
    if depth > MAX_DEPTH {
        return Err(error_at(
            input,
            Code::TooDeep,
            "this expression is nested too deeply: give a part of it a name with `let`",
        ));
    }
    let mut left = unary(input, depth)?;
    let mut length = depth;
    while let Some((operator, precedence, characters)) = operator(input)? {
        if precedence < least {
            break;
        }
        // a long chain makes a deep tree too
        length += 1;
        if length > depth + 4 * MAX_DEPTH {
            return Err(error_at(
                input,
                Code::TooDeep,
                "this expression is too long: give a part of it a name with `let`",
            ));
        }
        let span = take_punctuation(input, characters)?;
        let right = binary(input, precedence + 1, depth + 1)?;
        left = Expression { kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(right)), span };
    }
    Ok(left)
}

fn unary(input: ParseStream<'_>, depth: usize) -> Result<Expression> {
    if input.peek(Token![-]) {
        let span = take_punctuation(input, 1)?;
        let value = binary(input, 4, depth + 1)?;
        return Ok(Expression { kind: ExpressionKind::Negate(Box::new(value)), span });
    }
    let value = atom(input, depth)?;
    postfix(input, value, depth)
}

fn postfix(input: ParseStream<'_>, mut value: Expression, depth: usize) -> Result<Expression> {
    let mut length = 0;
    loop {
        length += 1;
        if length > 4 * MAX_DEPTH {
            return Err(error_at(
                input,
                Code::TooDeep,
                "this chain of calls is too long: give a part of it a name with `let`",
            ));
        }
        if input.peek(token::Bracket) {
            let span = value.span;
            let mut extents = Vec::new();
            let subscripts = parse_subscripts(input, &nested(depth + 2), &mut extents)?;
            if let Some((name, _)) = extents.first() {
                let message = format!("how far `{name}` runs is said on the left of `=`, or in a `sum[{name}: N](…)`");
                return Err(Mistake::new(Code::IndexSyntax, name.span(), message));
            }
            value = Expression { kind: ExpressionKind::Index(Box::new(value), subscripts), span };
        } else if input.peek(Token![.]) && !input.peek(Token![..]) {
            value = method(input, value, depth)?;
        } else {
            return Ok(value);
        }
    }
}

/// `.relu()` behind a value, or `.weight` behind a layer.
fn method(input: ParseStream<'_>, value: Expression, depth: usize) -> Result<Expression> {
    take::<Token![.]>(input);
    let name = name(input, Code::ValueSyntax, "expected a function behind `.`, as in `x.relu()`")?;
    if matches!(&value.kind, ExpressionKind::Name(receiver) if receiver == "self") {
        let message = format!("leave out `self.`: layers, parameters and values are called by their names, `{name}`");
        return Err(Mistake::new(Code::SelfReceiver, value.span, message));
    }
    if !input.peek(token::Paren) {
        if matches!(value.kind, ExpressionKind::Name(_) | ExpressionKind::Field(..)) {
            let span = name.span();
            return Ok(Expression { kind: ExpressionKind::Field(Box::new(value), name), span });
        }
        return Err(Mistake::new(Code::ValueSyntax, name.span(), format!("expected a call: `.{name}(…)`")));
    }
    let mut arguments = parse_arguments_of(&name, input, &nested(depth + 2))?;
    arguments.positional.insert(0, Argument::Value(value));
    let span = name.span();
    Ok(Expression { kind: ExpressionKind::Call(name, arguments), span })
}

fn atom(input: ParseStream<'_>, depth: usize) -> Result<Expression> {
    let span = input.span();
    let make = |kind| Ok(Expression { kind, span });
    if input.peek(token::Paren) {
        let (content, _) = parentheses(input, Code::ValueSyntax, "")?;
        return tuple(&content, span, depth);
    }
    if input.peek(token::Brace) {
        let content = braces(input, Code::ValueSyntax, "")?;
        let tokens: TokenStream = content.fork().parse().or_bug("tokens are tokens");
        let value = block(&content, span, depth);
        // what is left of a mistake in it says nothing more
        take::<TokenStream>(&content);
        let value = match value {
            Ok(value) if is_arithmetic(&value) => return Ok(value),
            value => value,
        };
        let rust = syn::parse2::<syn::Expr>(tokens.clone()).is_ok().then_some(tokens);
        return match (value, rust) {
            // statements are no size, and no other expression of Rust is a value here
            (Err(error), None) => Err(error),
            (value, rust) => make(ExpressionKind::Braced(rust, Box::new(value))),
        };
    }
    if input.peek(Token![_]) {
        take::<Token![_]>(input);
        return make(ExpressionKind::Infer);
    }
    if input.peek(Lit) {
        return literal(input);
    }
    habits::value(input)?;
    if input.peek(Token![::]) || (input.peek(Ident::peek_any) && input.peek2(Token![::])) {
        return make(ExpressionKind::Path(path(input)?));
    }
    if input.peek(Ident::peek_any) {
        let name = seen(input)?;
        return named(input, name, depth);
    }
    let message = if input.peek(Token![:]) {
        "there are no ranges in brackets: `x.select(0, -1)` is the last part along axis 0, `x.narrow(0, 0, 2)` the first two"
    } else {
        "expected a value: a name, a number or `(`"
    };
    Err(error_at(input, Code::ValueSyntax, message))
}

/// The value in braces.
fn block(content: ParseStream<'_>, span: Span, depth: usize) -> Result<Expression> {
    let message = "a block holds one value and nothing else: put its lines in front of this one, or into a function of your own, as in `fn name(x: [N]) -> y: [N] { … }`";
    if content.peek(Token![let]) && content.peek2(Ident::peek_any) {
        return Err(Mistake::new(Code::RustConstruct, span, message));
    }
    let value = binary(content, 0, depth + 1)?;
    match content.is_empty() {
        true => Ok(value),
        false if content.peek(Token![;]) || content.peek(Token![=]) => {
            Err(Mistake::new(Code::RustConstruct, span, message))
        }
        false => Err(error_at(content, Code::ValueSyntax, "expected an operator or `}`")),
    }
}

/// Whether an expression is arithmetic of names and numbers.
fn is_arithmetic(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Number { .. } | ExpressionKind::Name(_) | ExpressionKind::Path(_) => true,
        ExpressionKind::Negate(value) => is_arithmetic(value),
        ExpressionKind::Binary(operator, left, right) => {
            let is_known =
                matches!(operator, Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide);
            is_known && is_arithmetic(left) && is_arithmetic(right)
        }
        _ => false,
    }
}

/// `crate::config::Width`
fn path(input: ParseStream<'_>) -> Result<TokenStream> {
    let span = input.span();
    let path: syn::Path = input.parse().map_err(|_| {
        Mistake::new(Code::ValueSyntax, span, "expected the path of a typenum type, as in `crate::config::Width`")
    })?;
    match path.segments.last() {
        Some(last) if input.peek(token::Paren) => {
            let message = format!("functions are called by their names alone: `{}(…)`", last.ident);
            Err(Mistake::new(Code::ValueSyntax, span, message))
        }
        _ => Ok(path.into_token_stream()),
    }
}

fn tuple(content: ParseStream<'_>, span: Span, depth: usize) -> Result<Expression> {
    let mut comma = false;
    let mut values = list(content, Code::ValueSyntax, ")", |content| {
        let value = binary(content, 0, depth + 1)?;
        comma |= content.peek(Token![,]);
        Ok(value)
    })?;
    match values.pop() {
        Some(value) if values.is_empty() && !comma => Ok(value),
        Some(last) => {
            values.push(last);
            Ok(Expression { kind: ExpressionKind::Tuple(values), span })
        }
        None => Err(Mistake::new(Code::ValueSyntax, span, "expected a value between the parentheses")),
    }
}

fn literal(input: ParseStream<'_>) -> Result<Expression> {
    const TOO_LARGE: &str = "this number is too large";
    let span = input.span();
    let mistake = |message: &str| Mistake::new(Code::Literal, span, message);
    let kind = match take::<Lit>(input) {
        Lit::Int(number) => {
            let whole: i64 = number
                .base10_parse()
                .map_err(|_| mistake("this number is too large: whole numbers go up to 9223372036854775807"))?;
            if !number.suffix().is_empty() {
                return Err(mistake("numbers have no suffix here: their type follows from where they stand"));
            }
            #[allow(clippy::cast_precision_loss)] // as Rust would round it
            ExpressionKind::Number { value: whole as f64, whole: Some(whole) }
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let value: f64 = number.base10_parse().map_err(|_| mistake(TOO_LARGE))?;
            if !value.is_finite() {
                return Err(mistake(TOO_LARGE));
            }
            ExpressionKind::Number { value, whole: None }
        }
        Lit::Float(_) => return Err(mistake("numbers have no suffix here: their type follows from where they stand")),
        Lit::Bool(value) => ExpressionKind::Bool(value.value),
        Lit::Str(text) => {
            return Err(mistake(&format!("words and numbers stand without quotes: `{}`", text.value())));
        }
        _ => return Err(mistake("expected a number such as `3` or `0.5`")),
    };
    Ok(Expression { kind, span })
}

/// An expression that begins with a name: a variable, a call or a reduction.
fn named(input: ParseStream<'_>, name: Ident, depth: usize) -> Result<Expression> {
    let span = name.span();
    let kind = if input.peek(token::Bracket) && input.peek2(token::Paren) {
        let binders = parse_binders(input, &nested(depth + 1))?;
        let (content, _) = parentheses(input, Code::ValueSyntax, "")?;
        let body = binary(&content, 0, depth + 1)?;
        take::<Option<Token![,]>>(&content);
        if !content.is_empty() {
            return Err(error_at(&content, Code::ValueSyntax, "expected an operator or `)`"));
        }
        ExpressionKind::Reduce(name, binders, Box::new(body))
    } else if input.peek(token::Paren) {
        let arguments = parse_arguments_of(&name, input, &nested(depth + 2))?;
        ExpressionKind::Call(name, arguments)
    } else {
        ExpressionKind::Name(name)
    };
    Ok(Expression { kind, span })
}
