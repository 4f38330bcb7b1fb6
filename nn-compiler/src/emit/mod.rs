//! From schedules to Rust: one function for each item that is emitted.

mod analysis;
mod functions;
mod items;
mod naming;

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::analysis::typed_sizes::typed_dims;
use crate::emit::items::generics::Generics;
use crate::emit::items::structs::Structs;
use crate::emit::naming::names::TypeNames;
use crate::emit::naming::plans::Plans;
use crate::emit::naming::sizes::Sizes;
use crate::lowered::Lowered;
use crate::pipeline::Compiled;
use crate::shape::Dim;
use crate::syntax::ast::Network;

pub use items::export::export;
pub use items::fallback::fallback;
pub use items::once::once;
pub(crate) use naming::sizes::typenum;

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
    generics: Generics,
    type_names: TypeNames,
    state_names: TypeNames,
    plans: RefCell<Plans>,
    /// The stages of its functions: an implementation for each.
    stages: RefCell<Vec<TokenStream>>,
    /// Sizes as seen from the implementations.
    outer_sizes: Sizes,
    /// Sizes as seen from the structs of parameters.
    struct_sizes: Sizes,
    /// Sizes as seen from the implementations for these structs.
    inner_sizes: Sizes,
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
    fn items(&self, ports: &Structs) -> TokenStream {
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
        let struct_sizes = Sizes::new(krate.clone(), dims(quote!(D)), &network.name, &network.generics);
        let parameters_of = compiled.infer.parameters.iter().map(|p| &p.path);
        let type_names = TypeNames::new(&Self::storage_name(network, "Params"), parameters_of);
        let states = compiled.train.states.iter().map(|p| &p.path);
        let state_names = TypeNames::new(&Self::storage_name(network, "State"), states);
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
