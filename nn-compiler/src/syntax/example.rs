//! The examples of formulas: arguments with which they are tested.

use syn::Token;
use syn::parse::{Parse, ParseStream};
use syn::token;

use super::argument_lists::parse_arguments;
use super::ast::{Argument, Arguments, Example, ExampleInput, Expression, ExpressionKind};
use super::expression::parse_expression;
use super::tokens::{braces, brackets, expect, list, name};
use crate::errors::{Code, Mistake, Result};

const FORM: &str = "expected the inputs of the example, as in `example (5 => 3) { x: [5] = uniform(-1, 1) }`";

/// `example (5 => 3) { x: [5] = uniform(-1, 1) }`
pub(super) fn parse_example(input: ParseStream<'_>) -> Result<Example> {
    let word = name(input, Code::FormulaSyntax, FORM)?;
    let arguments = if input.peek(token::Paren) {
        parse_arguments(input, &parse_expression)?
    } else {
        Arguments { positional: Vec::new(), keywords: Vec::new(), span: word.span() }
    };
    let content = braces(input, Code::FormulaSyntax, FORM)?;
    Ok(Example { arguments, inputs: list(&content, Code::FormulaSyntax, "}", parse_input)? })
}

fn parse_input(input: ParseStream<'_>) -> Result<ExampleInput> {
    let name = name(input, Code::FormulaSyntax, FORM)?;
    expect::<Token![:]>(input, Code::FormulaSyntax, FORM)?;
    let mut sizes = Vec::new();
    if input.peek(token::Bracket) {
        let content = brackets(input, Code::FormulaSyntax, FORM)?;
        sizes = list(&content, Code::FormulaSyntax, "]", |content| {
            let span = content.span();
            let size = syn::LitInt::parse(content).and_then(|size| size.base10_parse());
            size.map_err(|_| Mistake::new(Code::FormulaSyntax, span, "the sizes of an example are whole numbers"))
        })?;
        expect::<Token![=]>(input, Code::FormulaSyntax, FORM)?;
    }
    let value = parse_expression(input)?;
    let bounds = match &value.kind {
        ExpressionKind::Call(name, arguments) if name == "uniform" => number(arguments, 0).zip(number(arguments, 1)),
        ExpressionKind::Call(name, arguments) if name == "index" => Some((0.0, number(arguments, 0).unwrap_or(0.0))),
        _ => None,
    };
    let Some((low, high)) = bounds else {
        return Err(Mistake::new(
            Code::FormulaSyntax,
            value.span,
            "expected `uniform(low, high)`, `index()` or `index(classes)`",
        ));
    };
    Ok(ExampleInput { name, sizes, low, high })
}

fn number(arguments: &Arguments, at: usize) -> Option<f64> {
    fn value(expression: &Expression) -> Option<f64> {
        match &expression.kind {
            ExpressionKind::Number { value, .. } => Some(*value),
            ExpressionKind::Negate(inner) => value(inner).map(|v| -v),
            _ => None,
        }
    }
    match arguments.positional.get(at)? {
        Argument::Value(expression) => value(expression),
        Argument::Arrow(..) => None,
    }
}
