//! The types of inputs, outputs and targets, as far as the text of a network declares them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::naming::generics::StructGenerics;
use crate::emit::naming::identifiers::{dims_trait, ident};
use crate::emit::naming::written_sizes::{depends_on_type, size_type};
use crate::errors::closest;
use crate::lower::{Library, MAX_AXES, batch_of, literal_size};
use crate::syntax::RawOrPlain;
use crate::syntax::ast::{Expression, ExpressionKind, FormulaKind, Loss, Network, SizeItem, TypedName};

/// The types of ports, and the structs that they need.
pub(super) struct Ports<'a> {
    network: &'a Network,
    krate: &'a TokenStream,
    /// The type of all sizes together, as the implementations name it.
    outer: TokenStream,
    /// The structs of several ports.
    pub structs: TokenStream,
}

impl<'a> Ports<'a> {
    pub(super) fn new(network: &'a Network, krate: &'a TokenStream) -> Self {
        let generics = &network.generics;
        Ports { network, krate, outer: quote!((#(#generics,)*)), structs: TokenStream::new() }
    }

    /// The type of some ports: that of the only one, or a struct.
    pub(super) fn port(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        match ports {
            [] => quote!([T; 0]),
            [port] => self.tensor(port, &quote!(nn), &self.outer),
            many => self.port_struct(many, suffix),
        }
    }

    /// The same for those alone that are numbers, such as the gradient by the inputs.
    pub(super) fn numbers(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        let kept: Vec<TypedName> = ports.iter().filter(|port| is_real(port)).cloned().collect();
        match kept.as_slice() {
            [_] if ports.len() > 1 => self.port_struct(&kept, suffix),
            kept => self.port(kept, suffix),
        }
    }

    /// The type of the targets of a loss.
    pub(super) fn target(&mut self, loss: &Loss, library: &Library<'_>, output: &TokenStream) -> TokenStream {
        match targets(loss, library) {
            Targets::Declared => self.port(&loss.targets, "Target"),
            Targets::Class => quote!(::core::primitive::usize),
            Targets::LikeOutput => output.clone(),
        }
    }

    /// A struct of several ports.
    fn port_struct(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        let krate = self.krate;
        let (visibility, network) = (&self.network.visibility, &self.network.name);
        let name = Ident::new_raw_or_plain(&format!("{network}{suffix}"), network.span());
        let names = distinct(ports.iter().map(|port| &port.name));
        let of = |name: &Ident| ports.iter().find(|port| ident(&port.name.to_string()) == *name);
        let ports: Vec<&TypedName> = names.iter().filter_map(of).collect();
        let types: Vec<TokenStream> = ports.iter().map(|port| self.tensor(port, krate, &quote!(D))).collect();
        let symbols = ports.iter().any(|port| self.shape(port, krate, &self.outer).1);
        let numbers = ports.iter().any(|port| is_real(port));
        let generics = StructGenerics::new(self.network, network, krate, [symbols, numbers]);
        let StructGenerics { declare, bare, apply, outer } = &generics;
        let plain = if ports.iter().all(|port| is_real(port)) {
            let parts = types.iter().rev().fold(quote!(()), |rest, part| quote!((#part, #rest)));
            quote! {
                // SAFETY: a `repr(C)` struct of these tensors in this order.
                unsafe impl #bare #krate::private::Fields for #name #apply {
                    type Element = T;
                    type Parts = #parts;
                }
            }
        } else {
            quote! {
                // SAFETY: all fields are numbers and classes, of which zero bits are valid and which may be copied.
                unsafe impl #bare #krate::private::Sample for #name #apply {}
            }
        };
        self.structs.extend(quote! {
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
        let Some(shape) = &port.shape else { return Default::default() };
        // a batch is no axis, as the mistake says
        let batch = batch_of(shape).is_some_and(|size| !self.is_type_parameter(size));
        let sizes = &shape.sizes[usize::from(batch)..];
        let sizes: Option<Vec<(TokenStream, bool)>> = sizes.iter().map(|size| self.size(size, krate, dims)).collect();
        let sizes = sizes.filter(|sizes| sizes.len() <= MAX_AXES).unwrap_or_default();
        let symbols = sizes.iter().any(|(_, symbol)| *symbol);
        (sizes.into_iter().map(|(size, _)| size).collect(), symbols)
    }

    fn is_type_parameter(&self, size: &Expression) -> bool {
        matches!(&size.kind, ExpressionKind::Name(name) if self.network.generics.contains(name))
    }

    fn size(&self, size: &SizeItem, krate: &TokenStream, dims: &TokenStream) -> Option<(TokenStream, bool)> {
        let SizeItem::Size(expression) = size else { return None };
        match &expression.kind {
            ExpressionKind::Name(name) if self.network.generics.contains(name) => {
                let sizes = dims_trait(&self.network.name);
                Some((quote!(<#dims as #sizes>::#name), true))
            }
            // a type that is unknown, or called like one that has another name here, would be a second mistake
            _ if literal_size(expression).is_none() && depends_on_type(expression) => None,
            _ if literal_size(expression).is_none_or(|size| size <= 1 << 32) => {
                Some((size_type(expression, krate)?, false))
            }
            _ => None,
        }
    }
}

/// The targets of a loss, as far as its text declares them.
enum Targets {
    Declared,
    Class,
    LikeOutput,
}

fn targets(loss: &Loss, library: &Library<'_>) -> Targets {
    if !loss.targets.is_empty() {
        return Targets::Declared;
    }
    let name = match &loss.value.kind {
        ExpressionKind::Name(name) | ExpressionKind::Call(name, _) => name.to_string(),
        _ => String::new(),
    };
    // a misspelt loss is most likely the one that the message proposes
    let name =
        if library.knows(&name) { name.as_str() } else { closest(&name, library.loss_names()).unwrap_or_default() };
    let of_class = library.first(name).is_some_and(|formula| {
        let target = formula.inputs.get(1).and_then(|input| input.shape.as_ref());
        formula.kind == FormulaKind::Loss && target.is_some_and(|shape| shape.index.is_some())
    });
    if of_class { Targets::Class } else { Targets::LikeOutput }
}

/// Whether a port is of numbers, not of classes.
fn is_real(port: &TypedName) -> bool {
    port.shape.as_ref().is_none_or(|shape| shape.index.is_none())
}

/// Identifiers as fields and parameters: each once, and none that is a keyword.
pub(super) fn distinct<'a>(names: impl Iterator<Item = &'a Ident>) -> Vec<Ident> {
    let mut distinct: Vec<Ident> = Vec::new();
    for name in names.map(|name| ident(&name.to_string())) {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}
