//! Recovery from a mistake in the syntax: the parts of a network that can still be read, so that its uses compile.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Ident, LitStr, Visibility};

use super::ast::{
    Arguments, DerivativeKind, DerivativeName, Expression, ExpressionKind, FoldedAttribute, Forward, LayerField, Loss,
    Network, StreamAttribute, Type, TypedName, WeightsFile,
};
use super::tokens::parse_all;
use super::types::parse_type;

/// The name of the struct and, where they can be read, the types of `forward` and the name of the loss.
#[must_use]
pub fn recover_network(tokens: TokenStream) -> Option<Network> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let at = tokens.iter().position(|token| is_word(token, "struct"))?;
    let TokenTree::Ident(name) = tokens.get(at + 1)? else { return None };
    let is_public = at > 0 && (is_word(&tokens[at - 1], "pub") || at > 1 && is_word(&tokens[at - 2], "pub"));
    let visibility = if is_public { Visibility::Public(syn::token::Pub::default()) } else { Visibility::Inherited };
    Some(Network {
        attributes: Vec::new(),
        visibility,
        name: name.unraw(),
        is_layer: false,
        folded: recover_folded(&tokens),
        allowed: Vec::new(),
        stream: recover_stream(&tokens),
        derivatives: recover_derivatives(&tokens),
        generics: recover_generics(&tokens[at + 2..]),
        defaults: Vec::new(),
        layers: recover_layers(&tokens[at + 2..]),
        parameters: Vec::new(),
        forward: recover_forward(&tokens),
        loss: recover_loss(&tokens),
        weights: recover_weights(&tokens),
        names_weights: names_weights(
            &tokens,
            tokens[at + 2..].iter().find(|token| group_of(token, Delimiter::Brace).is_some()),
        ),
        formulas: Vec::new(),
    })
}

/// Whether a file of weights is named, perhaps among the layers, where it does not belong.
fn names_weights(tokens: &[TokenTree], layers: Option<&TokenTree>) -> bool {
    let layers: Vec<TokenTree> =
        layers.and_then(|layers| group_of(layers, Delimiter::Brace)).into_iter().flatten().collect();
    let is_among_them = layers.windows(2).any(|pair| is_word(&pair[0], "weights") && is_sign(&pair[1], '='));
    is_among_them || tokens.iter().any(|token| is_word(token, "weights"))
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// `#[folded(Name, weights = "…")]`.
fn recover_folded(tokens: &[TokenTree]) -> Option<FoldedAttribute> {
    let words = attribute_of(tokens, "folded")?;
    let words: Vec<TokenTree> = group_of(words.get(1)?, Delimiter::Parenthesis)?.into_iter().collect();
    match words.first()? {
        TokenTree::Ident(name) => Some(FoldedAttribute { name: name.clone(), weights: recover_weights(&words) }),
        _ => None,
    }
}

/// The file in `weights = "…"`.
fn recover_weights(tokens: &[TokenTree]) -> Option<WeightsFile> {
    let at = tokens.windows(2).position(|pair| is_word(&pair[0], "weights") && is_sign(&pair[1], '='))?;
    let path = syn::parse2::<LitStr>(tokens.get(at + 2)?.clone().into()).ok()?;
    Some(WeightsFile { path, variable: None, renames: Vec::new(), squeezed: false })
}

/// `#[stream(axis = 1)]`.
fn recover_stream(tokens: &[TokenTree]) -> Option<StreamAttribute> {
    let stream = attribute_of(tokens, "stream")?;
    let arguments = stream.get(1).and_then(|group| group_of(group, Delimiter::Parenthesis)).unwrap_or_default();
    let arguments: Vec<TokenTree> = arguments.into_iter().collect();
    let number = arguments.last().and_then(|token| token.to_string().parse::<i64>().ok()).unwrap_or(0);
    let axis = if arguments.iter().any(|token| is_sign(token, '-')) { -number } else { number };
    Some(StreamAttribute { axis, span: stream[0].span() })
}

/// The names in `#[derivatives(jvp, vjp)]`.
fn recover_derivatives(tokens: &[TokenTree]) -> Vec<DerivativeName> {
    let Some(words) = attribute_of(tokens, "derivatives") else { return Vec::new() };
    let names = words.get(1).and_then(|group| group_of(group, Delimiter::Parenthesis)).unwrap_or_default();
    let names: Vec<TokenTree> = names.into_iter().collect();
    let named = |kind: DerivativeKind| {
        let name = names.iter().find(|name| is_word(name, kind.name()))?;
        Some(DerivativeName { kind, span: name.span() })
    };
    DerivativeKind::ALL.into_iter().filter_map(named).collect()
}

/// What stands in `#[name …]`.
fn attribute_of(tokens: &[TokenTree], name: &str) -> Option<Vec<TokenTree>> {
    let inside = tokens.windows(2).filter(|pair| is_sign(&pair[0], '#'));
    let mut attributes = inside.filter_map(|pair| Some(group_of(&pair[1], Delimiter::Bracket)?.into_iter().collect()));
    attributes.find(|words: &Vec<TokenTree>| words.first().is_some_and(|word| is_word(word, name)))
}

/// The names in `<…>`, whatever stands beside them.
fn recover_generics(tokens: &[TokenTree]) -> Vec<Ident> {
    if !tokens.first().is_some_and(|token| is_sign(token, '<')) {
        return Vec::new();
    }
    let inside: Vec<&TokenTree> = tokens[1..].iter().take_while(|token| !is_sign(token, '>')).collect();
    let names = inside.split(|token| is_sign(token, ',')).filter_map(|part| {
        part.iter().find_map(|token| match token {
            TokenTree::Ident(name) if name != "const" => Some(name.unraw()),
            _ => None,
        })
    });
    names.collect()
}

/// The names of the layers, with the kinds of those that have one.
fn recover_layers(tokens: &[TokenTree]) -> Vec<LayerField> {
    let Some(fields) = tokens.iter().find_map(|token| group_of(token, Delimiter::Brace)) else { return Vec::new() };
    let fields: Vec<TokenTree> = fields.into_iter().collect();
    let layers = fields.split(|token| is_sign(token, ',')).filter_map(|field| {
        let colon = field.iter().position(|token| is_sign(token, ':'))?;
        let TokenTree::Ident(name) = field.get(colon.checked_sub(1)?)? else { return None };
        let kind = field[colon..].iter().find_map(|token| match token {
            TokenTree::Ident(kind) => Some(kind.clone()),
            _ => None,
        });
        Some(LayerField {
            attributes: Vec::new(),
            visibility: Visibility::Inherited,
            name: name.unraw(),
            kind: kind.unwrap_or_else(|| name.clone()),
            arguments: Arguments { positional: Vec::new(), keywords: Vec::new(), span: name.span() },
            checkpoint: false,
            frozen: false,
            suffix: None,
            count: None,
        })
    });
    layers.collect()
}

/// The contents of a group.
fn group_of(token: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

fn group(token: Option<&TokenTree>, delimiter: Delimiter) -> Option<TokenStream> {
    match token? {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(TokenTree::Group(group.clone()).into()),
        _ => None,
    }
}

fn recover_forward(tokens: &[TokenTree]) -> Option<Forward> {
    let at = tokens.windows(2).position(|pair| is_word(&pair[0], "fn") && is_word(&pair[1], "forward"))?;
    let inputs = recover_names(group(tokens.get(at + 2), Delimiter::Parenthesis)?);
    let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let outputs = tokens[at + 3..].iter().take_while(|token| !is_body(token));
    let outputs: Vec<&TokenTree> = outputs.skip_while(|token| is_sign(token, '-') || is_sign(token, '>')).collect();
    let outputs = match group(outputs.first().copied(), Delimiter::Parenthesis) {
        Some(outputs) => recover_names(outputs),
        None => {
            let shape = recover_shape(outputs.into_iter().cloned().collect());
            vec![TypedName { name: Ident::new("output", Span::call_site()), shape }]
        }
    };
    Some(Forward { inputs, outputs, body: Vec::new(), results: Vec::new(), span: Span::call_site() })
}

/// The names in `(x: [784], class: index<10>)` with what can be read of their shapes.
fn recover_names(tokens: TokenStream) -> Vec<TypedName> {
    let tokens: Vec<TokenTree> = tokens.into_iter().flat_map(inside).collect();
    let names = tokens.split(|token| is_sign(token, ',')).filter_map(|part| match part {
        [TokenTree::Ident(name), colon, shape @ ..] if is_sign(colon, ':') => {
            Some(TypedName { name: name.unraw(), shape: recover_shape(shape.iter().cloned().collect()) })
        }
        _ => None,
    });
    names.collect()
}

/// A shape, or the whole numbers in tokens that are none: `[f32; 784]` means `[784]`.
fn recover_shape(tokens: TokenStream) -> Option<Type> {
    let read = parse_all(tokens.clone(), parse_type);
    let numbers = || {
        let numbers = tokens.into_iter().flat_map(inside).filter(|token| matches!(token, TokenTree::Literal(_)));
        parse_all(quote!([#(#numbers),*]), parse_type)
    };
    read.or_else(|_| numbers()).ok()
}

/// The tokens of a group, or the token itself.
fn inside(token: TokenTree) -> Vec<TokenTree> {
    match token {
        TokenTree::Group(group) => group.stream().into_iter().collect(),
        token => vec![token],
    }
}

fn recover_loss(tokens: &[TokenTree]) -> Option<Loss> {
    let at = tokens.iter().position(|token| is_word(token, "loss"))?;
    let name = tokens[at..].iter().skip(1).find_map(|token| match token {
        TokenTree::Ident(name) => Some(name.clone()),
        _ => None,
    })?;
    let span = name.span();
    let arguments = Arguments { positional: Vec::new(), keywords: Vec::new(), span };
    let value = Expression { kind: ExpressionKind::Call(name, arguments), span };
    Some(Loss { targets: Vec::new(), reduction: None, value, span })
}
