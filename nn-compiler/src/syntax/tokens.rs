//! Tokens one by one: messages name the expected token in the words of the language.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseBuffer, ParseStream, Parser};
use syn::{Ident, Token, braced, bracketed, parenthesized};

use super::ast::Rest;
use crate::errors::{Code, Mistake, OrBug, Result};

/// Parses all tokens. A mistake at the end is shown at the last token, and not at the whole macro.
pub(crate) fn parse_all<T>(tokens: TokenStream, parse: impl FnOnce(ParseStream<'_>) -> Result<T>) -> Result<T> {
    let last = tokens.clone().into_iter().last().map(|token| match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    });
    let mut all = Group::new(Delimiter::Brace, tokens);
    all.set_span(last.unwrap_or_else(Span::call_site));
    // a mistake is kept apart, since `syn` would drop its code
    let mut parsed = None;
    let inside = |input: ParseStream<'_>| {
        let content;
        braced!(content in input);
        parsed = Some(parse(&content));
        Ok(())
    };
    let all_taken = inside.parse2(TokenTree::Group(all).into());
    let parsed = parsed.or_bug("a group of braces was made")?;
    match all_taken {
        Ok(()) => Ok(parsed),
        Err(left) => Err(Mistake::new(Code::NetworkSyntax, left.span(), "this does not belong here: take it out")),
    }
}

/// A mistake at the next token.
pub(super) fn error_at(input: ParseStream<'_>, code: Code, message: impl std::fmt::Display) -> Mistake {
    Mistake::new(code, input.span(), message.to_string())
}

/// A name; `r#type` is `type`.
pub(super) fn name(input: ParseStream<'_>, code: Code, expected: &str) -> Result<Ident> {
    let span = input.span();
    if input.peek(Token![_]) {
        return Err(error_at(input, Code::Underscore, "`_` is no name: choose one, by which it can be used"));
    }
    match input.call(Ident::parse_any) {
        Ok(name) => Ok(name.unraw()),
        Err(_) => Err(Mistake::new(code, span, expected)),
    }
}

/// A name for a type: words that Rust keeps for itself are none.
pub(super) fn type_name(input: ParseStream<'_>, code: Code, expected: &str) -> Result<Ident> {
    let name = name(input, code, expected)?;
    if super::is_keyword(&name.to_string()) {
        let message = format!("`{name}` is a word of Rust and no name for a type: choose another one");
        return Err(Mistake::new(Code::ReservedName, name.span(), message));
    }
    Ok(name)
}

/// A word that was seen to stand here; it may be `_`, which is no name.
pub(super) fn seen(input: ParseStream<'_>) -> Result<Ident> {
    name(input, Code::Underscore, "expected a name")
}

/// A sign that was seen to stand here.
pub(super) fn take<T: Parse>(input: ParseStream<'_>) -> T {
    input.parse().or_bug("a sign that was seen is there")
}

/// A sign such as `;`.
pub(super) fn expect<T: Parse>(input: ParseStream<'_>, code: Code, expected: &str) -> Result<T> {
    let span = input.span();
    input.parse().map_err(|_| Mistake::new(code, span, expected))
}

/// What `syn` parses and has its own words for.
pub(super) fn parsed<T: Parse>(input: ParseStream<'_>, code: Code) -> Result<T> {
    input.parse().map_err(|error| Mistake::of_parser(code, &error))
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
pub(super) fn parentheses<'a>(input: &ParseBuffer<'a>, code: Code, expected: &str) -> Result<(ParseBuffer<'a>, Span)> {
    expecting(input, code, expected, |input| {
        let content;
        let parentheses = parenthesized!(content in input);
        Ok((content, parentheses.span.join()))
    })
}

/// The contents of `{…}`.
pub(super) fn braces<'a>(input: &ParseBuffer<'a>, code: Code, expected: &str) -> Result<ParseBuffer<'a>> {
    expecting(input, code, expected, |input| {
        let content;
        braced!(content in input);
        Ok(content)
    })
}

/// The contents of `[…]`.
pub(super) fn brackets<'a>(input: &ParseBuffer<'a>, code: Code, expected: &str) -> Result<ParseBuffer<'a>> {
    expecting(input, code, expected, |input| {
        let content;
        bracketed!(content in input);
        Ok(content)
    })
}

fn expecting<'a, T>(
    input: &ParseBuffer<'a>,
    code: Code,
    expected: &str,
    parse: impl FnOnce(&ParseBuffer<'a>) -> syn::Result<T>,
) -> Result<T> {
    let span = input.span();
    parse(input).map_err(|_| Mistake::new(code, span, expected))
}

/// Items with commas between them, up to the end.
pub(super) fn list<T>(
    content: ParseStream<'_>,
    code: Code,
    closing: &str,
    mut item: impl FnMut(ParseStream<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(item(content)?);
        if !content.is_empty() {
            expect::<Token![,]>(content, code, &format!("expected `,` or `{closing}`"))?;
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
    let name = if named { Some(seen(input)?) } else { None };
    take::<Token![..]>(input);
    Ok(Some(Rest { name, span }))
}
