//! Identifiers.

use proc_macro2::Span;
use syn::Ident;

use crate::syntax::RawOrPlain;

/// A name as an identifier, raw where it is a keyword.
pub(in crate::emit) fn ident(name: &str) -> Ident {
    Ident::new_raw_or_plain(name, Span::call_site())
}

/// The name of the trait of a network's sizes.
pub(in crate::emit) fn dims_trait(network: &Ident) -> Ident {
    ident(&format!("{network}Dims"))
}

/// `NetParams` or `NetState`.
pub(in crate::emit) fn storage_name(network: &Ident, suffix: &str) -> Ident {
    ident(&format!("{network}{suffix}"))
}
