//! Functions, layers and losses.

use proc_macro2::TokenStream;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser, Result};
use syn::{Attribute, Ident, Token, Visibility, braced, bracketed, parenthesized, token};

use super::ast::{
    Arguments, Assign, Example, ExampleInput, Expression, ExpressionKind, Formula, FormulaKind, Kind, LayerField,
    Parameter, ParameterStatement, Pattern, SizeItem, Statement, Type, TypedName,
};
use super::expression::{error_at, parse_arguments, parse_expression, parse_size, parse_subscripts};

/// Parses a file of formulas, or what `formulas!` holds.
///
/// # Errors
/// Where the tokens are not such.
pub fn parse_formulas(tokens: TokenStream, library: bool) -> Result<Vec<Formula>> {
    let parse = |input: ParseStream<'_>| {
        let mut formulas = Vec::new();
        while !input.is_empty() {
            input.call(Attribute::parse_outer)?;
            input.parse::<Visibility>()?;
            formulas.push(parse_formula(input, library)?);
        }
        Ok(formulas)
    };
    parse.parse2(tokens)
}

/// Whether a formula begins here: `fn name`, `layer Name` or `loss name`.
pub(super) fn formula_begins(input: ParseStream<'_>) -> bool {
    kind_here(input).is_some() && input.peek2(Ident::peek_any)
}

fn kind_here(input: ParseStream<'_>) -> Option<FormulaKind> {
    if input.peek(Token![fn]) {
        return Some(FormulaKind::Function);
    }
    let word = input.fork().call(Ident::parse_any).ok()?;
    match word.to_string().as_str() {
        "layer" => Some(FormulaKind::Layer),
        "loss" => Some(FormulaKind::Loss),
        _ => None,
    }
}

/// Parses one formula with its examples.
pub(super) fn parse_formula(input: ParseStream<'_>, library: bool) -> Result<Formula> {
    let Some(kind) = kind_here(input) else {
        return Err(error_at(input, "expected `fn`, `layer` or `loss`"));
    };
    input.call(Ident::parse_any)?;
    let name = input.call(Ident::parse_any)?;
    let parameters = parse_parameters(input)?;
    let inputs = parse_typed_names(input)?;
    let (result, body) = parse_result_and_body(input, kind, &name)?;
    let mut examples = Vec::new();
    while keyword_here(input, "example") {
        examples.push(parse_example(input)?);
    }
    Ok(Formula { kind, name, parameters, inputs, result, body, examples, library })
}

/// `= expr;` or `-> y: [N] { … }`.
fn parse_result_and_body(
    input: ParseStream<'_>,
    kind: FormulaKind,
    name: &Ident,
) -> Result<(TypedName, Vec<Statement>)> {
    if input.peek(Token![->]) {
        input.parse::<Token![->]>()?;
        let result = parse_typed_name(input)?;
        return Ok((result, parse_block(input)?));
    }
    if !input.peek(Token![=]) {
        return Err(error_at(input, "expected `= value;` or `-> name { … }`"));
    }
    input.parse::<Token![=]>()?;
    let value = parse_expression(input)?;
    input.parse::<Token![;]>()?;
    let result = Ident::new("result", name.span());
    let span = name.span();
    let scalar = Type { index: None, sizes: Vec::new(), span };
    let shape = (kind == FormulaKind::Loss).then_some(scalar);
    let assign = Assign { name: result.clone(), subscripts: None, value };
    Ok((TypedName { name: result, shape }, vec![Statement::Assign(assign)]))
}

fn keyword_here(input: ParseStream<'_>, keyword: &str) -> bool {
    input.fork().call(Ident::parse_any).is_ok_and(|word| word == keyword)
}

fn parse_parameters(input: ParseStream<'_>) -> Result<Vec<Parameter>> {
    let mut parameters = Vec::new();
    if !input.peek(Token![<]) {
        return Ok(parameters);
    }
    input.parse::<Token![<]>()?;
    while !input.peek(Token![>]) {
        parse_parameter(input, &mut parameters)?;
        if input.peek(Token![>]) {
            break;
        }
        input.parse::<Token![,]>()?;
    }
    input.parse::<Token![>]>()?;
    Ok(parameters)
}

/// `In => Out`, `C`, `kernel: K = 3`, `delta: D: real = 1.0` or `bias: bool = true`.
fn parse_parameter(input: ParseStream<'_>, parameters: &mut Vec<Parameter>) -> Result<()> {
    let first = input.call(Ident::parse_any)?;
    let plain = |pattern, arrow| Parameter { keyword: None, arrow, pattern, kind: Kind::Size, default: None };
    if input.peek(Token![=>]) {
        input.parse::<Token![=>]>()?;
        parameters.push(plain(Pattern::Name(first), true));
        parameters.push(plain(Pattern::Name(input.call(Ident::parse_any)?), false));
        return Ok(());
    }
    if !input.peek(Token![:]) {
        parameters.push(plain(Pattern::Name(first), false));
        return Ok(());
    }
    input.parse::<Token![:]>()?;
    let (pattern, kind) = match parse_kind(input)? {
        Some(kind) => (Pattern::Name(first.clone()), kind),
        None => {
            let pattern = parse_pattern(input)?;
            let kind = if input.peek(Token![:]) {
                input.parse::<Token![:]>()?;
                parse_kind(input)?.ok_or_else(|| error_at(input, "expected `size`, `real` or `bool`"))?
            } else {
                Kind::Size
            };
            (pattern, kind)
        }
    };
    let default = if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        Some(parse_size(input)?)
    } else {
        None
    };
    parameters.push(Parameter { keyword: Some(first), arrow: false, pattern, kind, default });
    Ok(())
}

/// A kind if one stands here: `size`, `real`, `bool` or `one_of(a, b)`.
fn parse_kind(input: ParseStream<'_>) -> Result<Option<Kind>> {
    let simple = [("size", Kind::Size), ("real", Kind::Real), ("bool", Kind::Bool)];
    for (word, kind) in simple {
        if keyword_here(input, word) {
            input.call(Ident::parse_any)?;
            return Ok(Some(kind));
        }
    }
    if keyword_here(input, "one_of") {
        input.call(Ident::parse_any)?;
        let content;
        parenthesized!(content in input);
        let words = content.parse_terminated(Ident::parse_any, Token![,])?;
        return Ok(Some(Kind::Word(words.into_iter().collect())));
    }
    Ok(None)
}

fn parse_pattern(input: ParseStream<'_>) -> Result<Pattern> {
    if input.peek(token::Paren) {
        let content;
        parenthesized!(content in input);
        let parts = content.parse_terminated(parse_pattern, Token![,])?;
        return Ok(Pattern::Tuple(parts.into_iter().collect()));
    }
    Ok(Pattern::Name(input.call(Ident::parse_any)?))
}

/// `(x: [N], t: index<N>)`
pub(super) fn parse_typed_names(input: ParseStream<'_>) -> Result<Vec<TypedName>> {
    let content;
    parenthesized!(content in input);
    Ok(content.parse_terminated(parse_typed_name, Token![,])?.into_iter().collect())
}

fn parse_typed_name(input: ParseStream<'_>) -> Result<TypedName> {
    let name = input.call(Ident::parse_any)?;
    let shape = if input.peek(Token![:]) {
        input.parse::<Token![:]>()?;
        Some(parse_type(input)?)
    } else {
        None
    };
    Ok(TypedName { name, shape })
}

/// `[C, H, W]`, `index<10>` or `index<10>[H, W]`.
pub(super) fn parse_type(input: ParseStream<'_>) -> Result<Type> {
    let span = input.span();
    let mut index = None;
    if keyword_here(input, "index") {
        input.call(Ident::parse_any)?;
        input.parse::<Token![<]>()?;
        index = Some(Box::new(parse_size(input)?));
        input.parse::<Token![>]>()?;
        if !input.peek(token::Bracket) {
            return Ok(Type { index, sizes: Vec::new(), span });
        }
    }
    if !input.peek(token::Bracket) {
        return Err(error_at(input, "expected a shape such as `[10]` or `[1, 28, 28]`"));
    }
    let content;
    bracketed!(content in input);
    let mut sizes = Vec::new();
    while !content.is_empty() {
        if content.peek(Token![..]) {
            sizes.push(SizeItem::Rest(content.parse::<Token![..]>()?.spans[0]));
        } else {
            sizes.push(SizeItem::Size(parse_expression(&content)?));
        }
        if content.is_empty() {
            break;
        }
        content.parse::<Token![,]>()?;
    }
    Ok(Type { index, sizes, span })
}

/// `{ statements }`
fn parse_block(input: ParseStream<'_>) -> Result<Vec<Statement>> {
    let content;
    braced!(content in input);
    let mut statements = Vec::new();
    while !content.is_empty() {
        statements.push(parse_statement(&content)?);
    }
    Ok(statements)
}

fn parse_statement(input: ParseStream<'_>) -> Result<Statement> {
    if input.peek(Token![if]) {
        return parse_if(input);
    }
    if keyword_here(input, "train") && input.peek2(token::Brace) {
        input.call(Ident::parse_any)?;
        let train = parse_block(input)?;
        if !keyword_here(input, "infer") {
            return Err(error_at(input, "expected `infer { … }`: what holds when the network predicts"));
        }
        input.call(Ident::parse_any)?;
        return Ok(Statement::Mode { train, infer: parse_block(input)? });
    }
    if keyword_here(input, "require") && !input.peek2(Token![=]) && !input.peek2(token::Bracket) {
        input.call(Ident::parse_any)?;
        let condition = parse_expression(input)?;
        input.parse::<Token![;]>()?;
        return Ok(Statement::Require(condition));
    }
    if keyword_here(input, "param") && input.peek2(Ident::peek_any) {
        input.call(Ident::parse_any)?;
        return parse_parameter_statement(input);
    }
    if input.peek(Ident::peek_any) && input.peek2(Token![:]) && !input.peek2(Token![::]) {
        let field = parse_layer_field(input)?;
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else {
            input.parse::<Token![;]>()?;
        }
        return Ok(Statement::Layer(field));
    }
    parse_assign(input)
}

fn parse_if(input: ParseStream<'_>) -> Result<Statement> {
    input.parse::<Token![if]>()?;
    // a brace after the condition begins the block, so the condition is parsed without one
    let condition = parse_expression(input)?;
    let then = parse_block(input)?;
    let mut otherwise = Vec::new();
    if input.peek(Token![else]) {
        input.parse::<Token![else]>()?;
        otherwise = if input.peek(Token![if]) { vec![parse_if(input)?] } else { parse_block(input)? };
    }
    Ok(Statement::If { condition, then, otherwise })
}

fn parse_parameter_statement(input: ParseStream<'_>) -> Result<Statement> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![:]>()?;
    let shape = parse_type(input)?;
    input.parse::<Token![=]>()?;
    let initial = parse_expression(input)?;
    input.parse::<Token![;]>()?;
    Ok(Statement::Parameter(ParameterStatement { name, shape, initial }))
}

/// `fc1: Linear(784 => 128)`
pub(super) fn parse_layer_field(input: ParseStream<'_>) -> Result<LayerField> {
    let attributes = input.call(Attribute::parse_outer)?;
    let visibility = input.parse()?;
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![:]>()?;
    let kind = input.call(Ident::parse_any)?;
    let arguments = if input.peek(token::Paren) {
        parse_arguments(input)?
    } else {
        Arguments { positional: Vec::new(), keywords: Vec::new(), span: kind.span() }
    };
    Ok(LayerField { attributes, visibility, name, kind, arguments })
}

/// `y[o] = …;`, `y = …;` or `let y = …;`
pub(super) fn parse_assign(input: ParseStream<'_>) -> Result<Statement> {
    if input.peek(Token![let]) {
        input.parse::<Token![let]>()?;
    }
    let name = input.call(Ident::parse_any)?;
    let subscripts = if input.peek(token::Bracket) { Some(parse_subscripts(input)?) } else { None };
    if !input.peek(Token![=]) {
        return Err(error_at(input, "expected `=`"));
    }
    input.parse::<Token![=]>()?;
    let value = parse_expression(input)?;
    if !input.peek(Token![;]) {
        return Err(error_at(input, "expected an operator or `;`"));
    }
    input.parse::<Token![;]>()?;
    Ok(Statement::Assign(Assign { name, subscripts, value }))
}

/// `example (5 => 3) { x: [5] = uniform(-1, 1) }`
fn parse_example(input: ParseStream<'_>) -> Result<Example> {
    let word = input.call(Ident::parse_any)?;
    let arguments = if input.peek(token::Paren) {
        parse_arguments(input)?
    } else {
        Arguments { positional: Vec::new(), keywords: Vec::new(), span: word.span() }
    };
    let content;
    braced!(content in input);
    let inputs = content.parse_terminated(parse_example_input, Token![,])?.into_iter().collect();
    Ok(Example { arguments, inputs })
}

fn parse_example_input(input: ParseStream<'_>) -> Result<ExampleInput> {
    let name = input.call(Ident::parse_any)?;
    input.parse::<Token![:]>()?;
    let mut sizes = Vec::new();
    if input.peek(token::Bracket) {
        let content;
        bracketed!(content in input);
        for size in content.parse_terminated(syn::LitInt::parse, Token![,])? {
            sizes.push(size.base10_parse()?);
        }
        input.parse::<Token![=]>()?;
    }
    let value = parse_expression(input)?;
    let bounds = match &value.kind {
        ExpressionKind::Call(name, arguments) if name == "uniform" => number(arguments, 0).zip(number(arguments, 1)),
        ExpressionKind::Call(name, _) if name == "index" => Some((0.0, 0.0)),
        _ => None,
    };
    let Some((low, high)) = bounds else {
        return Err(syn::Error::new(value.span, "expected `uniform(low, high)` or `index()`"));
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
        super::ast::Argument::Value(expression) => value(expression),
        super::ast::Argument::Arrow(..) => None,
    }
}
