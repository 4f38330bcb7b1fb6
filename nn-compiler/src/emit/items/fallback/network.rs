//! The structs and implementations of a network without a body.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::emitter::Options;
use crate::emit::items::accepts::{Role, Words};
use crate::emit::items::fallback::ports::distinct;
use crate::emit::items::inherent::inherent_items;
use crate::emit::items::structs::{boxed_clone, marker};
use crate::emit::naming::generics::{Generics, StructGenerics};
use crate::emit::naming::identifiers::storage_name;
use crate::syntax::ast::{DerivativeKind, Network};

/// What a network takes, in messages: its shapes may be what the mistake is about.
const DECLARED: &str = "what its declaration will say, once the mistake in it is mended";

/// What is certain of a network, or of the one that it is folded into.
pub(super) struct Signatures<'a> {
    network: &'a Network,
    /// Its own name; the sizes and the samples are called after that of `network`.
    name: &'a Ident,
    options: &'a Options,
    generics: Generics,
}

impl<'a> Signatures<'a> {
    pub(super) fn new(network: &'a Network, name: &'a Ident, options: &'a Options) -> Self {
        let symbolic = !network.generics.is_empty();
        let generics = Generics::new(network, &network.name, &options.krate, symbolic);
        Signatures { network, name, options, generics }
    }

    /// The structs of the network and of its parameters, and what users call.
    pub(super) fn items(&self, input: &TokenStream, output: &TokenStream) -> TokenStream {
        let (name, krate, visibility) = (self.name, &self.options.krate, &self.network.visibility);
        let Generics { declare_default, bounds, .. } = &self.generics;
        let symbolic = !self.network.generics.is_empty();
        let params = storage_name(name, "Params");
        let of_params = StructGenerics::new(self.network, &self.network.name, krate, [symbolic, true]);
        let StructGenerics { declare, outer, .. } = &of_params;
        let parameters = self.network.parameters.iter().map(|parameter| &parameter.statement.name);
        let fields = distinct(self.network.layers.iter().map(|layer| &layer.name).chain(parameters));
        let marker = marker(symbolic, true, fields.iter().map(ToString::to_string));
        let plain = self.fields_impls(&params, &of_params);
        let compiled = self.compiled_impl(&quote!(#params #outer), input, output);
        let is_trained = self.network.loss.is_some() && *name == self.network.name;
        let inherent = inherent_items(self.network, name, bounds, self.options, is_trained);
        let is_frozen = self.network.layers.iter().any(|layer| layer.frozen)
            || self.network.parameters.iter().any(|parameter| parameter.statement.frozen);
        let frozen = is_frozen.then(|| quote!(pub frozen: #params #outer));
        let trained = self.trained();
        let clone = (!self.options.alloc).then(|| quote!(::core::clone::Clone,));
        let boxed = self.options.alloc.then(|| boxed_clone(name, &self.generics));
        quote! {
            #[doc(hidden)]
            #[::core::prelude::v1::derive(::core::clone::Clone, ::core::fmt::Debug)]
            #visibility struct #params #declare { #(pub #fields: #krate::private::Unknown,)* #marker }
            #[doc(hidden)]
            #[::core::prelude::v1::derive(#clone ::core::fmt::Debug)]
            #visibility struct #name #declare_default #bounds { pub params: #params #outer, #frozen }
            const _: () = {
                use #krate::private::{self as nn, scope::*};
                #plain
                #boxed
                #compiled
            };
            #inherent
            #trained
        }
    }

    /// `Net::trained()` of a network with a file of weights.
    fn trained(&self) -> Option<TokenStream> {
        let (name, visibility) = (self.name, &self.network.visibility);
        let of_folded = || self.network.folded.as_ref().is_some_and(|folded| folded.weights.is_some());
        let has_file = if *name == self.network.name { self.network.names_weights } else { of_folded() };
        (has_file && self.network.generics.is_empty()).then(|| {
            quote! {
                #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
                impl #name<::core::primitive::f32> {
                    #visibility fn trained() -> &'static Self { loop {} }
                }
            }
        })
    }

    /// The implementations of `Fields` for both structs.
    fn fields_impls(&self, params: &Ident, of_params: &StructGenerics) -> TokenStream {
        let name = self.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let StructGenerics { bare, apply: params_apply, .. } = of_params;
        quote! {
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
        }
    }

    /// The implementation of `Compiled`.
    fn compiled_impl(&self, params: &TokenStream, input: &TokenStream, output: &TokenStream) -> TokenStream {
        let name = self.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let words = self.words();
        let sample = words.sample(input, DECLARED);
        let inputs = words.role(Role::Input, input, DECLARED);
        let outputs = words.role(Role::Output, output, DECLARED);
        let is_trained = self.network.loss.is_some() && *name == self.network.name;
        let any_target = (!is_trained).then(|| words.any_target());
        quote! {
            #sample
            #inputs
            #outputs
            #any_target
            impl #declare nn::Compiled for #name #apply #bounds {
                type Scalar = T;
                type Params = #params;
                type Frozen = [T; 0];
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

    fn words(&self) -> Words<'_> {
        Words { name: self.name, parameters: &self.network.generics, generics: &self.generics }
    }

    /// The implementation of `CompiledFold`.
    pub(super) fn fold_impl(&self, folded: &Ident) -> TokenStream {
        let name = self.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        quote! {
            impl #declare nn::CompiledFold for #name #apply #bounds {
                type Folded = #folded #apply;
                type FoldScratch = [T; 0];
                fn fold_tile(&self, _: nn::InstructionSet, _: nn::Memory<'_, T>, _: &mut Self::Folded) {}
            }
        }
    }

    /// The implementation of `CompiledStream`.
    pub(super) fn stream_impl(&self, frame: &TokenStream, output: &TokenStream) -> TokenStream {
        let name = self.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let takes = self.words().frame(frame, DECLARED);
        quote! {
            #takes
            impl #declare nn::CompiledStream for #name #apply #bounds {
                type Frame = #frame;
                type FrameOutput = #output;
                type Carried = [T; 0];
                type StepScratch = [T; 0];
                fn step_tile(&self, _: nn::StepTile<'_, Self>) {}
            }
        }
    }

    /// The implementation of `CompiledDerivative`.
    pub(super) fn derivative_impl(
        &self,
        kind: DerivativeKind,
        along: &TokenStream,
        gradient: &TokenStream,
    ) -> TokenStream {
        let (name, kind) = (self.name, kind.type_name());
        let Generics { declare, apply, bounds, .. } = &self.generics;
        quote! {
            impl #declare nn::CompiledDerivative<nn::#kind> for #name #apply #bounds {
                type Along = #along;
                type InputGradient = #gradient;
                type DerivativeScratch = [T; 0];
                fn derivative_tile(&self, _: nn::DerivativeTile<'_, Self, nn::#kind>) {}
            }
        }
    }

    /// The implementation of `CompiledLoss`.
    pub(super) fn loss_impl(&self, target: &TokenStream, gradient: &TokenStream) -> TokenStream {
        let name = self.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let takes = self.words().role(Role::Target, target, DECLARED);
        quote! {
            #takes
            impl #declare nn::DerivedByInputs for #name #apply #bounds {}
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
}
