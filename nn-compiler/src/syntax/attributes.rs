//! Attributes: those that the language knows are taken out, the others are handed on to rustc.

use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitInt, LitStr, Token};

use super::ast::{DerivativeKind, DerivativeName, FoldedAttribute, StreamAttribute};
use super::tokens::{parse_all, seen, take, type_name, word_here};
use super::weights::parse_file;
use crate::errors::{Code, Mistake, Result};

const FOLDED: &str = "say what the folded network is called, as in `#[folded(Deployed)]`: a network that only predicts";
const BEHIND_FOLDED: &str =
    "expected `, weights = \"deployed.safetensors\"` behind the name of the folded network, or nothing";

/// Attributes and doc comments.
pub(super) fn attributes(input: ParseStream<'_>) -> Result<Vec<Attribute>> {
    let span = input.span();
    let found = input.call(Attribute::parse_outer);
    found.map_err(|_| Mistake::new(Code::Attribute, span, "expected an attribute such as `#[allow(…)]`"))
}

/// `#[folded(Name)]` or `#[folded(Name, weights = "name.safetensors")]`, which is taken out.
pub(super) fn take_folded(attributes: &mut Vec<Attribute>) -> Result<Option<FoldedAttribute>> {
    let Some(at) = attributes.iter().position(|attribute| attribute.path().is_ident("folded")) else {
        return Ok(None);
    };
    let attribute = attributes.remove(at);
    let unnamed = || Mistake::at_all(Code::Attribute, &attribute, FOLDED);
    let syn::Meta::List(list) = &attribute.meta else { return Err(unnamed()) };
    if list.tokens.is_empty() {
        return Err(unnamed());
    }
    parse_all(list.tokens.clone(), |input| {
        let name = type_name(input, Code::Attribute, FOLDED)?;
        let comma = |input: ParseStream<'_>| {
            let is_here = input.peek(Token![,]);
            take::<Option<Token![,]>>(input);
            is_here
        };
        let mut weights = None;
        if comma(input) && word_here(input, "weights") {
            seen(input)?;
            weights = Some(parse_file(input)?);
            comma(input);
        }
        if !input.is_empty() {
            return Err(Mistake::new(Code::Attribute, input.span(), BEHIND_FOLDED));
        }
        Ok(Some(FoldedAttribute { name, weights }))
    })
}

/// `#[stream]` or `#[stream(axis = 1)]`, which is taken out.
pub(super) fn take_stream(attributes: &mut Vec<Attribute>) -> Result<Option<StreamAttribute>> {
    const EXPECTED: &str = "say which axis of the inputs is time: `#[stream]` for the first, or `#[stream(axis = 1)]`";
    let Some(at) = attributes.iter().position(|attribute| attribute.path().is_ident("stream")) else {
        return Ok(None);
    };
    let attribute = attributes.remove(at);
    let span = attribute.span();
    if attribute.meta.require_path_only().is_ok() {
        return Ok(Some(StreamAttribute { axis: 0, span }));
    }
    let axis = attribute.parse_args_with(|input: ParseStream<'_>| {
        let name: Ident = input.parse()?;
        input.parse::<Token![=]>()?;
        let is_negative = input.parse::<Option<Token![-]>>()?.is_some();
        let axis: i64 = input.parse::<LitInt>()?.base10_parse()?;
        let axis = if is_negative { -axis } else { axis };
        if name == "axis" { Ok(axis) } else { Err(input.error("another name")) }
    });
    match axis {
        Ok(axis) => Ok(Some(StreamAttribute { axis, span })),
        Err(_) => Err(Mistake::at_all(Code::Attribute, &attribute, EXPECTED)),
    }
}

/// The names in `#[derivatives(jvp, vjp)]`, which is taken out.
pub(super) fn take_derivatives(attributes: &mut Vec<Attribute>) -> Result<Vec<DerivativeName>> {
    const EXPECTED: &str = "say which derivatives are functions too: `#[derivatives(jvp, vjp, hvp, pullback)]`";
    let Some(at) = attributes.iter().position(|attribute| attribute.path().is_ident("derivatives")) else {
        return Ok(Vec::new());
    };
    let attribute = attributes.remove(at);
    let names = attribute.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated);
    let names = names.ok().filter(|names| !names.is_empty());
    let names = names.ok_or_else(|| Mistake::at_all(Code::Attribute, &attribute, EXPECTED))?;
    let mut derivatives: Vec<DerivativeName> = Vec::new();
    for name in names {
        let kind = DerivativeKind::ALL.into_iter().find(|kind| name == kind.name());
        let kind = kind.ok_or_else(|| Mistake::new(Code::Attribute, name.span(), EXPECTED))?;
        if derivatives.iter().any(|known| known.kind == kind) {
            return Err(Mistake::new(Code::Attribute, name.span(), format!("`{name}` stands here twice")));
        }
        derivatives.push(DerivativeName { kind, span: name.span() });
    }
    Ok(derivatives)
}

/// The names in `#[allow(nn::name)]`, which are taken out: rustc knows no lints of ours.
pub(super) fn take_allowed(attributes: &mut [Attribute]) -> Vec<Ident> {
    let mut allowed = Vec::new();
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("allow")) {
        let Ok(paths) = attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated) else {
            continue;
        };
        let is_own = |path: &syn::Path| path.segments.len() == 2 && path.segments[0].ident == "nn";
        let (own, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(is_own);
        if !own.is_empty() {
            allowed.extend(own.into_iter().map(|path| path.segments[1].ident.clone()));
            *attribute = syn::parse_quote!(#[allow(#(#others),*)]);
        }
    }
    allowed
}

/// Whether there is an attribute without arguments, such as `#[checkpoint]` or `#[frozen]`, which is taken out.
pub(super) fn take_plain(attributes: &mut Vec<Attribute>, name: &str) -> Result<bool> {
    let is_meant = |attribute: &&Attribute| attribute.path().is_ident(name);
    let Some(found) = attributes.iter().find(is_meant) else { return Ok(false) };
    if found.meta.require_path_only().is_err() {
        return Err(Mistake::at_all(Code::Attribute, found, &format!("`#[{name}]` takes no arguments")));
    }
    attributes.retain(|attribute| !is_meant(&attribute));
    Ok(true)
}

/// The text in `#[suffix("_l0")]`, which is taken out. It may name sizes, as in `_l{N}`.
pub(super) fn take_suffix(attributes: &mut Vec<Attribute>) -> Result<Option<LitStr>> {
    const EXPECTED: &str = "say how the names of its parameters end in the layer around it, as in `#[suffix(\"_l0\")]`";
    let Some(at) = attributes.iter().position(|attribute| attribute.path().is_ident("suffix")) else {
        return Ok(None);
    };
    let attribute = attributes.remove(at);
    let is_name =
        |text: &LitStr| text.value().chars().all(|sign| matches!(sign, '_' | '{' | '}') || sign.is_alphanumeric());
    match attribute.parse_args::<LitStr>().ok().filter(is_name) {
        Some(text) => Ok(Some(text)),
        None => Err(Mistake::at_all(Code::Attribute, &attribute, EXPECTED)),
    }
}
