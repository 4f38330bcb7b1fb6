//! The structs and implementations of a network without a body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::emitter::Options;
use crate::emit::items::fallback::ports::distinct;
use crate::emit::naming::identifiers::ident;
use crate::syntax::ast::Network;

/// The structs of a network and of its parameters, and what users call.
pub(super) fn network_items(
    network: &Network,
    input: &TokenStream,
    output: &TokenStream,
    options: &Options,
) -> TokenStream {
    let krate = &options.krate;
    let (visibility, name, generics) = (&network.visibility, &network.name, &network.generics);
    let params = params_name(network);
    let fields = distinct(network.layers.iter().map(|layer| &layer.name));
    let fields = fields.iter().map(|field| quote!(pub #field: #krate::private::Unknown));
    let compiled = compiled_impl(network, input, output);
    let on_heap = options.alloc.then(|| on_heap(network));
    quote! {
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #params<T = ::core::primitive::f32> { #(#fields,)* marker: ::core::marker::PhantomData<T> }
        #[doc(hidden)]
        #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
        #visibility struct #name<#(#generics,)* T: #krate::Scalar = ::core::primitive::f32> {
        pub params: #params<T>,
        marker: ::core::marker::PhantomData<(#(#generics,)* T,)>,
        }
        const _: () = {
        use #krate::private::{self as nn, scope::*};
        #compiled
        #on_heap
        };
    }
}

fn params_name(network: &Network) -> Ident {
    ident(&format!("{}Params", network.name))
}

/// The implementation of `Compiled`, and of `Fields` for the structs.
fn compiled_impl(network: &Network, input: &TokenStream, output: &TokenStream) -> TokenStream {
    let (name, generics, params) = (&network.name, &network.generics, params_name(network));
    quote! {
        // SAFETY: both structs have no memory, and so no parts: a layer is `Unknown`, of which there is one value.
        unsafe impl<#(#generics: 'static,)* T: nn::Scalar> nn::Fields for #name<#(#generics,)* T> {
            type Element = T;
            type Parts = ();
        }
        // SAFETY: as above.
        unsafe impl<T: nn::Scalar> nn::Fields for #params<T> {
            type Element = T;
            type Parts = ();
        }
        impl<#(#generics: 'static,)* T: nn::Scalar> nn::Compiled for #name<#(#generics,)* T> {
            type Scalar = T;
            type Params = #params<T>;
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

/// The methods that need a heap.
fn on_heap(network: &Network) -> TokenStream {
    let (visibility, name, generics) = (&network.visibility, &network.name, &network.generics);
    quote! {
        impl<#(#generics: 'static),*> #name<#(#generics,)* f32> {
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
pub(super) fn fold_impl(network: &Network, folded: &Ident) -> TokenStream {
    let (name, generics) = (&network.name, &network.generics);
    quote! {
        impl<#(#generics: 'static,)* T: nn::Scalar> nn::CompiledFold for #name<#(#generics,)* T> {
            type Folded = #folded<#(#generics,)* T>;
            type FoldScratch = [T; 0];
            fn fold_tile(&self, _: nn::InstructionSet, _: nn::Memory<'_, T>, _: &mut Self::Folded) {}
        }
    }
}

/// The implementation of `CompiledLoss`.
pub(super) fn loss_impl(network: &Network, target: &TokenStream, gradient: &TokenStream) -> TokenStream {
    let (name, generics) = (&network.name, &network.generics);
    quote! {
        impl<#(#generics: 'static,)* T: nn::Scalar> nn::CompiledLoss for #name<#(#generics,)* T> {
            type Target = #target;
            type InputGradient = #gradient;
            type TrainScratch = [T; 0];
            const COEFFICIENTS: &'static [f64] = &[];
            fn denominators(_: &[Self::Target]) -> [f64; nn::MAX_TERMS] { loop {} }
            fn gradient_tile(&self, _: nn::GradientTile<'_, Self>) {}
        }
    }
}
