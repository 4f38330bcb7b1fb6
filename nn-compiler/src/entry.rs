//! The entry of each macro: `nn-core` passes groups in front of the user's tokens.
//!
//! `network!` becomes `__network! { [$crate] [alloc] [formulas] the user's tokens }`. A `use path;` in
//! front is turned into a call of the macro at that path, which puts its formulas into the third group
//! and calls `__network!` again.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use syn::parse::Parser;

use crate::emit::{Options, handing_macro, typenum};
use crate::expand::{expand_network, unreadable};
use crate::syntax::{parse_all, parse_formulas};

/// The tokens of `network!`.
#[must_use]
pub fn network(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<3>(tokens) else { return misused("network") };
    let [krate, flags, formulas] = groups;
    match leading_use(rest.clone()) {
        Ok(Some((path, rest))) => quote!(#path! { [#krate] [#flags] [#formulas use #path;] #rest }),
        Ok(None) => expand_network(rest, formulas, &options(krate, &flags)),
        Err(error) => unreadable(rest, error, &options(krate, &flags)),
    }
}

/// The tokens of `formulas!`: a macro that hands the formulas to `network!`.
#[must_use]
pub fn formulas(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<1>(tokens) else { return misused("formulas") };
    let [krate] = groups;
    match parse_all(rest, parse_modules) {
        Ok(modules) => modules.into_iter().map(|module| module.expand(&krate)).collect(),
        Err(error) => error.to_compile_error(),
    }
}

/// The tokens of `size!(6272)`: a typenum type, binary digit by digit.
#[must_use]
pub fn size(tokens: TokenStream) -> TokenStream {
    let Some((groups, rest)) = leading_groups::<1>(tokens) else { return misused("size") };
    let [krate] = groups;
    let value = match syn::parse2::<syn::LitInt>(rest).and_then(|number| number.base10_parse::<u64>()) {
        Ok(value) => value,
        Err(error) => {
            return syn::Error::new(error.span(), "expected a whole number, as in `size!(6272)`").to_compile_error();
        }
    };
    typenum(value, &krate)
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
    syn::Error::new(Span::call_site(), message).to_compile_error()
}

/// A `use path;` in front of everything else.
fn leading_use(tokens: TokenStream) -> syn::Result<Option<(syn::Path, TokenStream)>> {
    let parse = |input: syn::parse::ParseStream<'_>| {
        if !input.peek(syn::Token![use]) {
            input.parse::<TokenStream>()?;
            return Ok(None);
        }
        input.parse::<syn::Token![use]>()?;
        let span = input.span();
        let path = input.call(syn::Path::parse_mod_style);
        match path.and_then(|path| input.parse::<syn::Token![;]>().map(|_| path)) {
            Ok(path) => Ok(Some((path, input.parse()?))),
            // after a mistake, the rest is not parsed
            Err(_) => {
                input.parse::<TokenStream>()?;
                let message =
                    "one `use` names one `formulas!` module, or one network with `#[layer]`: `use crate::acts;`";
                Err(syn::Error::new(span, message))
            }
        }
    };
    parse.parse2(tokens)
}

/// `pub mod acts { … }`
struct Module {
    attributes: Vec<syn::Attribute>,
    visibility: syn::Visibility,
    name: syn::Ident,
    body: TokenStream,
}

fn parse_modules(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<Module>> {
    let mut modules = Vec::new();
    while !input.is_empty() {
        let span = input.span();
        let parts = |input: syn::parse::ParseStream<'_>| {
            let attributes = input.call(syn::Attribute::parse_outer)?;
            let visibility = input.parse()?;
            input.parse::<syn::Token![mod]>()?;
            let name = input.parse()?;
            let content;
            syn::braced!(content in input);
            Ok(Module { attributes, visibility, name, body: content.parse()? })
        };
        let module: Module = parts(input).map_err(|_: syn::Error| {
            syn::Error::new(span, "expected `mod name { … }` with formulas in it: `fn`, `layer` and `loss`")
        })?;
        parse_formulas(module.body.clone(), false)?;
        modules.push(module);
    }
    Ok(modules)
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
