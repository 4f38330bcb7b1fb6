//! Statements that choose or refuse while compiling: `if`, `train`, `require`.

use syn::Token;
use syn::parse::ParseStream;

use super::ast::Statement;
use super::expression::parse_expression;
use super::statement::parse_block;
use super::tokens::{error_at, expect, seen, take, word_here};
use crate::errors::{Code, Result};

/// `train { … } infer { … }`
pub(super) fn parse_mode(input: ParseStream<'_>) -> Result<Statement> {
    seen(input)?;
    let train = parse_block(input)?;
    if !word_here(input, "infer") {
        return Err(error_at(
            input,
            Code::StatementSyntax,
            "expected `infer { … }`: what holds when the network predicts",
        ));
    }
    seen(input)?;
    Ok(Statement::Mode { train, infer: parse_block(input)? })
}

/// `require condition, "message";`
pub(super) fn parse_require(input: ParseStream<'_>) -> Result<Statement> {
    seen(input)?;
    let condition = parse_expression(input)?;
    let mut message = None;
    if input.peek(Token![,]) {
        take::<Token![,]>(input);
        message = Some(expect(
            input,
            Code::StatementSyntax,
            "expected what to say where the condition does not hold, in quotes",
        )?);
        take::<Option<Token![,]>>(input);
    }
    expect::<Token![;]>(input, Code::StatementSyntax, "expected an operator or `;` behind the condition")?;
    Ok(Statement::Require { condition, message })
}

pub(super) fn parse_if(input: ParseStream<'_>) -> Result<Statement> {
    take::<Token![if]>(input);
    // a brace after the condition begins the block, so the condition is parsed without one
    let condition = parse_expression(input)?;
    let then = parse_block(input)?;
    let mut otherwise = Vec::new();
    if input.peek(Token![else]) {
        take::<Token![else]>(input);
        otherwise = if input.peek(Token![if]) { vec![parse_if(input)?] } else { parse_block(input)? };
    }
    Ok(Statement::If { condition, then, otherwise })
}
