//! What is called on a network itself: `Net::PARAMS`, `Net::init(42)`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::emitter::Options;
use crate::syntax::ast::Network;

/// The items of the network of `f32`, so that `Net::PARAMS` says of which numbers. They stand outside of the anonymous
/// constant with the other implementations: rustc would say `_::<impl Net>::init` for `Net::init`.
pub(super) fn inherent_items(
    network: &Network,
    name: &Ident,
    bounds: &TokenStream,
    options: &Options,
    is_trained: bool,
) -> TokenStream {
    let (krate, visibility, parameters) = (&options.krate, &network.visibility, &network.generics);
    let train = is_trained.then(|| quote!(Train));
    let on_heap = options.alloc.then(|| quote!(#krate::private::on_heap! { #visibility, }));
    quote! {
        #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
        impl <#(#parameters),*> #name <#(#parameters,)* ::core::primitive::f32> #bounds {
            #krate::private::figures! { #visibility, #train }
            #on_heap
        }
    }
}
