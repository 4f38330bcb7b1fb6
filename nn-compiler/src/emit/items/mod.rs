//! The emitted items: structs, the implementations of traits, tables, macros.

mod accepts;
mod batch;
mod checks;
mod constants;
mod denominators;
mod derivatives;
mod dims;
pub(in crate::emit) mod export;
pub(in crate::emit) mod fallback;
mod fold;
mod inherent;
mod initial;
pub(in crate::emit) mod once;
mod ports;
mod storage;
mod stream;
mod structs;
mod traits;
pub(in crate::emit) mod warnings;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::emitter::Emitter;
use crate::emit::items::inherent::inherent_items;
use crate::emit::items::structs::Structs;

impl Emitter<'_> {
    /// All items of the network.
    pub(in crate::emit) fn network_items(&self) -> TokenStream {
        let dims = self.dims();
        let mut ports = self.port_structs();
        ports.extend(self.stream_structs());
        let folded = self.compiled.folded.as_ref().map(|folding| self.folded(folding));
        let own = self.items(&ports);
        // last, since all others ask for some
        let aliases = self.struct_sizes.aliases(&self.network.visibility);
        quote!(#own #folded #aliases #dims)
    }

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
        let stream = self.stream_impl();
        let derivatives = self.derivative_impls();
        let stages = self.finish_stages();
        // last, since it holds the plans that the others ask for
        let constants = self.constants();
        let (network, bounds, is_trained) = (self.network, &self.generics.bounds, self.compiled.training.is_some());
        let mut inherent = inherent_items(network, &network.name, bounds, self.options, is_trained);
        inherent.extend(self.trained());
        quote! {
            #(#structs)*
            #[allow(clippy::all, clippy::pedantic, clippy::nursery)]
            const _: () = {
                use #krate::private::{self as nn, scope::*};
                #(#plain)*
                #constants
                #compiled
                #loss
                #fold
                #stream
                #derivatives
                #stages
            };
            #inherent
        }
    }
}
