//! What the code of a network is written from.

use std::cell::RefCell;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::analysis::typed_sizes::typed_dims;
use crate::emit::functions::stages::Stage;
use crate::emit::naming::generics::{Generics, StructGenerics};
use crate::emit::naming::identifiers::{dims_trait, storage_name};
use crate::emit::naming::offsets::Offsets;
use crate::emit::naming::plans::Plans;
use crate::emit::naming::sizes::Sizes;
use crate::emit::naming::type_names::TypeNames;
use crate::lowered::Lowered;
use crate::pipeline::Compiled;
use crate::shape::Dim;
use crate::syntax::ast::Network;

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

/// What the emitted items and functions of a network are written from.
pub(in crate::emit) struct Emitter<'a> {
    pub network: &'a Network,
    /// The network after which sizes and samples are called: a folded network has those of the one it comes from.
    pub family: &'a Ident,
    pub compiled: &'a Compiled,
    pub infer: &'a Lowered,
    pub krate: &'a TokenStream,
    pub options: &'a Options,
    /// Whether there are sizes that are not numbers.
    pub symbolic: bool,
    /// The unknown sizes that appear in types.
    pub typed_dims: Vec<Dim>,
    pub generics: Generics,
    pub type_names: TypeNames,
    pub state_names: TypeNames,
    /// The names of the structs of frozen layers.
    pub frozen_names: TypeNames,
    pub plans: RefCell<Plans>,
    pub offsets: RefCell<Offsets>,
    /// The stages of its functions.
    pub stages: RefCell<Vec<Stage>>,
    /// Sizes as seen from the implementations.
    pub outer_sizes: Sizes,
    /// Sizes as seen from the structs of parameters.
    pub struct_sizes: Sizes,
    /// Sizes as seen from the implementations for these structs.
    pub inner_sizes: Sizes,
}

impl<'a> Emitter<'a> {
    pub(in crate::emit) fn new(network: &'a Network, compiled: &'a Compiled, options: &'a Options) -> Self {
        let typed_dims = typed_dims(network, compiled);
        let symbolic = !typed_dims.is_empty() || !network.generics.is_empty();
        let krate = &options.krate;
        let dims_trait = dims_trait(&network.name);
        let parameters = &network.generics;
        let dims = |subject: TokenStream| symbolic.then(|| quote!(#subject as #dims_trait));
        let struct_sizes = Sizes::new(krate.clone(), dims(quote!(D)), &network.name, &network.generics);
        let parameters_of = compiled.infer.parameters.iter().map(|p| &p.path);
        let frozen = compiled.infer.frozen.iter().map(|p| &p.path);
        let states = compiled.train.states.iter().map(|p| &p.path);
        Emitter {
            network,
            family: &network.name,
            compiled,
            infer: &compiled.infer,
            krate,
            options,
            symbolic,
            typed_dims,
            generics: Generics::new(network, &network.name, krate, symbolic),
            type_names: TypeNames::new(&storage_name(&network.name, "Params"), parameters_of),
            frozen_names: TypeNames::new(&storage_name(&network.name, "Frozen"), frozen),
            state_names: TypeNames::new(&storage_name(&network.name, "State"), states),
            plans: RefCell::default(),
            offsets: RefCell::default(),
            stages: RefCell::default(),
            outer_sizes: struct_sizes.seen_from(quote!(nn), dims(quote!((#(#parameters,)*)))),
            inner_sizes: struct_sizes.seen_from(quote!(nn), dims(quote!(D))),
            struct_sizes,
        }
    }

    /// The generics of a struct with these tensors.
    pub(in crate::emit) fn struct_generics(&self, symbolic: bool) -> StructGenerics {
        self.struct_generics_of(symbolic, true)
    }

    /// The generics of a struct, which takes the type of the numbers only if it has some: users who make a sample would
    /// have to give a marker field for an unused one.
    pub(in crate::emit) fn struct_generics_of(&self, symbolic: bool, numbers: bool) -> StructGenerics {
        StructGenerics::new(self.network, self.family, self.krate, [symbolic, numbers])
    }
}
