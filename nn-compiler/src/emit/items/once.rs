//! One error for two networks of one name, and not one for each item and implementation.

use std::sync::atomic::{AtomicU64, Ordering};

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use crate::errors::Code;
use crate::syntax::ast::Network;

/// The code of a network, handed through a macro that is imported under its name: rustc lets a scope import a name
/// once, so that for a second network of this name the macro is that of the first, which knows another key and drops
/// the code. In an inner scope, such as a function, the name is free again.
#[must_use]
pub fn once(network: &Network, code: &TokenStream) -> TokenStream {
    static KEYS: AtomicU64 = AtomicU64::new(0);
    let key = Literal::u64_unsuffixed(KEYS.fetch_add(1, Ordering::Relaxed));
    let name = network.name.unraw();
    let imported = format_ident!("network_{name}", span = name.span());
    let message = Code::NameTwice.marked(&format!("there are two networks `{name}`: choose another name"));
    // errors point at the name
    let handed = quote_spanned! {
        name.span()=>
        #[allow(unused_imports)]
        use __nn_once as #imported;
        #imported! { #key { #code } }
    };
    quote! {
        macro_rules! __nn_once {
            (#key { $($code:tt)* }) => { $($code)* };
            ($($other:tt)*) => { ::core::compile_error! { #message } };
        }
        #handed
    }
}
