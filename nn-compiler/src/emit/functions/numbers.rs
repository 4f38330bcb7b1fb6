//! Numbers as Rust writes them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A number of the network's type.
pub(in crate::emit) fn number(value: f64) -> TokenStream {
    if value == 0.0 {
        quote!(T::ZERO)
    } else if value == 1.0 {
        quote!(T::ONE)
    } else {
        let value = real(value);
        quote!(T::from_f64(#value))
    }
}

/// A whole number as a `usize`; a negative one wraps round, as in Rust's conversion.
pub(in crate::emit) fn wrapped(value: f64) -> TokenStream {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // whole and small
    let size = Literal::u64_unsuffixed(value.abs() as u64);
    if value < 0.0 { quote!(usize::wrapping_sub(0, #size)) } else { quote!(#size) }
}

/// A number as Rust writes it.
pub(in crate::emit) fn real(value: f64) -> TokenStream {
    if !value.is_finite() {
        let name = if value.is_nan() {
            "NAN"
        } else if value > 0.0 {
            "INFINITY"
        } else {
            "NEG_INFINITY"
        };
        let name = syn::Ident::new(name, proc_macro2::Span::call_site());
        return quote!(f64::#name);
    }
    let literal = Literal::f64_unsuffixed(value.abs());
    if value < 0.0 { quote!(-#literal) } else { quote!(#literal) }
}
