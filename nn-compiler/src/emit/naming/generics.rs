//! The type parameters of emitted items.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::naming::identifiers::dims_trait;
use crate::emit::naming::written_sizes::size_type;
use crate::syntax::ast::Network;

/// The generics of emitted items.
#[derive(Debug)]
pub(in crate::emit) struct Generics {
    /// `<In, Hidden, T: Scalar>`
    pub declare: TokenStream,
    /// `<In, Hidden, T: Scalar = f32>`
    pub declare_default: TokenStream,
    /// `<In, Hidden, T>`
    pub apply: TokenStream,
    /// `where (In, Hidden): NetDims`
    pub bounds: TokenStream,
}

/// The generics of a struct of tensors: it takes the sizes only where it has some that are not numbers.
#[derive(Debug)]
pub(in crate::emit) struct StructGenerics {
    /// `<D: NetDims, T: Scalar = f32>`
    pub declare: TokenStream,
    /// `<D: NetDims, T: Scalar>`
    pub bare: TokenStream,
    /// `<D, T>`
    pub apply: TokenStream,
    /// `<(In, Hidden), T>`
    pub outer: TokenStream,
}

impl Generics {
    /// The generics of a network.
    pub(in crate::emit) fn new(network: &Network, family: &Ident, krate: &TokenStream, symbolic: bool) -> Self {
        let scalar = quote!(T: #krate::Scalar);
        let names = &network.generics;
        let dims = dims_trait(family);
        let with_defaults = names.iter().enumerate().map(|(at, name)| {
            let default = network.defaults.get(at).and_then(Option::as_ref);
            let default = default.and_then(|default| size_type(default, krate)).map(|ty| quote!(= #ty));
            quote!(#name #default)
        });
        Generics {
            declare: quote!(<#(#names,)* #scalar>),
            declare_default: quote!(<#(#with_defaults,)* #scalar = ::core::primitive::f32>),
            apply: quote!(<#(#names,)* T>),
            bounds: if symbolic { quote!(where (#(#names,)*): #dims) } else { TokenStream::new() },
        }
    }
}

impl StructGenerics {
    /// The generics of a struct of a network that has its sizes from `family`: whether it has sizes that are not
    /// numbers, and whether it has tensors of numbers.
    pub(in crate::emit) fn new(
        network: &Network,
        family: &Ident,
        krate: &TokenStream,
        [symbolic, numbers]: [bool; 2],
    ) -> Self {
        let [scalar, scalar_default, t] = if numbers {
            [quote!(T: #krate::Scalar), quote!(T: #krate::Scalar = ::core::primitive::f32), quote!(T)]
        } else {
            Default::default()
        };
        let (names, dims) = (&network.generics, dims_trait(family));
        let [declared, given, outer] =
            if symbolic { [quote!(D: #dims,), quote!(D,), quote!((#(#names,)*),)] } else { Default::default() };
        let angles = |inside: TokenStream| if inside.is_empty() { inside } else { quote!(<#inside>) };
        StructGenerics {
            declare: angles(quote!(#declared #scalar_default)),
            bare: angles(quote!(#declared #scalar)),
            apply: angles(quote!(#given #t)),
            outer: angles(quote!(#outer #t)),
        }
    }
}
