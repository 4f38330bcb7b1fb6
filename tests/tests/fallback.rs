//! After a mistake, the code that stands for a network has the interface of the real one: whoever uses it meets no
//! second error.

use std::collections::BTreeMap;

use nn_compiler::emit::{self, Options};
use nn_compiler::errors::Errors;
use nn_compiler::lower::{Library, LibraryText};
use nn_compiler::pipeline::compile;
use nn_compiler::syntax::parse_network;
use quote::{ToTokens, quote};

/// What can be seen of code: names of things, each with how it is declared.
type Interface = BTreeMap<String, String>;

/// Networks of every form that are neither in the library nor hard.
const FORMS: &[(&str, &str)] = &[
    ("prediction", "struct Net { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x) }"),
    ("nothing", "pub struct Net; fn forward(x: [4]) -> [4] { x.relu() } loss = mse;"),
    ("class", "pub(crate) struct Net { fc: Linear(4 => 3) } fn forward(x: [4]) -> [3] { fc(x) } loss = cross_entropy;"),
    (
        "several",
        "layer Lookup<V => N>(i: index<V>) -> y: [N] { param weight: [V, N] = normal(0, 1); y[n] = weight[i, n]; }
         fn chosen(x: [N], k: index<N>) -> y: [N] { y[i] = x[i] + x[k]; }
         pub struct Net { a: Linear(4 => 3), b: Lookup(4 => 3) }
         fn forward(x: [4], k: index<3>, w: index<4>) -> (p: [3], q: [3]) { (chosen(a(x), k), b(w)) }
         loss(s: [3], class: index<3>) = mse(p, s) + cross_entropy(q, class);",
    ),
    (
        "classes",
        "layer Lookup<V => N>(i: index<V>) -> y: [N] { param weight: [V, N] = normal(0, 1); y[n] = weight[i, n]; }
         pub struct Net { a: Lookup(4 => 3) }
         fn forward(x: index<4>, k: index<4>) -> [3] { a(x) + a(k) }
         loss(s: index<3>, class: index<3>) = cross_entropy(output, s) + cross_entropy(output, class);",
    ),
    (
        "generic",
        "pub struct Net<In, Hidden, Out> { a: Linear(In => Hidden), b: Linear(Hidden => Out) }
         fn forward(x: [In]) -> [Out] { b(a(x).tanh()) } loss = mse;",
    ),
    (
        "several_generic",
        "pub struct Net<In, Out> { a: Linear(In => Out), b: Linear(3 => Out) }
         fn forward(x: [In], z: [3]) -> (p: [Out], q: [Out]) { (a(x), b(z)) }
         loss(s: [Out], t: [Out]) = mse(p, s) + mse(q, t);",
    ),
    (
        "folded",
        "#[folded(Flat)] pub struct Net { a: Linear(4 => 3), norm: BatchNorm1d(3) }
         fn forward(x: [4], z: [3]) -> [3] { norm(a(x) + z) } loss = mse;",
    ),
    (
        "folded_generic",
        "#[folded(Flat)] pub struct Net<N> { a: Linear(N => 3), norm: BatchNorm1d(3) }
         fn forward(x: [N]) -> [3] { norm(a(x)) } loss = mse;",
    ),
    (
        "array",
        "pub struct Net { #[checkpoint] blocks: [Linear(4 => 4); 3], head: Linear(4 => 1030) }
         fn forward(x: [4]) -> [1030] { head(blocks(x)) } loss = mse;",
    ),
    (
        "parameters",
        "pub struct Net<N> { shift: param [N] = zeros, fc: Linear(N => 3), scale: param [3] = ones }
         fn forward(x: [N]) -> [3] { fc(x + shift) * scale } loss = mse;",
    ),
    (
        "derivatives",
        "fn chosen(x: [N], k: index<N>) -> y: [N] { y[i] = x[i] * x[k]; }
         #[derivatives(jvp, vjp, hvp, pullback)] pub struct Net { a: Linear(4 => 3) }
         fn forward(x: [4], z: [3], k: index<3>) -> (p: [3], q: [3]) { (a(x), chosen(z, k)) }
         loss(s: [3]) = mse(p, s) + 0.1 * mse(q, z);",
    ),
    (
        "derivatives_without_a_loss",
        "#[derivatives(vjp)] pub struct Net { a: Linear(4 => 3) } fn forward(x: [4]) -> [3] { a(x).tanh() }",
    ),
    (
        "keywords",
        "struct r#Net { r#type: Linear(4 => 2), self: Linear(2 => 2) }
         fn forward(r#match: [4], r#in: [2]) -> (r#loop: [2], r#pub: [2]) { (self(r#type(r#match)), r#in) }
         loss(r#mod: [2], r#use: [2]) = mse(r#loop, r#mod) + mse(pub, use);",
    ),
];

fn options(alloc: bool) -> Options {
    Options { krate: quote!(::nn_core), alloc, annotate: false }
}

/// The interfaces of the real code and of what stands for it.
fn interfaces(text: &str, alloc: bool) -> Result<[Interface; 2], String> {
    let network =
        parse_network(text.parse().map_err(|error| format!("{error}"))?).map_err(|error| error.to_string())?;
    let mut errors = Errors::default();
    let compiled = compile(&network, &mut errors).ok_or_else(|| errors.messages().join("\n"))?;
    let library = LibraryText::default();
    let real = emit::emit(&network, &compiled, &options(alloc));
    let fallback = emit::fallback(&network, &Library::new(&network.formulas, &library), &options(alloc));
    Ok([interface(real)?, interface(fallback)?])
}

fn interface(code: proc_macro2::TokenStream) -> Result<Interface, String> {
    let file = syn::parse2::<syn::File>(code).map_err(|error| error.to_string())?;
    let mut interface = Interface::new();
    file.items.iter().for_each(|item| add(item, &mut interface));
    Ok(interface)
}

fn add(item: &syn::Item, to: &mut Interface) {
    match item {
        syn::Item::Const(hidden) => {
            let syn::Expr::Block(block) = &*hidden.expr else { return };
            let items = block.block.stmts.iter().filter_map(|statement| match statement {
                syn::Stmt::Item(item) => Some(item),
                _ => None,
            });
            items.for_each(|item| add(item, to));
        }
        syn::Item::Struct(declared) => {
            let name = declared.ident.to_string();
            to.insert(format!("struct {name}"), format!("{} {}", text(&declared.vis), parameters(&declared.generics)));
            let public = declared.fields.iter().filter(|field| matches!(field.vis, syn::Visibility::Public(_)));
            for (field, ident) in public.filter_map(|field| Some((field, field.ident.as_ref()?))) {
                to.insert(format!("{name}.{ident}"), ty(&field.ty));
            }
        }
        syn::Item::Trait(declared) => {
            to.insert(format!("trait {}", declared.ident), text(&declared.vis));
            for item in &declared.items {
                if let syn::TraitItem::Type(associated) = item {
                    to.insert(format!("trait {}::{}", declared.ident, associated.ident), text(&associated.bounds));
                }
            }
        }
        syn::Item::Impl(implemented) => add_impl(implemented, to),
        _ => {}
    }
}

fn add_impl(implemented: &syn::ItemImpl, to: &mut Interface) {
    let subject = ty(&implemented.self_ty);
    let name = subject.split('<').next().unwrap_or_default();
    let of = match &implemented.trait_ {
        None => name.to_string(),
        Some((path, ..)) => {
            let of = path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
            to.insert(format!("{of} for {name}"), subject.clone());
            format!("{name} as {of}")
        }
    };
    for item in &implemented.items {
        match item {
            syn::ImplItem::Type(associated) => {
                to.insert(format!("{of}::{}", associated.ident), ty(&associated.ty));
            }
            syn::ImplItem::Fn(function) => {
                let (visibility, signature) = (text(&function.vis), signature(&function.sig));
                to.insert(format!("{of}::{}", function.sig.ident), format!("{visibility} {signature}"));
            }
            syn::ImplItem::Const(constant) if implemented.trait_.is_some() => {
                to.insert(format!("{of}::{}", constant.ident), ty(&constant.ty));
            }
            syn::ImplItem::Macro(called) => {
                to.insert(format!("{of}::{}", text(&called.mac.path)), text(&called.mac.tokens));
            }
            _ => {}
        }
    }
}

/// Type parameters as callers see them: their number, their names, their defaults.
fn parameters(generics: &syn::Generics) -> String {
    let parameter = |parameter: &syn::TypeParam| match &parameter.default {
        None => parameter.ident.to_string(),
        Some(default) => format!("{} = {}", parameter.ident, ty(&default.1)),
    };
    format!("<{}>", generics.type_params().map(parameter).collect::<Vec<_>>().join(", "))
}

/// A signature without the names of its arguments.
fn signature(signature: &syn::Signature) -> String {
    let argument = |argument: &syn::FnArg| match argument {
        syn::FnArg::Receiver(receiver) => text(receiver),
        syn::FnArg::Typed(typed) => ty(&typed.ty),
    };
    let arguments: Vec<String> = signature.inputs.iter().map(argument).collect();
    let output = match &signature.output {
        syn::ReturnType::Default => String::new(),
        syn::ReturnType::Type(_, output) => ty(output),
    };
    format!("{}({}) -> {output}", parameters(&signature.generics), arguments.join(", "))
}

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// A type as text in which a thing has one name: `nn` is `nn_core::private`, which has all of it, and a size is its
/// number.
fn ty(ty: &syn::Type) -> String {
    let text = text(ty).replace("::nn_core::", "nn::").replace("nn::private::", "nn::");
    sizes(&text)
}

/// `nn::typenum::UInt<nn::typenum::UTerm,nn::typenum::B1>` and `NetU_1030` as `U1` and `U1030`.
fn sizes(text: &str) -> String {
    let mut text = text.replace("nn::typenum::", "").replace("UTerm", "U0").replace("NetU_", "U");
    while let Some(begin) = text.find("UInt<U") {
        // the innermost stands last
        let begin = text.rfind("UInt<U").unwrap_or(begin);
        let end = begin + text[begin..].find('>').expect("a number ends");
        let (number, digit) = text[begin + 6..end].split_once(",B").expect("a number has digits");
        let number = 2 * number.parse::<u64>().expect("a number") + digit.parse::<u64>().expect("a digit");
        text.replace_range(begin..=end, &format!("U{number}"));
    }
    text
}

/// What only the real code has, since it does not follow from the text of a network alone: the structs of layers, of what is
/// frozen and of states, sizes that are computed, and how the network runs.
fn is_inside(key: &str) -> bool {
    let item = key.rsplit("::").next().unwrap_or_default();
    ["Params_", "Frozen", ".frozen", "State", ".state", "TileStage", "DerivedByInputs"]
        .iter()
        .any(|part| key.contains(part))
        || ["Scratch", "TrainScratch", "FoldScratch", "DerivativeScratch", "Parts"].contains(&item)
        || item.starts_with("Size")
        || key.ends_with(".marker")
}

/// Whether a trait may have this for all: a function or a constant. rustc asks for what has no default.
fn may_be_provided(key: &str) -> bool {
    key.split_once(" as ").and_then(|(_, item)| item.split_once("::")).is_some_and(|(_, item)| {
        item.starts_with(char::is_lowercase) || item.chars().all(|letter| letter.is_uppercase() || letter == '_')
    })
}

/// What is another for users after a mistake.
fn differences(real: &Interface, fallback: &Interface) -> Vec<String> {
    let of_layer = |key: &str| key.contains("Params.");
    let mut found = Vec::new();
    for (key, real) in real.iter().filter(|(key, _)| !is_inside(key)) {
        match fallback.get(key) {
            None if may_be_provided(key) => {}
            None => found.push(format!("there is no {key}: {real}")),
            // the parameters of a layer are not known
            Some(fallback) if of_layer(key) && fallback == "nn::Unknown" => {}
            Some(fallback) if fallback == real => {}
            Some(fallback) => found.push(format!("{key}: {fallback}, not {real}")),
        }
    }
    // whether a layer has parameters is not known
    let more = fallback.iter().filter(|(key, _)| !real.contains_key(*key) && !is_inside(key) && !of_layer(key));
    found.extend(more.map(|(key, value)| format!("{key}: {value} is too much")));
    found
}

fn hold(networks: &[(String, String)]) {
    let mut wrong = Vec::new();
    for (name, text) in networks {
        for alloc in [true, false] {
            match interfaces(text, alloc) {
                Ok([real, fallback]) => {
                    let found = differences(&real, &fallback);
                    wrong.extend(found.into_iter().map(|difference| format!("{name}: {difference}")));
                }
                Err(error) => wrong.push(format!("{name}: {error}")),
            }
        }
    }
    assert!(networks.len() > 5, "there is nothing to test");
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn of_every_form() {
    hold(&FORMS.iter().map(|(name, text)| ((*name).to_string(), (*text).to_string())).collect::<Vec<_>>());
}

#[test]
fn of_the_library_and_of_hard_networks() {
    let items = tests::library::items().into_iter().chain(tests::hard::items());
    hold(&items.map(|item| (item.name, item.text)).collect::<Vec<_>>());
}

#[test]
fn a_difference_is_seen() {
    let network = |visibility: &str, fields: &str, input: &str, target: &str| {
        format!(
            "{visibility} struct Net {{ {fields} }} fn forward(x: [4], z: {input}) -> [3] {{ a(x) + z }}
             loss(t: {target}) = mse(output, t);"
        )
    };
    let own = interfaces(&network("pub", "a: Linear(4 => 3)", "[3]", "[3]"), true).unwrap();
    assert_eq!(differences(&own[0], &own[1]), Vec::<String>::new());
    let others = [
        network("", "a: Linear(4 => 3)", "[3]", "[3]"),
        network("pub", "b: Linear(4 => 3)", "[3]", "[3]").replace("a(x)", "b(x)"),
        network("pub", "a: Linear(4 => 3)", "[1]", "[3]").replace("z }", "z.sum() }"),
        network("pub", "a: Linear(4 => 3)", "[3]", "[3]").replace("t: [3]", "t: [3], u: [3]").replace("t);", "t + u);"),
        network("pub", "a: Linear(4 => 3)", "[3]", "[3]").replace("z: [3]", "y: [3]").replace("+ z", "+ y"),
        network("pub", "a: Linear(4 => 3)", "[3]", "[3]").replace("Net {", "Net<N> {").replace("[4]", "[N]"),
        network("pub", "a: Linear(4 => 3)", "[3]", "[3]").replace("pub struct", "#[folded(Flat)] pub struct"),
    ];
    for other in others {
        let other = parse_network(other.parse().unwrap()).unwrap();
        let library = LibraryText::default();
        let fallback = emit::fallback(&other, &Library::new(&other.formulas, &library), &options(true));
        let found = differences(&own[0], &interface(fallback).unwrap());
        assert!(!found.is_empty(), "nothing is seen of another network");
    }
    // without an allocator nothing makes networks on the heap, and copies are made by value
    let [_, without] = interfaces(&network("pub", "a: Linear(4 => 3)", "[3]", "[3]"), false).unwrap();
    assert_eq!(differences(&own[0], &without).len(), 2);
}
