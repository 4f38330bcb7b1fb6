//! `scan t: T { carry h: [H] = zeros; … next h[j] = …; }`

use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token, token};

use super::ast::{Carry, Expression, ExpressionKind, Scan};
use super::expression::parse_expression;
use super::statement::parse_statement;
use super::tokens::{braces, expect, name, seen, take, word_here};
use super::types::parse_type;
use crate::errors::{Code, Mistake, Result};

const EXAMPLE: &str = "as in `scan t: T { carry h: [H] = zeros; next h[j] = tanh(x[t, j] + h[j]); y[t, j] = h[j]; }`";

/// A scan, whose first word was seen.
pub(super) fn parse_scan(input: ParseStream<'_>) -> Result<Scan> {
    seen(input)?;
    let index = name(input, Code::ScanSyntax, "expected the name of an index, as in `scan t: T { … }`")?;
    expect::<Token![:]>(input, Code::ScanSyntax, "expected how far the index runs, as in `scan t: T { … }`")?;
    let extent = parse_expression(input)?;
    let reversed = parse_reversed(input)?;
    let content = braces(input, Code::ScanSyntax, &format!("expected the statements of a step in braces, {EXAMPLE}"))?;
    let mut carries = Vec::new();
    while begins_carry(&content) {
        carries.push(parse_carry(&content)?);
    }
    let mut body = Vec::new();
    while !content.is_empty() {
        if begins_carry(&content) {
            let message = "a `carry` stands in front of all other statements of a `scan`";
            return Err(Mistake::new(Code::ScanSyntax, content.span(), message));
        }
        body.push(parse_statement(&content)?);
    }
    if carries.is_empty() {
        let message = format!(
            "no step hands anything on to the next one: add a `carry`, {EXAMPLE}; without one, an index on the left of `=` says the same"
        );
        return Err(Mistake::new(Code::ScanSyntax, index.span(), message));
    }
    Ok(Scan { index, extent, reversed, carries, body })
}

fn begins_carry(input: ParseStream<'_>) -> bool {
    word_here(input, "carry") && input.peek2(Ident::peek_any)
}

/// `, reversed` or `, reversed = R`
fn parse_reversed(input: ParseStream<'_>) -> Result<Option<Expression>> {
    if !input.peek(Token![,]) {
        return Ok(None);
    }
    take::<Token![,]>(input);
    if !word_here(input, "reversed") {
        let message = "expected `reversed`, as in `scan t: T, reversed { … }`";
        return Err(Mistake::new(Code::ScanSyntax, input.span(), message));
    }
    let word = seen(input)?;
    if input.peek(Token![=]) {
        take::<Token![=]>(input);
        return parse_expression(input).map(Some);
    }
    Ok(Some(Expression { kind: ExpressionKind::Bool(true), span: word.span() }))
}

/// `carry h: [H] = zeros;`
fn parse_carry(input: ParseStream<'_>) -> Result<Carry> {
    const EXPECTED: &str = "expected a carry, as in `carry h: [H] = zeros;`";
    seen(input)?;
    let name = name(input, Code::ScanSyntax, EXPECTED)?;
    expect::<Token![:]>(input, Code::ScanSyntax, EXPECTED)?;
    if !input.peek(token::Bracket) {
        return Err(Mistake::new(Code::ScanSyntax, input.span(), format!("expected the shape: {EXPECTED}")));
    }
    let shape = parse_type(input)?;
    let expected = "expected the value in the first step, as in `= zeros;` or `= h0;`";
    expect::<Token![=]>(input, Code::ScanSyntax, expected)?;
    let initial = parse_expression(input)?;
    expect::<Token![;]>(input, Code::StatementSyntax, "expected an operator or `;`")?;
    Ok(Carry { name, shape, initial })
}
