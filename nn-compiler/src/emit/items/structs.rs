//! The emitted types: the network, its parameters, its samples.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::emitter::Emitter;
use crate::emit::naming::generics::{Generics, StructGenerics};
use crate::emit::naming::identifiers::ident;

/// Emitted structs, and the implementations that make them plain data.
#[derive(Debug, Default)]
pub(in crate::emit) struct Structs {
    /// The structs.
    pub items: TokenStream,
    /// The implementations of `Fields`.
    pub plain: TokenStream,
}

impl Structs {
    pub(in crate::emit) fn extend(&mut self, other: Structs) {
        self.items.extend(other.items);
        self.plain.extend(other.plain);
    }
}

impl Emitter<'_> {
    /// The struct of the network.
    pub(in crate::emit) fn network_struct(&self) -> Structs {
        let (attributes, visibility, name) = (&self.network.attributes, &self.network.visibility, &self.network.name);
        let Generics { declare, declare_default, apply, bounds } = &self.generics;
        let params = self.params_type();
        let frozen = (!self.infer.frozen.is_empty()).then(|| self.frozen_type());
        let frozen_field = frozen.as_ref().map(|frozen| {
            quote! {
                /// The parameters of frozen layers: training leaves them as they are.
                pub frozen: #frozen,
            }
        });
        let state = (!self.compiled.train.states.is_empty()).then(|| self.state_type());
        let state_field = state.as_ref().map(|state| {
            quote! {
                /// The state: training updates it by other means than the gradient, such as running statistics.
                pub state: #state,
            }
        });
        let doc = (!attributes.iter().any(|a| a.path().is_ident("doc"))).then(|| {
            let text = format!(" The network `{name}`.");
            quote!(#[doc = #text])
        });
        // with a heap, copies are made there: a large network on the stack would overflow it
        let clone = (!self.options.alloc).then(|| quote!(::core::clone::Clone,));
        let items = quote! {
            #doc
            #(#attributes)*
            #[repr(C, align(64))]
            #[::core::prelude::v1::derive(#clone ::core::fmt::Debug)]
            #visibility struct #name #declare_default #bounds {
                /// The trainable parameters.
                pub params: #params,
                #frozen_field
                #state_field
            }
        };
        let fields = [
            Some(("params", &params)),
            frozen.as_ref().map(|ty| ("frozen", ty)),
            state.as_ref().map(|ty| ("state", ty)),
        ];
        let fields: Vec<(&str, &TokenStream)> = fields.into_iter().flatten().collect();
        let only_these = self.only_fields(&fields);
        let boxed = self.options.alloc.then(|| boxed_clone(name, &self.generics));
        let parts = fields.iter().map(|(_, ty)| ty);
        let plain = quote! {
            // SAFETY: a `repr(C)` struct of exactly these fields, as `only_fields` holds.
            unsafe impl #declare nn::Fields for #name #apply #bounds {
                type Element = T;
                type Parts = (#(#parts,)*);
                const ALIGN: usize = 64;
            }
            #only_these
            #boxed
        };
        Structs { items, plain }
    }

    /// A struct of tensors.
    pub(in crate::emit) fn plain_struct(
        &self,
        name: &Ident,
        generics: &StructGenerics,
        doc: &str,
        fields: &TokenStream,
        parts: &[TokenStream],
        derived: &[TokenStream],
    ) -> Structs {
        let StructGenerics { declare, bare, apply, .. } = generics;
        let visibility = &self.network.visibility;
        let parts = Self::tree(parts);
        let items = quote! {
            #[doc = #doc]
            #[repr(C)]
            #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug #(, #derived)*)]
            #visibility struct #name #declare { #fields }
        };
        let plain = quote! {
            // SAFETY: a `repr(C)` struct of tensors, whose types these are in order, and of fields without memory.
            unsafe impl #bare nn::Fields for #name #apply {
                type Element = T;
                type Parts = #parts;
            }
        };
        Structs { items, plain }
    }

    /// Types as a tree of tuples of at most eight, as `nn::Parts` takes them.
    fn tree(parts: &[TokenStream]) -> TokenStream {
        const MOST: usize = 8;
        if parts.len() <= MOST {
            return quote!((#(#parts,)*));
        }
        let groups: Vec<TokenStream> = parts.chunks(MOST).map(|group| quote!((#(#group,)*))).collect();
        Self::tree(&groups)
    }
}

/// `Clone` for a network on the heap: the copy is made in place.
pub(in crate::emit) fn boxed_clone(name: &Ident, generics: &Generics) -> TokenStream {
    let Generics { declare, apply, bounds, .. } = generics;
    quote! {
        #[automatically_derived]
        impl #declare ::core::clone::Clone for nn::Box<#name #apply> #bounds {
            fn clone(&self) -> Self { nn::boxed(&**self) }
        }
    }
}

/// A field that uses those type parameters of a struct that no other field does.
pub(in crate::emit) fn marker(sizes: bool, scalar: bool, mut fields: impl Iterator<Item = String>) -> TokenStream {
    let unused = match (sizes, scalar) {
        (false, false) => return TokenStream::new(),
        (true, false) => quote!(D),
        (false, true) => quote!(T),
        (true, true) => quote!((D, T)),
    };
    let name = ident(if fields.any(|field| field == "marker") { "marker_" } else { "marker" });
    quote!(#[doc = " No memory."] pub #name: ::core::marker::PhantomData<#unused>)
}
