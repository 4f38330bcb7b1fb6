//! A whole `network!`.

use proc_macro2::{Delimiter, TokenTree};
use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, Token, Visibility, token};

use super::ast::{
    Expression, ExpressionKind, Field, Formula, Forward, Loss, Network, ParameterField, Statement, TypedName,
    WeightsFile,
};
use super::attributes::{attributes, take_allowed, take_derivatives, take_folded, take_stream};
use super::expression::{parse_expression, parse_size};
use super::formula::{declared_once, formula_begins, parse_formula};
use super::statement::{parse_field, parse_let};
use super::tokens::{
    braces, colon_follows, equals_follows, error_at, expect, list, name, parentheses, parse_all, parsed, seen, take,
    type_name, word_here,
};
use super::types::{parse_type, parse_typed_name, parse_typed_names};
use super::weights::parse_weights;
use crate::errors::{Code, Mistake, Result};

/// Parses the contents of `network! { … }`.
///
/// # Errors
/// Where the tokens are not a network.
pub fn parse_network(tokens: TokenStream) -> Result<Network> {
    parse_all(tokens, parse)
}

#[derive(Default)]
struct Items {
    network: Option<Network>,
    forward: Option<Forward>,
    loss: Option<Loss>,
    weights: Option<WeightsFile>,
    names_weights: bool,
    formulas: Vec<Formula>,
}

fn parse(input: ParseStream<'_>) -> Result<Network> {
    let mut items = Items::default();
    while !input.is_empty() {
        let attributes = attributes(input)?;
        let visibility: Visibility = parsed(input, Code::NetworkSyntax)?;
        parse_item(input, attributes, visibility, &mut items)?;
    }
    let Some(mut network) = items.network else {
        return Err(Mistake::new(
            Code::MissingPart,
            Span::call_site(),
            "this network has no layers: declare them with `struct Name { layer: Linear(2 => 1), }`",
        ));
    };
    if items.forward.is_none() {
        return Err(Mistake::new(
            Code::MissingPart,
            network.name.span(),
            format!(
                "`{}` has no forward pass: add `fn forward(x: [inputs]) -> [outputs] {{ … }}` behind the struct",
                network.name
            ),
        ));
    }
    declared_once(&items.formulas)?;
    network.forward = items.forward;
    network.loss = items.loss;
    network.weights = items.weights;
    network.names_weights = items.names_weights;
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
        if taken { Err(Mistake::new(Code::PartTwice, span, format!("a network has one {what}"))) } else { Ok(()) }
    };
    if input.peek(Token![struct]) {
        once(items.network.is_some(), "struct only: write another `network!` for another network")?;
        items.network = Some(parse_struct(input, attributes, visibility)?);
    } else if input.peek(Token![fn]) && second_word_is(input, "forward") {
        once(items.forward.is_some(), "`fn forward` only")?;
        items.forward = Some(parse_forward(input)?);
    } else if formula_begins(input) {
        not_meant_otherwise(input)?;
        items.formulas.extend(parse_formula(input, false)?);
    } else if word_here(input, "loss") {
        once(
            items.loss.is_some(),
            "`loss` only: add the parts up, as in `loss(t: [1]) = mse(y, t) + 0.1 * l1(y, t);`",
        )?;
        items.loss = Some(parse_loss(input)?);
    } else if word_here(input, "weights") {
        once(items.weights.is_some(), "file of weights")?;
        items.names_weights = true;
        items.weights = Some(parse_weights(input)?);
    } else if input.peek(Token![use]) {
        return Err(error_at(input, Code::MacroSyntax, "`use` stands in front of the struct: the formulas come first"));
    } else {
        return Err(error_at(
            input,
            Code::NetworkSyntax,
            "expected `struct Name { layers }`, `fn forward(…) -> [sizes] { … }`, `loss = name;`, `weights = \"file.safetensors\";`, or a formula of your own: `fn`, `layer` or `loss`",
        ));
    }
    Ok(())
}

fn second_word_is(input: ParseStream<'_>, word: &str) -> bool {
    let ahead = input.fork();
    ahead.call(Ident::parse_any).is_ok() && word_here(&ahead, word)
}

/// Refuses a `fn` that was meant to be `forward` or the loss.
fn not_meant_otherwise(input: ParseStream<'_>) -> Result<()> {
    if !input.peek(Token![fn]) {
        return Ok(());
    }
    let ahead = input.fork();
    take::<Token![fn]>(&ahead);
    let name = name(&ahead, Code::FormulaSyntax, "expected a name")?;
    if name == "loss" {
        let message = "a loss has no `fn`: write `loss = mse;`, or `loss(t: [2]) = mse(output, t);`";
        return Err(Mistake::new(Code::MisnamedFunction, name.span(), message));
    }
    let parameters = parse_typed_names(&ahead).is_ok() && ahead.parse::<Token![->]>().is_ok();
    let tuple = ahead.peek(token::Paren) && !has_several_results(&ahead);
    if parameters && (ahead.peek(token::Bracket) || tuple || word_here(&ahead, "index")) {
        let message = format!(
            "there is no `fn {name}` in a network: its forward pass is called `forward`\n\nhelp: in a function of your own the result has a name: `fn {name}(…) -> y: [sizes] {{ y = …; }}`"
        );
        return Err(Mistake::new(Code::MisnamedFunction, name.span(), message));
    }
    Ok(())
}

/// Whether the results in parentheses are those of a formula: its body ends with a definition, and that of `forward` with
/// a value.
fn has_several_results(ahead: ParseStream<'_>) -> bool {
    let ahead = ahead.fork();
    let named = parse_typed_names(&ahead).is_ok();
    let body = ahead.parse::<proc_macro2::Group>();
    match body.ok().and_then(|body| body.stream().into_iter().last()) {
        Some(TokenTree::Punct(punct)) => named && punct.as_char() == ';',
        Some(TokenTree::Group(group)) => named && group.delimiter() == Delimiter::Brace,
        _ => false,
    }
}

fn parse_struct(input: ParseStream<'_>, attributes: Vec<Attribute>, visibility: Visibility) -> Result<Network> {
    const LAYERS: &str = "expected the layers in braces, as in `struct Name { layer: Linear(2 => 1) }`";
    take::<Token![struct]>(input);
    let name = type_name(input, Code::NetworkSyntax, "expected the network's name, as in `struct Name { … }`")?;
    let (generics, defaults) = if input.peek(Token![<]) { parse_generics(input)? } else { Default::default() };
    if input.peek(Token![where]) {
        return Err(error_at(input, Code::NetworkSyntax, "type parameters are sizes by themselves: leave out `where`"));
    }
    let fields = if input.peek(Token![;]) {
        take::<Token![;]>(input);
        Vec::new()
    } else {
        list(&braces(input, Code::NetworkSyntax, LAYERS)?, Code::NetworkSyntax, "}", parse_field)?
    };
    let (mut layers, mut parameters) = (Vec::new(), Vec::new());
    for field in fields {
        match field {
            Field::Layer(layer) => layers.push(layer),
            Field::Parameter(parameter) => parameters.push(ParameterField { behind: layers.len(), ..parameter }),
        }
    }
    let mut attributes = attributes;
    let folded = take_folded(&mut attributes)?;
    let allowed = take_allowed(&mut attributes);
    let stream = take_stream(&mut attributes)?;
    let derivatives = take_derivatives(&mut attributes)?;
    let all = attributes.len();
    attributes.retain(|attribute| !attribute.path().is_ident("layer"));
    let is_layer = attributes.len() < all;
    if is_layer && !generics.is_empty() {
        let message = "a network with `#[layer]` has sizes that are numbers: leave out the type parameters";
        return Err(Mistake::new(Code::NotALayer, generics[0].span(), message));
    }
    Ok(Network {
        attributes,
        visibility,
        name,
        is_layer,
        folded,
        allowed,
        stream,
        derivatives,
        generics,
        defaults,
        layers,
        parameters,
        forward: None,
        loss: None,
        weights: None,
        names_weights: false,
        formulas: Vec::new(),
    })
}

/// `<In, Hidden = 64, Out = 10>`
fn parse_generics(input: ParseStream<'_>) -> Result<(Vec<Ident>, Vec<Option<Expression>>)> {
    const NAMES: &str = "type parameters are sizes, and names alone: `struct Name<In, Out> { … }`, used as `Name<U8, U2>` with the types of `typenum`";
    take::<Token![<]>(input);
    let (mut generics, mut defaults) = (Vec::new(), Vec::new());
    while !input.peek(Token![>]) {
        if input.peek(Token![const]) {
            return Err(error_at(input, Code::NetworkSyntax, NAMES));
        }
        let name = type_name(input, Code::NetworkSyntax, NAMES)?;
        let default = if input.peek(Token![=]) {
            take::<Token![=]>(input);
            Some(parse_size(input)?)
        } else {
            None
        };
        if default.is_none() && defaults.last().is_some_and(Option::is_some) {
            let message = format!("`{name}` stands behind one with a default, so it needs a default too: `{name} = 8`");
            return Err(Mistake::new(Code::NetworkSyntax, name.span(), message));
        }
        generics.push(name);
        defaults.push(default);
        if !input.peek(Token![>]) {
            expect::<Token![,]>(input, Code::NetworkSyntax, NAMES)?;
        }
    }
    take::<Token![>]>(input);
    Ok((generics, defaults))
}

fn parse_forward(input: ParseStream<'_>) -> Result<Forward> {
    let span = take::<Token![fn]>(input).span;
    seen(input)?;
    let inputs = parse_typed_names(input)?;
    expect::<Token![->]>(input, Code::ForwardSyntax, "expected `-> [sizes]`: the shape of the output")?;
    let outputs = if input.peek(token::Paren) {
        parse_typed_names(input)?
    } else if input.peek(Ident::peek_any) && colon_follows(input) {
        return Err(error_at(input, Code::ForwardSyntax, "a single output has no name: `-> [10]`"));
    } else {
        let shape = parse_type(input)?;
        vec![TypedName { name: Ident::new("output", shape.span), shape: Some(shape) }]
    };
    let content = braces(input, Code::ForwardSyntax, "expected the forward pass in braces, as in `{ layer(x) }`")?;
    let (body, results) = parse_forward_body(&content)?;
    Ok(Forward { inputs, outputs, body, results, span })
}

/// `let x = …;` any number of times, then the value or `(value, value)`.
fn parse_forward_body(input: ParseStream<'_>) -> Result<(Vec<Statement>, Vec<Expression>)> {
    let mut statements = Vec::new();
    while input.peek(Token![let]) {
        statements.push(parse_let(input)?);
    }
    if input.is_empty() {
        return Err(error_at(input, Code::ForwardSyntax, "expected the value of the output at the end of `forward`"));
    }
    let value = parse_expression(input)?;
    if !input.is_empty() {
        return Err(error_at(input, Code::ForwardSyntax, behind_the_value(input, &value)));
    }
    let results = match value.kind {
        ExpressionKind::Tuple(values) => values,
        _ => vec![value],
    };
    Ok((statements, results))
}

/// The message for tokens behind the value of `forward`.
fn behind_the_value(input: ParseStream<'_>, value: &Expression) -> String {
    match &value.kind {
        ExpressionKind::Name(name) if input.peek(Token![=]) => {
            format!("a value gets its name from `let`, also a second time: `let {name} = …;`")
        }
        ExpressionKind::Index(..) if input.peek(Token![=]) => {
            "definitions with indices stand in formulas: write a `fn` or `layer` for it".into()
        }
        _ => "expected the end of `forward`: a value in between is kept with `let name = …;`, and the last one has no `;`"
            .into(),
    }
}

fn parse_loss(input: ParseStream<'_>) -> Result<Loss> {
    let span = input.span();
    seen(input)?;
    let (targets, reduction) = if input.peek(token::Paren) { parse_loss_head(input)? } else { Default::default() };
    if let ([target], true) = (targets.as_slice(), input.peek(Token![;])) {
        let message = format!("write `loss = {};`: parentheses hold the names and shapes of targets", target.name);
        return Err(Mistake::new(Code::LossSyntax, target.name.span(), message));
    }
    expect::<Token![=]>(
        input,
        Code::LossSyntax,
        "expected the loss, as in `loss = mse;` or `loss(t: [2]) = mse(output, t);`",
    )?;
    let value = parse_expression(input)?;
    expect::<Token![;]>(input, Code::LossSyntax, "expected an operator or `;` behind the loss")?;
    Ok(Loss { targets, reduction, value, span })
}

/// The parentheses behind `loss`.
type LossHead = (Vec<TypedName>, Option<(Ident, Expression)>);

/// `(t: [3], reduction = sum)`: the targets, and the reduction of all terms without one of their own.
fn parse_loss_head(input: ParseStream<'_>) -> Result<LossHead> {
    let (content, _) =
        parentheses(input, Code::LossSyntax, "expected the targets in parentheses, as in `loss(t: [2]) = …;`")?;
    let mut reduction = None;
    let targets = list(&content, Code::LossSyntax, ")", |content| {
        if !(content.peek(Ident::peek_any) && equals_follows(content)) {
            return parse_typed_name(content).map(Some);
        }
        let keyword = seen(content)?;
        take::<Token![=]>(content);
        if keyword != "reduction" {
            let message = format!("a loss has targets and a `reduction`: a target is declared as in `{keyword}: [2]`");
            return Err(Mistake::new(Code::LossSyntax, keyword.span(), message));
        }
        if reduction.is_some() {
            return Err(Mistake::new(Code::ArgumentTwice, keyword.span(), "the argument `reduction` is given twice"));
        }
        reduction = Some((keyword, parse_expression(content)?));
        Ok(None)
    })?;
    Ok((targets.into_iter().flatten().collect(), reduction))
}
