//! Warnings, on stable Rust: the use of an item that is deprecated, at the token that the warning is about.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::emitter::Options;
use crate::emit::naming::generics::Generics;
use crate::lints::Warning;
use crate::syntax::ast::Network;

/// The tokens that make rustc show warnings. The items belong to the network, so that rustc names it.
#[must_use]
pub fn warnings(network: &Network, warnings: &[Warning], options: &Options) -> TokenStream {
    if warnings.is_empty() {
        return TokenStream::new();
    }
    let (name, krate) = (&network.name, &options.krate);
    let generics = Generics::new(network, name, krate, !network.generics.is_empty());
    let bounds = &generics.bounds;
    let mut items: Vec<String> = Vec::new();
    let warnings = warnings.iter().map(|Warning { lint, place, text }| {
        let name = lint.name();
        let note = format!("{text}\nnote: `#[allow(nn::{name})]` over the struct silences this");
        let used = format_ident!("{name}", span = *place);
        items.push(name.into());
        // one item for each text
        let number = items.iter().filter(|item| *item == name).count();
        let (item, used) = if number == 1 {
            (format_ident!("{name}"), used)
        } else {
            (format_ident!("{name}_{number}"), format_ident!("{name}_{number}", span = *place))
        };
        let about = format_ident!("nn_{item}");
        quote! {
            #[deprecated(note = #note)]
            const #item: ::core::primitive::usize = 0;
            fn #about() -> ::core::primitive::usize { Self::#used }
        }
    });
    let parameters = &network.generics;
    quote! {
        #[allow(non_upper_case_globals, dead_code)]
        impl<#(#parameters),*> #name<#(#parameters,)* ::core::primitive::f32> #bounds { #(#warnings)* }
    }
}
