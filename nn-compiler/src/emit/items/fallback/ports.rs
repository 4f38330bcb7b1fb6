//! The types of inputs, outputs and targets, as far as the text of a network declares them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::naming::identifiers::ident;
use crate::emit::naming::sizes::typenum;
use crate::lower::{Library, MAX_AXES, literal_size};
use crate::syntax::RawOrPlain;
use crate::syntax::ast::{ExpressionKind, FormulaKind, Loss, Network, SizeItem, Type, TypedName};

/// The types of ports, and the structs that they need.
pub(super) struct Ports<'a> {
    pub network: &'a Network,
    pub krate: &'a TokenStream,
    pub structs: TokenStream,
}

impl Ports<'_> {
    /// The type of some ports: that of the only one, or a struct.
    pub(super) fn port(&mut self, ports: &[TypedName], suffix: &str) -> TokenStream {
        match ports {
            [] => quote!([T; 0]),
            [port] => self.tensor(port.shape.as_ref(), &quote!(nn)),
            many => self.port_struct(many, suffix),
        }
    }

    /// The type of the targets of a loss.
    pub(super) fn target(&mut self, loss: &Loss, library: &Library<'_>, output: &TokenStream) -> TokenStream {
        match targets(loss, library) {
            Targets::Declared => self.port(&loss.targets, "Target"),
            Targets::Class => quote!(usize),
            Targets::LikeOutput => output.clone(),
        }
    }

    /// The type of the gradient by the inputs.
    pub(super) fn input_gradient(&self, inputs: &[TypedName]) -> TokenStream {
        match inputs {
            [input] if is_real(input) => self.tensor(input.shape.as_ref(), &quote!(nn)),
            _ => quote!([T; 0]),
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
        let types: Vec<TokenStream> = ports.iter().map(|port| self.tensor(port.shape.as_ref(), krate)).collect();
        let [declare, bare, apply] = if ports.iter().any(|port| is_real(port)) {
            let scalar = quote!(T: #krate::Scalar);
            [quote!(<#scalar = ::core::primitive::f32>), quote!(<#scalar>), quote!(<T>)]
        } else {
            Default::default()
        };
        let plain = if ports.iter().all(|port| is_real(port)) {
            let parts = types.iter().rev().fold(quote!(()), |rest, part| quote!((#part, #rest)));
            quote! {
                // SAFETY: a `repr(C)` struct of these tensors in this order.
                unsafe impl<T: #krate::Scalar> #krate::private::Fields for #name<T> {
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
        quote!(#name #apply)
    }

    fn tensor(&self, shape: Option<&Type>, krate: &TokenStream) -> TokenStream {
        let Some(shape) = shape else { return quote!(#krate::Tensor<(), T>) };
        let sizes: Option<Vec<i64>> = shape
            .sizes
            .iter()
            .map(|size| match size {
                SizeItem::Size(expression) => literal_size(expression).filter(|size| (0..=1 << 32).contains(size)),
                SizeItem::Rest(_) => None,
            })
            .collect();
        let sizes = sizes.filter(|sizes| sizes.len() <= MAX_AXES).unwrap_or_default();
        let sizes = sizes.into_iter().map(|size| typenum(u64::try_from(size).unwrap_or(0), krate));
        match &shape.index {
            None => quote!(#krate::Tensor<(#(#sizes,)*), T>),
            Some(_) if shape.sizes.is_empty() => quote!(::core::primitive::usize),
            Some(_) => quote!(#krate::Tensor<(#(#sizes,)*), ::core::primitive::usize>),
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
    let of_class = library.first(&name).is_some_and(|formula| {
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
