//! The folded network, and the function that computes its parameters.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use crate::emit::emitter::Emitter;
use crate::emit::functions::tile::Function;
use crate::emit::items::structs;
use crate::emit::naming::generics::Generics;
use crate::emit::naming::identifiers::storage_name;
use crate::emit::naming::type_names::TypeNames;
use crate::pipeline::Folding;
use crate::syntax::ast::Network;

impl<'a> Emitter<'a> {
    /// The items of the folded network; its sizes, samples and predictions are those of the original.
    pub(in crate::emit) fn folded(&self, folding: &Folding) -> TokenStream {
        let network = folded_network(self.network);
        let compiled = &*folding.network;
        let paths = compiled.infer.parameters.iter().map(|parameter| &parameter.path);
        let seen_from =
            |sizes: &crate::emit::naming::sizes::Sizes| sizes.seen_from(sizes.krate.clone(), sizes.dims.clone());
        let folded = Emitter {
            family: self.family,
            compiled,
            infer: &compiled.infer,
            krate: self.krate,
            options: self.options,
            symbolic: self.symbolic,
            typed_dims: self.typed_dims.clone(),
            generics: Generics::new(&network, self.family, self.krate, self.symbolic),
            type_names: TypeNames::new(&storage_name(&network.name, "Params"), paths),
            frozen_names: TypeNames::new(&storage_name(&network.name, "Frozen"), [].into_iter()),
            state_names: TypeNames::new(&storage_name(&network.name, "State"), [].into_iter()),
            plans: Default::default(),
            offsets: Default::default(),
            stages: Default::default(),
            outer_sizes: seen_from(&self.outer_sizes),
            struct_sizes: seen_from(&self.struct_sizes),
            inner_sizes: seen_from(&self.inner_sizes),
            network: &network,
        };
        folded.items(&structs::Structs::default())
    }

    /// The implementation of `CompiledFold`, if there is a folded network.
    pub(in crate::emit) fn fold_impl(&self) -> TokenStream {
        let Some((folding, folded)) = self.compiled.folded.as_ref().zip(self.network.folded.as_ref()) else {
            return TokenStream::new();
        };
        let folded = &folded.name;
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let scratch = self.scratch_type(&folding.preparation);
        let body = self.whole(Function::Fold, &folding.preparation, self.infer);
        quote! {
            #[automatically_derived]
            impl #declare nn::CompiledFold for #name #apply #bounds {
                type Folded = #folded #apply;
                type FoldScratch = #scratch;
                #[inline(always)]
                fn fold_tile(
                    &self,
                    instructions: nn::InstructionSet,
                    mut memory: nn::Memory<'_, T>,
                    folded: &mut Self::Folded,
                ) { #body }
            }
        }
    }
}

/// The folded network as if it had been declared.
fn folded_network(network: &Network) -> Network {
    let text = format!(
        " [`{}`] as it predicts: what follows from its parameters and state alone is computed beforehand.",
        network.name
    );
    let folded = network.folded.as_ref();
    Network {
        attributes: vec![parse_quote!(#[doc = #text])],
        name: folded.map_or(&network.name, |folded| &folded.name).clone(),
        is_layer: false,
        folded: None,
        loss: None,
        weights: folded.and_then(|folded| folded.weights.clone()),
        ..network.clone()
    }
}
