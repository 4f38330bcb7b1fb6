//! Tokens one by one: messages name the expected token in the words of the language.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseBuffer, ParseStream, Parser, Result};
use syn::{Attribute, Ident, Token, braced, bracketed, parenthesized};

use super::ast::Rest;

/// Parses all tokens. A mistake at the end is shown at the last token, and not at the whole macro.
pub(crate) fn parse_all<T>(tokens: TokenStream, parse: impl FnOnce(ParseStream<'_>) -> Result<T>) -> Result<T> {
    let last = tokens.clone().into_iter().last().map(|token| match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    });
    let mut all = Group::new(Delimiter::Brace, tokens);
    all.set_span(last.unwrap_or_else(Span::call_site));
    let inside = |input: ParseStream<'_>| parse(&braces(input, "")?);
    inside.parse2(TokenTree::Group(all).into()).map_err(|error| {
        // the message of syn for tokens left over in a group
        let left_over = error.to_string().starts_with("unexpected token");
        if left_over { syn::Error::new(error.span(), "this does not belong here: take it out") } else { error }
    })
}

/// Attributes and doc comments.
pub(super) fn attributes(input: ParseStream<'_>) -> Result<Vec<Attribute>> {
    let span = input.span();
    input.call(Attribute::parse_outer).map_err(|_| syn::Error::new(span, "expected an attribute such as `#[allow(…)]`"))
}

/// A mistake at the next token.
pub(super) fn error_at(input: ParseStream<'_>, message: impl std::fmt::Display) -> syn::Error {
    syn::Error::new(input.span(), message)
}

/// A name; `r#type` is `type`.
pub(super) fn name(input: ParseStream<'_>, expected: &str) -> Result<Ident> {
    let span = input.span();
    if input.peek(Token![_]) {
        return Err(error_at(input, "`_` is no name: choose one, by which it can be used"));
    }
    match input.call(Ident::parse_any) {
        Ok(name) => Ok(name.unraw()),
        Err(_) => Err(syn::Error::new(span, expected)),
    }
}

/// A sign such as `;`.
pub(super) fn expect<T: Parse>(input: ParseStream<'_>, expected: &str) -> Result<T> {
    let span = input.span();
    input.parse().map_err(|_| syn::Error::new(span, expected))
}

/// Whether the next token is this word.
pub(super) fn word_here(input: ParseStream<'_>, word: &str) -> bool {
    input.fork().call(Ident::parse_any).is_ok_and(|found| found == word)
}

/// Whether one `:` comes second.
pub(super) fn colon_follows(input: ParseStream<'_>) -> bool {
    input.peek2(Token![:]) && !input.peek2(Token![::])
}

/// Whether one `=` comes second.
pub(super) fn equals_follows(input: ParseStream<'_>) -> bool {
    input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>])
}

/// The contents of `(…)`, and its span.
pub(super) fn parentheses<'a>(input: &ParseBuffer<'a>, expected: &str) -> Result<(ParseBuffer<'a>, Span)> {
    expecting(input, expected, |input| {
        let content;
        let parentheses = parenthesized!(content in input);
        Ok((content, parentheses.span.join()))
    })
}

/// The contents of `{…}`.
pub(super) fn braces<'a>(input: &ParseBuffer<'a>, expected: &str) -> Result<ParseBuffer<'a>> {
    expecting(input, expected, |input| {
        let content;
        braced!(content in input);
        Ok(content)
    })
}

/// The contents of `[…]`.
pub(super) fn brackets<'a>(input: &ParseBuffer<'a>, expected: &str) -> Result<ParseBuffer<'a>> {
    expecting(input, expected, |input| {
        let content;
        bracketed!(content in input);
        Ok(content)
    })
}

fn expecting<'a, T>(
    input: &ParseBuffer<'a>,
    expected: &str,
    parse: impl FnOnce(&ParseBuffer<'a>) -> Result<T>,
) -> Result<T> {
    let span = input.span();
    parse(input).map_err(|_: syn::Error| syn::Error::new(span, expected))
}

/// Items with commas between them, up to the end.
pub(super) fn list<T>(
    content: ParseStream<'_>,
    closing: &str,
    mut item: impl FnMut(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(item(content)?);
        if !content.is_empty() {
            expect::<Token![,]>(content, &format!("expected `,` or `{closing}`"))?;
        }
    }
    Ok(items)
}

/// `..` or `N..`, if it stands here.
pub(super) fn parse_rest(input: ParseStream<'_>) -> Result<Option<Rest>> {
    let named = input.peek(Ident::peek_any) && input.peek2(Token![..]);
    if !named && !input.peek(Token![..]) {
        return Ok(None);
    }
    let span = input.span();
    let name = if named { Some(name(input, "")?) } else { None };
    input.parse::<Token![..]>()?;
    Ok(Some(Rest { name, span }))
}
