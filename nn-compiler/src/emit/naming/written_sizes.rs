//! Sizes of the network's text as types, where no layer says anything of them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::Ident;

use crate::emit::naming::sizes::typenum;
use crate::lower::{is_constant_path, literal_size};
use crate::syntax::RawOrPlain;
use crate::syntax::ast::{Expression, ExpressionKind, Operator};

/// A size as a type; none if it is no size of the program.
pub(crate) fn size_type(size: &Expression, krate: &TokenStream) -> Option<TokenStream> {
    if let Some(size) = literal_size(size) {
        return Some(typenum(u64::try_from(size).ok()?, krate));
    }
    match &size.kind {
        ExpressionKind::Name(name) if !is_constant_path(&name.to_string()) => Some(raw(name)),
        ExpressionKind::Path(path) if !is_constant_path(&path.to_string()) => Some(path.clone()),
        _ => Some(from_digits(&size_value(size, krate)?, krate)),
    }
}

/// The type of a constant expression, by its hexadecimal digits.
pub(in crate::emit) fn from_digits(value: &TokenStream, krate: &TokenStream) -> TokenStream {
    let digits = (0..8u32).rev().map(|at| quote!({ #krate::private::hexadecimal_digit(#value, #at) }));
    quote!(#krate::private::FromDigits<#(#digits),*>)
}

/// A size as a constant expression.
fn size_value(size: &Expression, krate: &TokenStream) -> Option<TokenStream> {
    match &size.kind {
        ExpressionKind::Number { whole: Some(value), .. } => {
            let value = Literal::u64_unsuffixed(u64::try_from(*value).ok()?);
            Some(quote!(#value))
        }
        ExpressionKind::Name(name) if is_constant_path(&name.to_string()) => Some(raw(name)),
        ExpressionKind::Path(path) if is_constant_path(&path.to_string()) => Some(path.clone()),
        ExpressionKind::Name(name) => {
            let name = raw(name);
            Some(quote!(<#name as #krate::Dim>::SIZE))
        }
        ExpressionKind::Path(path) => Some(quote!(<#path as #krate::Dim>::SIZE)),
        ExpressionKind::Braced(Some(tokens), _) => Some(quote!({ #tokens })),
        ExpressionKind::Binary(operator, left, right) => {
            let (left, right) = (size_value(left, krate)?, size_value(right, krate)?);
            Some(match operator {
                Operator::Add => quote!((#left + #right)),
                Operator::Subtract => quote!((#left - #right)),
                Operator::Multiply => quote!((#left * #right)),
                Operator::Divide => quote!((#left / #right)),
                _ => return None,
            })
        }
        _ => None,
    }
}

/// A name in Rust, where some words need a `r#`.
fn raw(name: &Ident) -> TokenStream {
    Ident::new_raw_or_plain(&name.to_string(), name.span()).into_token_stream()
}

/// Whether a size depends on a name that stands for a type.
pub(in crate::emit) fn depends_on_type(size: &Expression) -> bool {
    match &size.kind {
        ExpressionKind::Name(name) => !is_constant_path(&name.to_string()),
        ExpressionKind::Binary(_, left, right) => depends_on_type(left) || depends_on_type(right),
        _ => false,
    }
}
