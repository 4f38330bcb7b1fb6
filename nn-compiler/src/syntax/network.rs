//! A whole `network!`.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser, Result};
use syn::{Attribute, Ident, Token, Visibility, braced, token};

use super::ast::{Expression, ExpressionKind, Forward, Loss, Network, Statement, TypedName};
use super::expression::{error_at, parse_expression};
use super::formula::{formula_begins, parse_assign, parse_formula, parse_layer_field, parse_type, parse_typed_names};

/// Parses what stands in `network! { … }`.
///
/// # Errors
/// Where the tokens are not a network.
pub fn parse_network(tokens: TokenStream) -> Result<Network> {
    parse.parse2(tokens)
}

#[derive(Default)]
struct Items {
    network: Option<Network>,
    forward: Option<Forward>,
    loss: Option<Loss>,
    formulas: Vec<super::ast::Formula>,
}

fn parse(input: ParseStream<'_>) -> Result<Network> {
    let mut items = Items::default();
    while !input.is_empty() {
        let attributes = input.call(Attribute::parse_outer)?;
        let visibility: Visibility = input.parse()?;
        parse_item(input, attributes, visibility, &mut items)?;
    }
    let Some(mut network) = items.network else {
        return Err(syn::Error::new(
            Span::call_site(),
            "this network has no layers: declare them with `struct Name { layer: Linear(2 => 1), }`",
        ));
    };
    if items.forward.is_none() {
        return Err(syn::Error::new(
            network.name.span(),
            format!(
                "`{}` has no forward pass: add `fn forward(x: [inputs]) -> [outputs] {{ … }}` behind the struct",
                network.name
            ),
        ));
    }
    network.forward = items.forward;
    network.loss = items.loss;
    network.formulas = items.formulas;
    Ok(network)
}

fn parse_item(
    input: ParseStream<'_>,
    attributes: Vec<Attribute>,
    visibility: Visibility,
    items: &mut Items,
) -> Result<()> {
    let span = input.span();
    let once = |taken: bool, what: &str| {
        if taken { Err(syn::Error::new(span, format!("a network has one {what}"))) } else { Ok(()) }
    };
    if input.peek(Token![struct]) {
        once(items.network.is_some(), "struct only: write another `network!` for another network")?;
        items.network = Some(parse_struct(input, attributes, visibility)?);
    } else if input.peek(Token![fn]) && input.peek2(Ident::peek_any) && second_word_is(input, "forward") {
        once(items.forward.is_some(), "`fn forward` only")?;
        items.forward = Some(parse_forward(input)?);
    } else if formula_begins(input) {
        items.formulas.push(parse_formula(input, false)?);
    } else if input.peek(Ident::peek_any) && input.fork().call(Ident::parse_any)? == "loss" {
        once(
            items.loss.is_some(),
            "`loss` only: add the parts up, as in `loss(t: [1]) = mse(y, t) + 0.1 * l1(y, t);`",
        )?;
        items.loss = Some(parse_loss(input)?);
    } else {
        return Err(error_at(
            input,
            "expected `struct Name { layers }`, `fn forward(…) -> [sizes] { … }`, `loss = name;`, or a formula of your own: `fn`, `layer` or `loss`",
        ));
    }
    Ok(())
}

fn second_word_is(input: ParseStream<'_>, word: &str) -> bool {
    let ahead = input.fork();
    ahead.call(Ident::parse_any).is_ok() && ahead.call(Ident::parse_any).is_ok_and(|second| second == word)
}

fn parse_struct(input: ParseStream<'_>, attributes: Vec<Attribute>, visibility: Visibility) -> Result<Network> {
    input.parse::<Token![struct]>()?;
    let name: Ident = input.parse()?;
    let mut generics = Vec::new();
    if input.peek(Token![<]) {
        input.parse::<Token![<]>()?;
        while !input.peek(Token![>]) {
            generics.push(input.parse()?);
            if !input.peek(Token![,]) {
                break;
            }
            input.parse::<Token![,]>()?;
        }
        input.parse::<Token![>]>()?;
    }
    let mut layers = Vec::new();
    if input.peek(Token![;]) {
        input.parse::<Token![;]>()?;
    } else {
        let content;
        braced!(content in input);
        layers = content.parse_terminated(parse_layer_field, Token![,])?.into_iter().collect();
    }
    Ok(Network { attributes, visibility, name, generics, layers, forward: None, loss: None, formulas: Vec::new() })
}

fn parse_forward(input: ParseStream<'_>) -> Result<Forward> {
    let span = input.parse::<Token![fn]>()?.span;
    input.call(Ident::parse_any)?;
    let inputs = parse_typed_names(input)?;
    if !input.peek(Token![->]) {
        return Err(error_at(input, "expected `-> [sizes]`: the shape of the output"));
    }
    input.parse::<Token![->]>()?;
    let outputs = if input.peek(token::Paren) {
        parse_typed_names(input)?
    } else {
        let shape = parse_type(input)?;
        vec![TypedName { name: Ident::new("output", shape.span), shape: Some(shape) }]
    };
    let content;
    braced!(content in input);
    let (body, results) = parse_forward_body(&content)?;
    Ok(Forward { inputs, outputs, body, results, span })
}

/// `let x = …;` any number of times, then the value or `(value, value)`.
fn parse_forward_body(input: ParseStream<'_>) -> Result<(Vec<Statement>, Vec<Expression>)> {
    let mut statements = Vec::new();
    while input.peek(Token![let]) {
        statements.push(parse_assign(input)?);
    }
    if input.is_empty() {
        return Err(error_at(input, "expected the value of the output at the end of `forward`"));
    }
    let value = parse_expression(input)?;
    if !input.is_empty() {
        return Err(error_at(
            input,
            "expected the end of `forward`: a value in between is kept with `let name = …;`, and the last one has no `;`",
        ));
    }
    let results = match value.kind {
        ExpressionKind::Tuple(values) => values,
        _ => vec![value],
    };
    Ok((statements, results))
}

fn parse_loss(input: ParseStream<'_>) -> Result<Loss> {
    let span = input.span();
    input.call(Ident::parse_any)?;
    let targets = if input.peek(token::Paren) { parse_typed_names(input)? } else { Vec::new() };
    input.parse::<Token![=]>()?;
    let value = parse_expression(input)?;
    input.parse::<Token![;]>()?;
    Ok(Loss { targets, value, span })
}
