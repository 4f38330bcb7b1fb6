//! The export of a network with `#[layer]`: a macro of its name that passes its tokens to `network!`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::Options;
use crate::syntax::ast::Network;

/// The macro, if the network has `#[layer]`; `tokens` and `formulas` are its source.
#[must_use]
pub fn export(network: &Network, tokens: &TokenStream, formulas: &TokenStream, options: &Options) -> TokenStream {
    if !network.is_layer {
        return TokenStream::new();
    }
    let (krate, visibility, name) = (&options.krate, &network.visibility, &network.name);
    let hidden = format_ident!("__nn_network_{}", name);
    let export = matches!(visibility, syn::Visibility::Public(_)).then(|| quote!(#[macro_export]));
    quote! {
        #[doc(hidden)]
        #export
        macro_rules! #hidden {
            ([$($krate:tt)*] [$($flags:tt)*] [$($formulas:tt)*] $($network:tt)*) => {
                #krate::__network! {
                    [$($krate)*] [$($flags)*] [$($formulas)* #formulas network { #tokens }] $($network)*
                }
            };
        }
        #[doc(hidden)]
        #[allow(unused_imports)]
        #visibility use #hidden as #name;
    }
}
