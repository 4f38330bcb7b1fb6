//! The type parameters of emitted items.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::Emitter;

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
pub(in crate::emit) struct Inner {
    /// `<D: NetDims, T: Scalar = f32>`
    pub declare: TokenStream,
    /// `<D: NetDims, T: Scalar>`
    pub bare: TokenStream,
    /// `<D, T>`
    pub apply: TokenStream,
    /// `<(In, Hidden), T>`
    pub outer: TokenStream,
}

impl Emitter<'_> {
    /// The generics of this network.
    pub(in crate::emit) fn generics_of(
        network: &crate::syntax::ast::Network,
        family: &Ident,
        krate: &TokenStream,
        symbolic: bool,
    ) -> Generics {
        let scalar = quote!(T: #krate::Scalar);
        let names = &network.generics;
        let dims = Self::dims_trait(family);
        Generics {
            declare: quote!(<#(#names,)* #scalar>),
            declare_default: quote!(<#(#names,)* #scalar = ::core::primitive::f32>),
            apply: quote!(<#(#names,)* T>),
            bounds: if symbolic { quote!(where (#(#names,)*): #dims) } else { TokenStream::new() },
        }
    }

    /// The generics of a struct with these tensors.
    pub(in crate::emit) fn inner(&self, symbolic: bool) -> Inner {
        self.inner_of(symbolic, true)
    }

    /// The generics of a struct, which takes the type of the numbers only if it has some: users who make a sample would
    /// have to give a marker field for an unused one.
    pub(in crate::emit) fn inner_of(&self, symbolic: bool, numbers: bool) -> Inner {
        Self::inner_generics(self.network, self.family, self.krate, [symbolic, numbers])
    }

    /// The same for a network that has its sizes from `family`.
    pub(in crate::emit) fn inner_generics(
        network: &crate::syntax::ast::Network,
        family: &Ident,
        krate: &TokenStream,
        [symbolic, numbers]: [bool; 2],
    ) -> Inner {
        let [scalar, scalar_default, t] = if numbers {
            [quote!(T: #krate::Scalar), quote!(T: #krate::Scalar = ::core::primitive::f32), quote!(T)]
        } else {
            Default::default()
        };
        let (names, dims) = (&network.generics, Self::dims_trait(family));
        let [declared, given, outer] =
            if symbolic { [quote!(D: #dims,), quote!(D,), quote!((#(#names,)*),)] } else { Default::default() };
        let angles = |inside: TokenStream| if inside.is_empty() { inside } else { quote!(<#inside>) };
        Inner {
            declare: angles(quote!(#declared #scalar_default)),
            bare: angles(quote!(#declared #scalar)),
            apply: angles(quote!(#given #t)),
            outer: angles(quote!(#outer #t)),
        }
    }

    pub(in crate::emit) fn dims_trait(network: &Ident) -> Ident {
        Self::ident(&format!("{network}Dims"))
    }
}
