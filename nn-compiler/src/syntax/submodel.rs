//! Networks as layers of others: `use crate::Body;` brings in the tokens that `#[layer] struct Body` has exported.

use proc_macro2::TokenStream;
use syn::parse::ParseStream;
use syn::{Path, Token, token};

use super::ast::{
    Assign, Expression, ExpressionKind, Field, Formula, FormulaKind, Forward, Network, Statement, Submodel, TypedName,
};
use super::attributes::attributes;
use super::formula::{declared_once, parse_formula};
use super::parse_network;
use super::tokens::{braces, parse_all, parsed, seen, take, word_here};
use crate::errors::{Code, Mistake, Result};

/// Parses the tokens that the paths behind `use` have exported: formulas and networks, each behind the path it came by.
///
/// # Errors
/// Where the tokens are neither, or a network cannot be a layer.
pub fn parse_imported(tokens: TokenStream) -> Result<Vec<Formula>> {
    let formulas = parse_all(tokens, parse_items)?;
    declared_once(&formulas)?;
    Ok(formulas.into_iter().map(|formula| Formula { imported: true, ..formula }).collect())
}

fn parse_items(input: ParseStream<'_>) -> Result<Vec<Formula>> {
    let mut formulas = Vec::new();
    let mut paths: Vec<Path> = Vec::new();
    // formulas that two networks use arrive twice
    let mut seen: Vec<String> = Vec::new();
    while !input.is_empty() {
        if input.peek(Token![use]) {
            take::<Token![use]>(input);
            let path = input.call(Path::parse_mod_style);
            paths.push(path.map_err(|error| Mistake::of_parser(Code::MacroSyntax, &error))?);
            take::<Token![;]>(input);
            continue;
        }
        let before = input.cursor();
        let found = parse_item(input, &paths)?;
        let text = text_between(before, input.cursor());
        if !seen.contains(&text) {
            seen.push(text);
            formulas.extend(found);
        }
    }
    Ok(formulas)
}

fn parse_item(input: ParseStream<'_>, paths: &[Path]) -> Result<Vec<Formula>> {
    if word_here(input, "network") && input.peek2(token::Brace) {
        seen(input)?;
        let network = parse_network(take(&braces(input, Code::MacroSyntax, "expected a network in braces")?))?;
        return as_formulas(network, paths);
    }
    attributes(input)?;
    parsed::<syn::Visibility>(input, Code::FormulaSyntax)?;
    parse_formula(input, false)
}

/// The tokens from one place to another, as text.
fn text_between(from: syn::buffer::Cursor<'_>, to: syn::buffer::Cursor<'_>) -> String {
    let mut text = String::new();
    let mut at = from;
    while at != to {
        let Some((token, rest)) = at.token_tree() else { break };
        text.push_str(&token.to_string());
        text.push(' ');
        at = rest;
    }
    text
}

/// A network as the formula of a layer, and its own formulas.
fn as_formulas(network: Network, paths: &[Path]) -> Result<Vec<Formula>> {
    let place = network.name.span();
    let by_name = |path: &&Path| path.segments.last().is_some_and(|last| last.ident == network.name);
    let path = paths.iter().rev().find(by_name).cloned().unwrap_or_else(|| network.name.clone().into());
    let fields: Vec<Field> = network.fields().collect();
    let Some(Forward { inputs, mut outputs, body, mut results, .. }) = network.forward else {
        return Err(Mistake::new(Code::MissingPart, place, "a network without `forward` cannot be a layer"));
    };
    let (Some(output), Some(value), true) = (outputs.pop(), results.pop(), outputs.is_empty() && results.is_empty())
    else {
        let message = format!("`{}` has several outputs, and a layer gives one", network.name);
        return Err(Mistake::new(Code::NotALayer, place, message));
    };
    let layers = fields.iter().map(|field| field.name().to_string()).collect();
    let result = TypedName { name: syn::Ident::new("output", output.name.span()), ..output };
    let assign = Assign {
        name: result.name.clone(),
        subscripts: None,
        extents: Vec::new(),
        adds: false,
        clips: false,
        value: parenthesised(value),
    };
    let fields = fields.into_iter().map(|field| match field {
        Field::Layer(layer) => Statement::Layer(layer),
        Field::Parameter(parameter) => Statement::Parameter(parameter.statement),
    });
    let formula = Formula {
        kind: FormulaKind::Layer,
        name: network.name,
        parameters: Vec::new(),
        inputs,
        optional: Vec::new(),
        result,
        further: Vec::new(),
        divisor: None,
        body: fields.chain(body).chain([Statement::Assign(assign)]).collect(),
        examples: Vec::new(),
        library: false,
        imported: true,
        network: Some(Submodel { path, layers }),
    };
    Ok(network.formulas.into_iter().chain([formula]).collect())
}

/// The value of a network's output, which may be a tuple of one.
fn parenthesised(value: Expression) -> Expression {
    match value.kind {
        ExpressionKind::Tuple(mut values) if values.len() == 1 => values.remove(0),
        kind => Expression { kind, ..value },
    }
}
