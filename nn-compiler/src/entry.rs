//! The entry of each macro: `nn-core` passes groups in front of the user's tokens.
//!
//! `network!` becomes `__network! { [$crate] [alloc] [formulas] the user's tokens }`. A `use path;` in
//! front is turned into a call of the macro at that path, which puts its formulas into the third group
//! and calls `__network!` again.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::emit::{Options, handing_macro, size_type, typenum};
use crate::errors::{Code, Mistake, OrBug, Result};
use crate::expand::{expand_network, unreadable};
use crate::syntax::{ast::SizeItem, parse_all, parse_formulas, parse_type};

/// The tokens of `network!`.
#[must_use]
pub fn network(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<3>(tokens) else { return misused("network") };
    let [krate, flags, formulas] = groups;
    match leading_use(rest.clone()) {
        Ok(Some((path, rest))) => quote!(#path! { [#krate] [#flags] [#formulas use #path;] #rest }),
        Ok(None) => expand_network(rest, formulas, &options(krate, &flags)),
        Err(mistake) => unreadable(rest, mistake, &options(krate, &flags)),
    }
}

/// The tokens of `formulas!`: a macro that hands the formulas to `network!`.
#[must_use]
pub fn formulas(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<1>(tokens) else { return misused("formulas") };
    let [krate] = groups;
    match parse_modules(rest) {
        Ok(modules) => modules.into_iter().map(|module| module.expand(&krate)).collect(),
        Err(mistake) => mistake.to_tokens(),
    }
}

/// The tokens of `size!(6272)`: a typenum type, binary digit by digit.
#[must_use]
pub fn size(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<1>(tokens) else { return misused("size") };
    let [krate] = groups;
    match parse_size(rest) {
        Ok(value) => typenum(value, &krate),
        Err(mistake) => mistake.to_tokens(),
    }
}

/// The tokens of `Tensor![3, HIDDEN; f64]`: a tensor's type.
#[must_use]
pub fn tensor(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<1>(tokens) else { return misused("Tensor") };
    let [krate] = groups;
    let is_semicolon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let tokens: Vec<TokenTree> = rest.into_iter().collect();
    let end = tokens.iter().position(is_semicolon).unwrap_or(tokens.len());
    let (sizes, number) = (&tokens[..end], tokens.get(end + 1..).unwrap_or_default());
    let sizes: Result<Vec<TokenStream>> = parse_all(quote!([#(#sizes)*]), parse_type)
        .and_then(|shape| shape.sizes.iter().map(|size| tensor_size(size, shape.span, &krate)).collect());
    match sizes {
        Ok(sizes) if number.is_empty() => quote!(#krate::Tensor<(#(#sizes,)*)>),
        Ok(sizes) => quote!(#krate::Tensor<(#(#sizes,)*), #(#number)*>),
        Err(mistake) => mistake.to_tokens(),
    }
}

/// One size of a tensor as a type.
fn tensor_size(size: &SizeItem, place: Span, krate: &TokenStream) -> Result<TokenStream> {
    let (size, place) = match size {
        SizeItem::Size(expression) => (size_type(expression, krate), expression.span),
        SizeItem::Rest(_) => (None, place),
    };
    let message = "expected sizes, as in `Tensor![3, HIDDEN, 28]`";
    size.ok_or_else(|| Mistake::new(Code::MacroSyntax, place, message))
}

/// The number in `size!(6272)`.
pub(crate) fn parse_size(tokens: TokenStream) -> Result<u64> {
    let number = syn::parse2::<syn::LitInt>(tokens).and_then(|number| number.base10_parse());
    let message = "expected a whole number, as in `size!(6272)`";
    number.map_err(|error| Mistake::new(Code::MacroSyntax, error.span(), message))
}

fn options(krate: TokenStream, flags: &TokenStream) -> Options {
    let alloc = flags.clone().into_iter().any(|flag| flag.to_string() == "alloc");
    Options { krate, alloc, annotate: false }
}

/// The contents of the bracketed groups that `nn-core` puts in front.
fn leading_groups<const N: usize>(tokens: TokenStream) -> Option<([TokenStream; N], TokenStream)> {
    let mut tokens = tokens.into_iter();
    let mut groups = Vec::with_capacity(N);
    for _ in 0..N {
        match tokens.next() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => groups.push(group.stream()),
            _ => return None,
        }
    }
    Some((groups.try_into().ok()?, tokens.collect()))
}

fn misused(name: &str) -> TokenStream {
    let message = format!("call this as `nn_core::{name}!`");
    Mistake::new(Code::MacroSyntax, Span::call_site(), message).to_tokens()
}

/// A `use path;` in front of everything else, and what stands behind it.
pub(crate) fn leading_use(tokens: TokenStream) -> Result<Option<(syn::Path, TokenStream)>> {
    parse_all(tokens, |input| {
        if !input.peek(syn::Token![use]) {
            any_tokens(input);
            return Ok(None);
        }
        input.parse::<syn::Token![use]>().or_bug("a word that was seen is there");
        let span = input.span();
        let path = input.call(syn::Path::parse_mod_style);
        match path.and_then(|path| input.parse::<syn::Token![;]>().map(|_| path)) {
            Ok(path) => Ok(Some((path, any_tokens(input)))),
            Err(_) => {
                let message =
                    "one `use` names one `formulas!` module, or one network with `#[layer]`: `use crate::acts;`";
                Err(Mistake::new(Code::MacroSyntax, span, message))
            }
        }
    })
}

fn any_tokens(input: syn::parse::ParseStream<'_>) -> TokenStream {
    input.parse().or_bug("any tokens are a stream of tokens")
}

/// `pub mod acts { … }`
struct Module {
    attributes: Vec<syn::Attribute>,
    visibility: syn::Visibility,
    name: syn::Ident,
    body: TokenStream,
}

fn parse_modules(tokens: TokenStream) -> Result<Vec<Module>> {
    parse_all(tokens, |input| {
        let mut modules = Vec::new();
        while !input.is_empty() {
            let span = input.span();
            let message = "expected `mod name { … }` with formulas in it: `fn`, `layer` and `loss`";
            let module = input.call(module).map_err(|_| Mistake::new(Code::MacroSyntax, span, message))?;
            parse_formulas(module.body.clone(), false)?;
            modules.push(module);
        }
        Ok(modules)
    })
}

fn module(input: syn::parse::ParseStream<'_>) -> syn::Result<Module> {
    let attributes = input.call(syn::Attribute::parse_outer)?;
    let visibility = input.parse()?;
    input.parse::<syn::Token![mod]>()?;
    let name = input.parse()?;
    let content;
    syn::braced!(content in input);
    Ok(Module { attributes, visibility, name, body: content.parse()? })
}

/// The contents of the modules in `formulas! { … }`.
pub(crate) fn module_bodies(tokens: TokenStream) -> Result<TokenStream> {
    Ok(parse_modules(tokens)?.into_iter().map(|module| module.body).collect())
}

impl Module {
    fn expand(self, krate: &TokenStream) -> TokenStream {
        let Module { attributes, visibility, name, body } = self;
        let hidden = format_ident!("__nn_formulas_{}", name);
        let handing = handing_macro(&hidden, &visibility, &body, krate);
        quote! {
            #handing
            #(#attributes)*
            #[allow(unused_imports)]
            #visibility use #hidden as #name;
        }
    }
}
