//! Macros that hand formulas on to `network!`: that of a network with `#[layer]`, and that of a module of formulas.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Visibility};

use crate::emit::emitter::Options;
use crate::syntax::ast::Network;

/// The macro of a network's name, if it has `#[layer]`; `tokens` and `formulas` are its source.
#[must_use]
pub fn export(network: &Network, tokens: &TokenStream, formulas: &TokenStream, options: &Options) -> TokenStream {
    if !network.is_layer {
        return TokenStream::new();
    }
    let (visibility, name) = (&network.visibility, &network.name);
    let hidden = format_ident!("__nn_network_{}", name);
    let formulas = quote!(#formulas network { #tokens });
    let handing = handing_macro(&hidden, visibility, &formulas, &options.krate);
    quote! {
        #handing
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #hidden as #name;
    }
}

/// A macro that calls `__network!` with some formulas more than it is given itself.
pub(crate) fn handing_macro(
    hidden: &Ident,
    visibility: &Visibility,
    formulas: &TokenStream,
    krate: &TokenStream,
) -> TokenStream {
    let export = matches!(visibility, Visibility::Public(_)).then(|| quote!(#[macro_export]));
    quote! {
        #[doc(hidden)]
        #export
        macro_rules! #hidden {
            ([$($krate:tt)*] [$($flags:tt)*] [$($formulas:tt)*] $($network:tt)*) => {
                #krate::__network! { [$($krate)*] [$($flags)*] [$($formulas)* #formulas] $($network)* }
            };
        }
    }
}
