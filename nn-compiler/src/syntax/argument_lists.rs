//! Argument lists: the parentheses and brackets behind a name.

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Lit, Token, token};

use super::ast::{Argument, Arguments, Binder, Expression, ExpressionKind, SizeItem, Subscript, Type};
use super::tokens::{
    brackets, colon_follows, equals_follows, error_at, expect, list, name, parentheses, parse_rest, seen, take,
};
use crate::errors::{Code, Result};

/// The parser of the expressions in a list. It is given, since it parses lists itself.
pub(super) type Inner<'p> = &'p dyn Fn(ParseStream<'_>) -> Result<Expression>;

/// The functions that take a shape, and give a tensor of one number.
const FILLED: [&str; 3] = ["zeros", "ones", "full"];

/// Parses `(a, b => c, k = 3)`.
pub(super) fn parse_arguments(input: ParseStream<'_>, inner: Inner<'_>) -> Result<Arguments> {
    arguments(input, false, inner)
}

/// Parses the arguments of a function: of one that takes a shape, `([3, N], a)`.
pub(super) fn parse_arguments_of(name: &Ident, input: ParseStream<'_>, inner: Inner<'_>) -> Result<Arguments> {
    arguments(input, FILLED.iter().any(|filled| name == filled), inner)
}

fn arguments(input: ParseStream<'_>, takes_shape: bool, inner: Inner<'_>) -> Result<Arguments> {
    let (content, span) = parentheses(input, Code::ArgumentSyntax, "expected arguments in parentheses")?;
    let mut arguments = Arguments { positional: Vec::new(), keywords: Vec::new(), span };
    if takes_shape && content.peek(token::Bracket) {
        arguments.positional.push(Argument::Value(shape(&content, inner)?));
        if !content.is_empty() {
            expect::<Token![,]>(&content, Code::ArgumentSyntax, "expected `,` or `)`")?;
        }
    }
    list(&content, Code::ArgumentSyntax, ")", |content| {
        if content.peek(Ident::peek_any) && colon_follows(content) {
            let keyword = seen(content)?;
            return Err(error_at(
                content,
                Code::ArgumentSyntax,
                format!("arguments are given with `=`: `{keyword} = …`"),
            ));
        }
        if content.peek(Ident::peek_any) && equals_follows(content) {
            let keyword = seen(content)?;
            take::<Token![=]>(content);
            arguments.keywords.push((keyword, argument(content, inner)?));
        } else if arguments.keywords.is_empty() {
            arguments.positional.push(argument(content, inner)?);
        } else {
            return Err(error_at(content, Code::ArgumentSyntax, "arguments without a name come before those with one"));
        }
        Ok(())
    })?;
    Ok(arguments)
}

/// Parses `[3, N, ..]`.
fn shape(input: ParseStream<'_>, inner: Inner<'_>) -> Result<Expression> {
    let span = input.span();
    let content = brackets(input, Code::ShapeSyntax, "expected a shape such as `[10]`")?;
    let sizes = list(&content, Code::ShapeSyntax, "]", |content| match parse_rest(content)? {
        Some(rest) => Ok(SizeItem::Rest(rest)),
        None => inner(content).map(SizeItem::Size),
    })?;
    Ok(Expression { kind: ExpressionKind::Shape(Type { index: None, ignored: None, sizes, span }), span })
}

fn argument(input: ParseStream<'_>, inner: Inner<'_>) -> Result<Argument> {
    let value = inner(input)?;
    if input.peek(Token![=>]) {
        take::<Token![=>]>(input);
        return Ok(Argument::Arrow(value, inner(input)?));
    }
    Ok(Argument::Value(value))
}

/// Parses the `[i, j: K]` of a reduction.
pub(super) fn parse_binders(input: ParseStream<'_>, inner: Inner<'_>) -> Result<Vec<Binder>> {
    let content = brackets(input, Code::IndexSyntax, "expected the indices in brackets, as in `sum[i](x[i])`")?;
    list(&content, Code::IndexSyntax, "]", |content| {
        if let Some(rest) = parse_rest(content)? {
            return Ok(Binder::Rest(rest));
        }
        if content.peek(Lit) {
            let message =
                "an index has a name, as in `sum[i](x[i])`; an array of layers is called as a whole: `blocks(x)`";
            return Err(error_at(content, Code::IndexSyntax, message));
        }
        let name = name(content, Code::IndexSyntax, "expected the name of an index, as in `sum[i](x[i])`")?;
        let extent = if content.peek(Token![:]) {
            expect::<Token![:]>(content, Code::IndexSyntax, "expected how far the index runs, as in `sum[i: 3](…)`")?;
            Some(inner(content)?)
        } else {
            None
        };
        Ok(Binder::Index(name, extent))
    })
}

/// Indices, and the extents of those that have one written.
pub(super) type Subscripts = (Vec<Subscript>, Vec<(Ident, Expression)>);

/// Parses `[i, j + 1, ..]`; the extent of `[i: N]` is returned apart.
pub(super) fn parse_subscripts(
    input: ParseStream<'_>,
    inner: Inner<'_>,
    extents: &mut Vec<(Ident, Expression)>,
) -> Result<Vec<Subscript>> {
    let content = brackets(input, Code::IndexSyntax, "expected indices in brackets")?;
    list(&content, Code::IndexSyntax, "]", |content| {
        if let Some(rest) = parse_rest(content)? {
            return Ok(Subscript::Rest(rest));
        }
        let at = inner(content)?;
        if let (ExpressionKind::Name(name), true) = (&at.kind, content.peek(Token![:])) {
            take::<Token![:]>(content);
            extents.push((name.clone(), inner(content)?));
        }
        Ok(Subscript::At(at))
    })
}
