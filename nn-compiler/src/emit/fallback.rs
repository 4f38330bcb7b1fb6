//! What is emitted after a mistake: the struct and the signatures that its users need, so that one
//! mistake gives one error.

use proc_macro2::TokenStream;
use quote::quote;

use super::Options;
use crate::syntax::ast::Network;

/// A network of which only the name is certain.
#[must_use]
pub fn fallback(network: &Network, options: &Options) -> TokenStream {
    let krate = &options.krate;
    let (visibility, name) = (&network.visibility, &network.name);
    let _ = krate;
    quote! {
        #[doc = "This network does not compile."]
        #visibility struct #name<T = f32>(::core::marker::PhantomData<T>);
    }
}
