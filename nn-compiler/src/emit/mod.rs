//! From schedules to Rust: one function for each item that is emitted.

mod batch;
mod checks;
mod constants;
mod contract;
mod denominators;
mod export;
mod fallback;
mod fold;
mod generics;
mod initial;
mod memory;
mod names;
mod nest;
mod once;
mod places;
mod reduction;
mod scalar;
mod sizes;
mod stages;
mod storage;
mod structs;
mod tile;
mod traits;
mod windows;

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::lowered::Lowered;
use crate::pipeline::Compiled;
use crate::shape::Dim;
use crate::syntax::ast::Network;

pub use export::export;
pub use fallback::fallback;
pub use once::once;
pub(crate) use traits::is_staged;

/// The options of the emitted code.
#[derive(Debug, Clone)]
pub struct Options {
    /// The path of `nn-core`.
    pub krate: TokenStream,
    /// Whether there is a heap.
    pub alloc: bool,
    /// Whether formulas are kept as comments.
    pub annotate: bool,
}

struct Emitter<'a> {
    network: &'a Network,
    /// The network after which sizes and samples are called: a folded network has those of the one it comes from.
    family: &'a Ident,
    compiled: &'a Compiled,
    infer: &'a Lowered,
    krate: &'a TokenStream,
    options: &'a Options,
    /// Whether there are sizes that are not numbers.
    symbolic: bool,
    /// The unknown sizes that appear in types.
    typed_dims: Vec<Dim>,
    generics: generics::Generics,
    type_names: names::TypeNames,
    state_names: names::TypeNames,
    plans: RefCell<contract::Plans>,
    /// The stages of its functions: an implementation for each.
    stages: RefCell<Vec<TokenStream>>,
    /// Sizes as seen from the implementations.
    outer_sizes: sizes::Sizes,
    /// Sizes as seen from the structs of parameters.
    struct_sizes: sizes::Sizes,
    /// Sizes as seen from the implementations for these structs.
    inner_sizes: sizes::Sizes,
}

/// The code of a network.
#[must_use]
pub fn emit(network: &Network, compiled: &Compiled, options: &Options) -> TokenStream {
    let emitter = Emitter::new(network, compiled, options);
    let dims = emitter.dims();
    let ports = emitter.port_structs();
    let folded = compiled.folded.as_ref().map(|folding| emitter.folded(folding));
    let own = emitter.items(&ports);
    // last, since all others ask for some
    let aliases = emitter.struct_sizes.aliases(&network.visibility);
    quote!(#own #folded #aliases #dims)
}

impl<'a> Emitter<'a> {
    /// The structs and implementations of the network.
    fn items(&self, ports: &structs::Structs) -> TokenStream {
        let network_struct = self.network_struct();
        let storage = self.storage_structs();
        let krate = self.krate;
        let plain = [&network_struct, &storage, ports].map(|structs| &structs.plain);
        let structs = [&network_struct, &storage, ports].map(|structs| &structs.items);
        let compiled = self.compiled_impl();
        let loss = self.loss_impl();
        let fold = self.fold_impl();
        // last, since it holds the plans that the others ask for
        let inherent = self.inherent();
        let stages = self.stages.borrow();
        quote! {
            #(#structs)*
            #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
            const _: () = {
                use #krate::private::{self as nn, scope::*};
                #(#plain)*
                #inherent
                #compiled
                #loss
                #fold
                #(#stages)*
            };
        }
    }

    fn new(network: &'a Network, compiled: &'a Compiled, options: &'a Options) -> Self {
        let typed_dims = typed_dims(network, compiled);
        let symbolic = !typed_dims.is_empty() || !network.generics.is_empty();
        let krate = &options.krate;
        let dims_trait = Self::dims_trait(&network.name);
        let parameters = &network.generics;
        let dims = |subject: TokenStream| symbolic.then(|| quote!(#subject as #dims_trait));
        let struct_sizes = sizes::Sizes::new(krate.clone(), dims(quote!(D)), &network.name, &network.generics);
        let parameters_of = compiled.infer.parameters.iter().map(|p| &p.path);
        let type_names = names::TypeNames::new(&Self::storage_name(network, "Params"), parameters_of);
        let states = compiled.train.states.iter().map(|p| &p.path);
        let state_names = names::TypeNames::new(&Self::storage_name(network, "State"), states);
        Emitter {
            network,
            family: &network.name,
            compiled,
            infer: &compiled.infer,
            krate,
            options,
            symbolic,
            typed_dims,
            generics: Self::generics_of(network, &network.name, krate, symbolic),
            type_names,
            state_names,
            plans: RefCell::default(),
            stages: RefCell::default(),
            outer_sizes: struct_sizes.seen_from(quote!(nn), dims(quote!((#(#parameters,)*)))),
            inner_sizes: struct_sizes.seen_from(quote!(nn), dims(quote!(D))),
            struct_sizes,
        }
    }

    /// The lowered network that knows of inputs, outputs and targets.
    fn lowered(&self) -> &'a Lowered {
        &self.compiled.infer
    }
}

/// The sizes that are not numbers and appear in types.
fn typed_dims(network: &Network, compiled: &Compiled) -> Vec<Dim> {
    let lowered = &compiled.infer;
    let folded = compiled.folded.as_ref();
    let mut dims: Vec<Dim> = network.generics.iter().map(|name| Dim::symbol(&name.to_string())).collect();
    dims.extend(lowered.symbols.keys().map(|name| Dim::symbol(name)));
    let ports = lowered.inputs.iter().chain(&lowered.outputs).chain(&lowered.targets);
    dims.extend(ports.flat_map(|port| lowered.program.at(port.tensor).sample_shape().to_vec()));
    let stored = lowered.parameters.iter().chain(&compiled.train.states);
    let stored = stored.chain(folded.iter().flat_map(|folding| &folding.network.infer.parameters));
    dims.extend(stored.flat_map(|stored| stored.shape.clone()));
    let training = compiled.training.iter().flat_map(|t| t.loss.iter().chain([&t.gradient]));
    let folded = folded.iter().flat_map(|folding| [&folding.network.forward, &folding.preparation]);
    for schedule in training.chain([&compiled.forward]).chain(folded) {
        if schedule.scratch.literal().is_none() {
            let buffers = schedule.places.values().map(|place| place.buffer);
            dims.extend(buffers.flat_map(|tensor| schedule.layout.stored_sample(&schedule.program, tensor)));
        }
    }
    dims.retain(|dim| dim.literal().is_none());
    let mut distinct: Vec<Dim> = Vec::new();
    for dim in dims {
        if !distinct.contains(&dim) {
            distinct.push(dim);
        }
    }
    distinct
}
