//! Networks that call formulas as their examples say.

use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};
use quote::{format_ident, quote};

/// A network for each example in `mod name { … }`, in which the sum of the results is trained. It uses the module.
pub fn networks(modules: &TokenStream) -> Vec<TokenStream> {
    let users = with_modules(modules).into_iter();
    users.map(|(name, _, network)| quote!(use #name; #network)).collect()
}

/// The same networks with the formulas of the module in them.
pub fn whole_networks(modules: &TokenStream) -> Vec<TokenStream> {
    let users = with_modules(modules).into_iter();
    users.map(|(_, formulas, network)| quote!(#network #formulas)).collect()
}

/// The name of a module, its contents, and a network for one of its examples.
fn with_modules(modules: &TokenStream) -> Vec<(Ident, TokenStream, TokenStream)> {
    let tokens: Vec<TokenTree> = modules.clone().into_iter().collect();
    let mut networks = Vec::new();
    for window in tokens.windows(3) {
        if let [TokenTree::Ident(word), TokenTree::Ident(name), body] = window
            && word == "mod"
            && let Some(formulas) = contents(body, Delimiter::Brace)
        {
            let body: Vec<TokenTree> = formulas.clone().into_iter().collect();
            let networks_of_module = networks_of(&body).into_iter();
            networks.extend(networks_of_module.map(|network| (name.clone(), formulas.clone(), network)));
        }
    }
    networks
}

/// The beginning of a formula.
struct Head<'a> {
    kind: &'a Ident,
    name: &'a Ident,
    /// The number of its results.
    results: usize,
}

fn networks_of(body: &[TokenTree]) -> Vec<TokenStream> {
    let mut head = None;
    let mut networks = Vec::new();
    for (at, token) in body.iter().enumerate() {
        let TokenTree::Ident(word) = token else { continue };
        match (word.to_string().as_str(), &head, body.get(at + 1)) {
            ("fn" | "layer" | "loss", _, Some(TokenTree::Ident(name))) => {
                head = Some(Head { kind: word, name, results: results(&body[at..]) });
            }
            ("example", Some(head), Some(next)) => {
                let arguments = contents(next, Delimiter::Parenthesis);
                let inputs = body.get(at + 1 + usize::from(arguments.is_some()));
                if let Some(inputs) = inputs.and_then(|inputs| contents(inputs, Delimiter::Brace)) {
                    networks.push(network(head, arguments.unwrap_or_default(), inputs));
                }
            }
            _ => {}
        }
    }
    networks
}

/// The number of results in `-> (a: [1], b: [2])`; one of anything else in front of the body.
fn results(formula: &[TokenTree]) -> usize {
    let is_body = |token: &TokenTree| contents(token, Delimiter::Brace).is_some();
    let head = &formula[..formula.iter().position(is_body).unwrap_or(formula.len())];
    let arrow = head.windows(3).find_map(|window| match window {
        [TokenTree::Punct(line), TokenTree::Punct(point), behind]
            if line.as_char() == '-' && point.as_char() == '>' =>
        {
            contents(behind, Delimiter::Parenthesis)
        }
        _ => None,
    });
    arrow.map_or(1, |results| separated(results).len())
}

fn network(head: &Head<'_>, arguments: TokenStream, inputs: TokenStream) -> TokenStream {
    let inputs: Vec<Vec<TokenTree>> = separated(inputs);
    let declared = |input: &Vec<TokenTree>| declared(input, &classes(input, &inputs, &arguments));
    let declared: Vec<(TokenTree, TokenStream)> = inputs.iter().filter_map(declared).collect();
    let (names, types): (Vec<_>, Vec<_>) = declared.into_iter().unzip();
    let name = head.name;
    let comma = (!arguments.is_empty()).then(|| quote!(,));
    if head.kind == "loss" {
        let (Some(first), Some(of_first)) = (names.first(), types.first()) else { return TokenStream::new() };
        let (others, of_others) = (&names[1..], &types[1..]);
        return quote! {
            struct Net;
            fn forward(#first: #of_first) -> #of_first { #first }
            loss(#(#others: #of_others),*) = #name(output, #(#others),* #comma #arguments);
        };
    }
    let (layers, call) = match head.kind == "layer" {
        // inputs in the middle may be left out
        true => {
            let (first, others) = (names.first(), names.get(1..).unwrap_or_default());
            (quote!({ layer: #name(#arguments) }), quote!(layer(#first #(, #others = #others)*)))
        }
        false => (quote!(;), quote!(#name(#(#names),* #comma #arguments))),
    };
    let results: Vec<Ident> = (0..head.results).map(|at| format_ident!("result{at}")).collect();
    let body = match results.as_slice() {
        [_] => quote!(#call.sum()),
        _ => quote!(let (#(#results),*) = #call; #(#results.sum())+*),
    };
    quote! {
        struct Net #layers
        fn forward(#(#names: #types),*) -> [] { #body }
        loss = mse;
    }
}

/// `x` and `[2, 3]` of `x: [2, 3] = uniform(-1, 1)`; a function of numbers gets four of them.
fn declared(input: &[TokenTree], classes: &TokenTree) -> Option<(TokenTree, TokenStream)> {
    let [name, _, shape, ..] = input else { return None };
    let shape = contents(shape, Delimiter::Bracket);
    let is_index = input.iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "index"));
    let kind = match (is_index, shape) {
        (true, Some(shape)) => quote!(index<#classes>[#shape]),
        (true, None) => quote!(index<#classes>),
        (false, Some(shape)) => quote!([#shape]),
        (false, None) => quote!([4]),
    };
    Some((name.clone(), kind))
}

/// The number of classes of an input: that in its `index(5)`, the size of the first axis beside it, or the first argument.
fn classes(input: &[TokenTree], inputs: &[Vec<TokenTree>], arguments: &TokenStream) -> TokenTree {
    let shapes = inputs.iter().filter_map(|input| match input.as_slice() {
        [_, _, shape, _, TokenTree::Ident(values), ..] if values != "index" => contents(shape, Delimiter::Bracket),
        _ => None,
    });
    let number = |tokens: TokenStream| tokens.into_iter().find(|token| matches!(token, TokenTree::Literal(_)));
    let written = match input {
        [.., TokenTree::Ident(values), classes] if values == "index" => contents(classes, Delimiter::Parenthesis),
        _ => None,
    };
    let mut numbers = written.into_iter().chain(shapes).chain([arguments.clone()]).filter_map(number);
    numbers.next().unwrap_or_else(|| Literal::usize_unsuffixed(3).into())
}

/// The contents of a group.
fn contents(token: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

/// The parts between commas.
fn separated(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ',');
    tokens.split(is_comma).filter(|part| !part.is_empty()).map(<[TokenTree]>::to_vec).collect()
}
