//! Expressions: a precedence parser, since `x[a, b]`, `sum[i](…)` and `where(…)` are not Rust.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Result};
use syn::{Ident, Lit, Token, braced, bracketed, parenthesized, token};

use super::ast::{Argument, Arguments, Binder, Expression, ExpressionKind, Operator, Subscript};

/// Deeper nesting is refused, so that no input overflows the stack.
const MAX_DEPTH: usize = 100;

/// Parses an expression.
///
/// # Errors
/// Where the tokens are not one.
pub fn parse_expression(input: ParseStream<'_>) -> Result<Expression> {
    binary(input, 0, 0)
}

/// Parses an expression in which `>` closes a bracket and so is no operator.
pub(super) fn parse_size(input: ParseStream<'_>) -> Result<Expression> {
    binary(input, 2, 0)
}

/// A mistake at the next token.
pub(super) fn error_at(input: ParseStream<'_>, message: impl std::fmt::Display) -> syn::Error {
    syn::Error::new(input.span(), message)
}

fn operator(input: ParseStream<'_>) -> Option<(Operator, usize, usize)> {
    // (operator, precedence, number of characters); `=>` and `=` are none
    let is = |found: bool, operator, precedence, characters| found.then_some((operator, precedence, characters));
    if input.peek(Token![=>]) {
        return None;
    }
    is(input.peek(Token![<=]), Operator::LessEqual, 1, 2)
        .or(is(input.peek(Token![>=]), Operator::GreaterEqual, 1, 2))
        .or(is(input.peek(Token![==]), Operator::Equal, 1, 2))
        .or(is(input.peek(Token![!=]), Operator::NotEqual, 1, 2))
        .or(is(input.peek(Token![<]), Operator::Less, 1, 1))
        .or(is(input.peek(Token![>]), Operator::Greater, 1, 1))
        .or(is(input.peek(Token![+]), Operator::Add, 2, 1))
        .or(is(input.peek(Token![-]), Operator::Subtract, 2, 1))
        .or(is(input.peek(Token![*]), Operator::Multiply, 3, 1))
        .or(is(input.peek(Token![/]), Operator::Divide, 3, 1))
}

fn take_punctuation(input: ParseStream<'_>, characters: usize) -> Result<Span> {
    let span = input.span();
    for _ in 0..characters {
        input.step(|cursor| match cursor.punct() {
            Some((_, rest)) => Ok(((), rest)),
            None => Err(cursor.error("expected an operator")),
        })?;
    }
    Ok(span)
}

fn binary(input: ParseStream<'_>, least: usize, depth: usize) -> Result<Expression> {
    if depth > MAX_DEPTH {
        return Err(error_at(input, "this expression is nested too deeply: give a part of it a name with `let`"));
    }
    let mut left = unary(input, depth)?;
    let mut length = depth;
    while let Some((operator, precedence, characters)) = operator(input) {
        if precedence < least {
            break;
        }
        // a long chain makes a deep tree too
        length += 1;
        if length > depth + 4 * MAX_DEPTH {
            return Err(error_at(input, "this expression is too long: give a part of it a name with `let`"));
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
            return Err(error_at(input, "this chain of calls is too long: give a part of it a name with `let`"));
        }
        if input.peek(token::Bracket) {
            let span = value.span;
            let subscripts = parse_subscripts_at(input, depth + 1)?;
            value = Expression { kind: ExpressionKind::Index(Box::new(value), subscripts), span };
        } else if input.peek(Token![.]) && !input.peek(Token![..]) {
            input.parse::<Token![.]>()?;
            let name = input.call(Ident::parse_any)?;
            if !input.peek(token::Paren) {
                return Err(syn::Error::new(name.span(), format!("expected a call: `.{name}(…)`")));
            }
            let mut arguments = arguments_at(input, depth + 1)?;
            arguments.positional.insert(0, Argument::Value(value));
            let span = name.span();
            value = Expression { kind: ExpressionKind::Call(name, arguments), span };
        } else {
            return Ok(value);
        }
    }
}

fn atom(input: ParseStream<'_>, depth: usize) -> Result<Expression> {
    let span = input.span();
    let make = |kind| Ok(Expression { kind, span });
    if input.peek(token::Paren) {
        let content;
        parenthesized!(content in input);
        return tuple(&content, span, depth);
    }
    if input.peek(token::Brace) {
        let content;
        braced!(content in input);
        let value = binary(&content, 0, depth + 1)?;
        return if content.is_empty() { Ok(value) } else { Err(error_at(&content, "expected an operator or `}`")) };
    }
    if input.peek(Token![_]) {
        input.parse::<Token![_]>()?;
        return make(ExpressionKind::Infer);
    }
    if input.peek(Lit) {
        return literal(input);
    }
    if input.peek(Token![::]) || (input.peek(Ident::peek_any) && input.peek2(Token![::])) {
        let path: syn::Path = input.parse()?;
        return make(ExpressionKind::Path(path.into_token_stream()));
    }
    if input.peek(Ident::peek_any) {
        let name = input.call(Ident::parse_any)?;
        return named(input, name, depth);
    }
    Err(error_at(input, "expected a value: a name, a number or `(`"))
}

fn tuple(content: ParseStream<'_>, span: Span, depth: usize) -> Result<Expression> {
    let mut values = Vec::new();
    let mut comma = false;
    while !content.is_empty() {
        values.push(binary(content, 0, depth + 1)?);
        if content.is_empty() {
            break;
        }
        content.parse::<Token![,]>()?;
        comma = true;
    }
    match values.pop() {
        Some(value) if values.is_empty() && !comma => Ok(value),
        Some(last) => {
            values.push(last);
            Ok(Expression { kind: ExpressionKind::Tuple(values), span })
        }
        None => Err(syn::Error::new(span, "expected a value between the parentheses")),
    }
}

fn literal(input: ParseStream<'_>) -> Result<Expression> {
    let span = input.span();
    let kind = match input.parse()? {
        Lit::Int(number) => {
            let whole: i64 = number.base10_parse().map_err(|_| {
                syn::Error::new(span, "this number is too large: whole numbers go up to 9223372036854775807")
            })?;
            if !number.suffix().is_empty() {
                return Err(syn::Error::new(
                    span,
                    "numbers have no suffix here: their type follows from where they stand",
                ));
            }
            #[allow(clippy::cast_precision_loss)] // as Rust would round it
            ExpressionKind::Number { value: whole as f64, whole: Some(whole) }
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let value: f64 = number.base10_parse()?;
            if !value.is_finite() {
                return Err(syn::Error::new(span, "this number is too large"));
            }
            ExpressionKind::Number { value, whole: None }
        }
        Lit::Bool(value) => ExpressionKind::Bool(value.value),
        _ => return Err(syn::Error::new(span, "expected a number such as `3` or `0.5`")),
    };
    Ok(Expression { kind, span })
}

/// What begins with a name: a variable, a call or a reduction.
fn named(input: ParseStream<'_>, name: Ident, depth: usize) -> Result<Expression> {
    let span = name.span();
    let kind = if input.peek(token::Bracket) && input.peek2(token::Paren) {
        let binders = binders(input, depth)?;
        let content;
        parenthesized!(content in input);
        let body = binary(&content, 0, depth + 1)?;
        if !content.is_empty() {
            return Err(error_at(&content, "expected an operator or `)`"));
        }
        ExpressionKind::Reduce(name, binders, Box::new(body))
    } else if input.peek(token::Paren) {
        let arguments = arguments_at(input, depth + 1)?;
        ExpressionKind::Call(name, arguments)
    } else {
        ExpressionKind::Name(name)
    };
    Ok(Expression { kind, span })
}

fn binders(input: ParseStream<'_>, depth: usize) -> Result<Vec<Binder>> {
    let content;
    bracketed!(content in input);
    let mut binders = Vec::new();
    while !content.is_empty() {
        if content.peek(Token![..]) {
            binders.push(Binder::Rest(content.parse::<Token![..]>()?.spans[0]));
        } else {
            let name = content.call(Ident::parse_any)?;
            let extent = if content.peek(Token![:]) {
                content.parse::<Token![:]>()?;
                Some(binary(&content, 0, depth + 1)?)
            } else {
                None
            };
            binders.push(Binder::Index(name, extent));
        }
        if content.is_empty() {
            break;
        }
        content.parse::<Token![,]>()?;
    }
    Ok(binders)
}

/// Parses `[i, j + 1, ..]`.
pub(super) fn parse_subscripts(input: ParseStream<'_>) -> Result<Vec<Subscript>> {
    parse_subscripts_at(input, 0)
}

fn parse_subscripts_at(input: ParseStream<'_>, depth: usize) -> Result<Vec<Subscript>> {
    let content;
    bracketed!(content in input);
    let mut subscripts = Vec::new();
    while !content.is_empty() {
        if content.peek(Token![..]) {
            subscripts.push(Subscript::Rest(content.parse::<Token![..]>()?.spans[0]));
        } else {
            subscripts.push(Subscript::At(binary(&content, 0, depth + 1)?));
        }
        if content.is_empty() {
            break;
        }
        content.parse::<Token![,]>()?;
    }
    Ok(subscripts)
}

/// Parses `(a, b => c, k = 3)`.
pub(super) fn parse_arguments(input: ParseStream<'_>) -> Result<Arguments> {
    arguments_at(input, 0)
}

fn arguments_at(input: ParseStream<'_>, depth: usize) -> Result<Arguments> {
    let content;
    let parentheses = parenthesized!(content in input);
    let mut arguments = Arguments { positional: Vec::new(), keywords: Vec::new(), span: parentheses.span.join() };
    while !content.is_empty() {
        let is_keyword = content.peek(Ident::peek_any)
            && content.peek2(Token![=])
            && !content.peek2(Token![==])
            && !content.peek2(Token![=>]);
        if is_keyword {
            let keyword = content.call(Ident::parse_any)?;
            content.parse::<Token![=]>()?;
            arguments.keywords.push((keyword, argument(&content, depth)?));
        } else if arguments.keywords.is_empty() {
            arguments.positional.push(argument(&content, depth)?);
        } else {
            return Err(error_at(&content, "arguments without a name come before those with one"));
        }
        if content.is_empty() {
            break;
        }
        if !content.peek(Token![,]) {
            return Err(error_at(&content, "expected `,` or `)`"));
        }
        content.parse::<Token![,]>()?;
    }
    Ok(arguments)
}

fn argument(input: ParseStream<'_>, depth: usize) -> Result<Argument> {
    let value = binary(input, 0, depth + 1)?;
    if input.peek(Token![=>]) {
        input.parse::<Token![=>]>()?;
        return Ok(Argument::Arrow(value, binary(input, 0, depth + 1)?));
    }
    Ok(Argument::Value(value))
}

/// The tokens of an expression's path, for places that keep them.
impl Expression {
    /// The tokens of a path; `None` for anything else.
    #[must_use]
    pub fn as_path(&self) -> Option<&TokenStream> {
        if let ExpressionKind::Path(path) = &self.kind { Some(path) } else { None }
    }
}
