//! The types of inputs, outputs and targets, as far as the text of a network gives their shapes.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::distinct;
use crate::emit::Emitter;
use crate::emit::items::generics::Inner;
use crate::emit::naming::sizes::typenum;
use crate::lower::{MAX_AXES, literal_size};
use crate::syntax::RawOrPlain;
use crate::syntax::ast::{ExpressionKind, Network, SizeItem, Type, TypedName};

/// The types of inputs, outputs and targets.
pub(super) struct Ports<'a> {
    network: &'a Network,
    krate: &'a TokenStream,
    /// The type of all sizes together, as the implementations name it.
    outer: TokenStream,
    /// The structs of several.
    pub items: TokenStream,
}

impl<'a> Ports<'a> {
    pub(super) fn new(network: &'a Network, krate: &'a TokenStream) -> Self {
        let generics = &network.generics;
        Ports { network, krate, outer: quote!((#(#generics,)*)), items: TokenStream::new() }
    }

    /// The type of a port, and the struct of all if there are several.
    pub(super) fn port(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        match ports {
            [] => quote!([T; 0]),
            [port] => self.tensor(port, &quote!(nn), &self.outer),
            many => self.several(many, suffix),
        }
    }

    /// The same for those alone that are numbers.
    pub(super) fn numbers(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        let kept: Vec<TypedName> = ports.iter().filter(|port| is_real(port)).cloned().collect();
        match kept.as_slice() {
            [] => quote!([T; 0]),
            [_] if ports.len() == 1 => self.port(&kept, suffix),
            many => self.several(many, suffix),
        }
    }

    fn several(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        let krate = self.krate;
        let (visibility, network) = (&self.network.visibility, &self.network.name);
        let name = Ident::new_raw_or_plain(&format!("{network}{suffix}"), network.span());
        let names = distinct(ports.iter().map(|port| &port.name));
        let of = |name: &Ident| ports.iter().find(|port| Emitter::ident(&port.name.to_string()) == *name);
        let ports: Vec<&TypedName> = names.iter().filter_map(of).collect();
        let types: Vec<TokenStream> = ports.iter().map(|port| self.tensor(port, krate, &quote!(D))).collect();
        let parts = types.iter().rev().fold(quote!(()), |rest, part| quote!((#part, #rest)));
        let symbols = ports.iter().any(|port| self.shape(port, krate, &self.outer).1);
        let Inner { declare, bare, apply, outer } =
            Emitter::inner_generics(self.network, network, krate, [symbols, ports.iter().any(|port| is_real(port))]);
        let plain = if ports.iter().all(|port| is_real(port)) {
            quote! {
                unsafe impl #bare #krate::private::Fields for #name #apply {
                    type Element = T;
                    type Parts = #parts;
                }
            }
        } else {
            quote!(unsafe impl #bare #krate::private::Sample for #name #apply {})
        };
        self.items.extend(quote! {
            #[doc(hidden)]
            #[repr(C)]
            #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
            #visibility struct #name #declare { #(pub #names: #types,)* }
            #plain
        });
        quote!(#name #outer)
    }

    fn tensor(&self, port: &TypedName, krate: &TokenStream, dims: &TokenStream) -> TokenStream {
        let (sizes, _) = self.shape(port, krate, dims);
        match port.shape.as_ref().and_then(|shape| shape.index.as_ref().map(|_| shape)) {
            None => quote!(#krate::Tensor<(#(#sizes,)*), T>),
            Some(shape) if shape.sizes.is_empty() => quote!(::core::primitive::usize),
            Some(_) => quote!(#krate::Tensor<(#(#sizes,)*), ::core::primitive::usize>),
        }
    }

    /// The sizes of a port, and whether one of them is a type parameter; none if one is neither that nor a number.
    fn shape(&self, port: &TypedName, krate: &TokenStream, dims: &TokenStream) -> (Vec<TokenStream>, bool) {
        let Some(Type { sizes, .. }) = &port.shape else { return Default::default() };
        let sizes: Option<Vec<(TokenStream, bool)>> = sizes.iter().map(|size| self.size(size, krate, dims)).collect();
        let sizes = sizes.filter(|sizes| sizes.len() <= MAX_AXES).unwrap_or_default();
        let symbols = sizes.iter().any(|(_, symbol)| *symbol);
        (sizes.into_iter().map(|(size, _)| size).collect(), symbols)
    }

    fn size(&self, size: &SizeItem, krate: &TokenStream, dims: &TokenStream) -> Option<(TokenStream, bool)> {
        let SizeItem::Size(expression) = size else { return None };
        match &expression.kind {
            ExpressionKind::Name(name) if self.network.generics.contains(name) => {
                let sizes = Emitter::dims_trait(&self.network.name);
                Some((quote!(<#dims as #sizes>::#name), true))
            }
            ExpressionKind::Path(path) if literal_size(expression).is_none() => Some((path.clone(), false)),
            _ => {
                let size = literal_size(expression).filter(|size| *size <= 1 << 32)?;
                Some((typenum(u64::try_from(size).ok()?, krate), false))
            }
        }
    }
}

fn is_real(port: &TypedName) -> bool {
    port.shape.as_ref().is_none_or(|shape| shape.index.is_none())
}
