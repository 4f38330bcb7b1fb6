//! The structs and implementations of a network without a body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::emitter::Options;
use crate::emit::items::fallback::ports::distinct;
use crate::emit::items::structs::marker;
use crate::emit::naming::generics::{Generics, StructGenerics};
use crate::emit::naming::identifiers::ident;
use crate::syntax::ast::Network;

/// The type parameters of a network's implementations.
fn generics_of(network: &Network, krate: &TokenStream) -> Generics {
    Generics::new(network, &network.name, krate, !network.generics.is_empty())
}

/// The structs of a network, or of the one that it is folded into, and of its parameters.
pub(super) fn network_items(
    network: &Network,
    name: &Ident,
    samples: [&TokenStream; 2],
    options: &Options,
) -> TokenStream {
    let krate = &options.krate;
    let (visibility, symbolic) = (&network.visibility, !network.generics.is_empty());
    let Generics { declare, declare_default, apply, bounds } = generics_of(network, krate);
    let params = ident(&format!("{name}Params"));
    let inner = StructGenerics::new(network, &network.name, krate, [symbolic, true]);
    let StructGenerics { declare: params_declare, bare, apply: params_apply, outer } = inner;
    let fields = distinct(network.layers.iter().map(|layer| &layer.name));
    let marker = marker(symbolic, true, fields.iter().map(ToString::to_string));
    let compiled = compiled_impl(network, krate, name, &quote!(#params #outer), samples);
    let on_heap = options.alloc.then(|| on_heap(network, krate, name));
    quote! {
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #params #params_declare { #(pub #fields: #krate::private::Unknown,)* #marker }
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name #declare_default #bounds { pub params: #params #outer }
        const _: () = {
            use #krate::private::{self as nn, scope::*};
            // SAFETY: both structs have no memory, and so no parts: a layer is `Unknown`, of which there is one value.
            unsafe impl #declare nn::Fields for #name #apply #bounds {
                type Element = T;
                type Parts = ();
            }
            // SAFETY: as above.
            unsafe impl #bare nn::Fields for #params #params_apply {
                type Element = T;
                type Parts = ();
            }
            #compiled
            #on_heap
        };
    }
}

/// The implementation of `Compiled`.
fn compiled_impl(
    network: &Network,
    krate: &TokenStream,
    name: &Ident,
    params: &TokenStream,
    [input, output]: [&TokenStream; 2],
) -> TokenStream {
    let Generics { declare, apply, bounds, .. } = generics_of(network, krate);
    quote! {
        impl #declare nn::Compiled for #name #apply #bounds {
            type Scalar = T;
            type Params = #params;
            type State = [T; 0];
            type Input = #input;
            type Output = #output;
            type Scratch = [T; 0];
            const NAME: &'static str = "";
            const TILE: usize = 1;
            const MACS: usize = 0;
            const PARAMETERS: &'static [nn::Parameter] = &[];
            const LAYERS: &'static [nn::Layer] = &[];
            fn params(&self) -> &Self::Params { &self.params }
            fn params_mut(&mut self) -> &mut Self::Params { &mut self.params }
            fn initialise(&mut self, _: u64) {}
            fn forward_tile(&self, _: nn::ForwardTile<'_, Self>) {}
        }
    }
}

/// `Net::init(seed)` and `Net::session(seed)`.
fn on_heap(network: &Network, krate: &TokenStream, name: &Ident) -> TokenStream {
    let (visibility, generics) = (&network.visibility, &network.generics);
    let bounds = generics_of(network, krate).bounds;
    quote! {
        impl<#(#generics),*> #name<#(#generics,)* f32> #bounds {
            #[doc(hidden)]
            #[allow(dead_code)]
            #visibility fn init(_: u64) -> nn::Box<Self> { loop {} }
            #[doc(hidden)]
            #[allow(dead_code)]
            #visibility fn session(_: u64) -> nn::Session<Self> { loop {} }
        }
    }
}

/// The implementation of `CompiledFold`.
pub(super) fn fold_impl(network: &Network, krate: &TokenStream, folded: &Ident) -> TokenStream {
    let name = &network.name;
    let Generics { declare, apply, bounds, .. } = generics_of(network, krate);
    quote! {
        impl #declare nn::CompiledFold for #name #apply #bounds {
            type Folded = #folded #apply;
            type FoldScratch = [T; 0];
            fn fold_tile(&self, _: nn::InstructionSet, _: nn::Memory<'_, T>, _: &mut Self::Folded) {}
        }
    }
}

/// The implementation of `CompiledLoss`.
pub(super) fn loss_impl(
    network: &Network,
    krate: &TokenStream,
    target: &TokenStream,
    gradient: &TokenStream,
) -> TokenStream {
    let name = &network.name;
    let Generics { declare, apply, bounds, .. } = generics_of(network, krate);
    quote! {
        impl #declare nn::CompiledLoss for #name #apply #bounds {
            type Target = #target;
            type InputGradient = #gradient;
            type TrainScratch = [T; 0];
            const COEFFICIENTS: &'static [f64] = &[];
            fn denominators(_: &[Self::Target]) -> [f64; nn::MAX_TERMS] { loop {} }
            fn gradient_tile(&self, _: nn::GradientTile<'_, Self>) {}
        }
    }
}
