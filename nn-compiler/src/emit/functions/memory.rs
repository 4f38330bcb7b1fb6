//! The workspace in emitted code: its buffers as variables.

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::emit::analysis::buffers::{buffers, clash, overlap};
use crate::emit::functions::tile::Tile;
use crate::schedule::Block;
use crate::symbolic::TensorId;

impl Tile<'_> {
    /// `let [a, b] = memory.split([(0, 32), (32, 10)]);` for the buffers of some blocks that have no variable yet.
    /// Buffers of later blocks are added as long as no two overlap.
    pub(in crate::emit) fn split(
        &mut self,
        blocks: &[Block],
        part: Range<usize>,
        bound: &mut Vec<TensorId>,
    ) -> TokenStream {
        let mut wanted = buffers(self.schedule, &blocks[part.clone()]);
        if wanted.iter().all(|buffer| bound.contains(buffer)) || overlap(self.schedule, &wanted) {
            return TokenStream::new();
        }
        for block in &blocks[part.end..] {
            let mut more = buffers(self.schedule, std::slice::from_ref(block));
            more.retain(|buffer| !wanted.contains(buffer));
            let clash = overlap(self.schedule, &more)
                || more.iter().any(|new| wanted.iter().any(|old| clash(self.schedule, *new, *old)));
            if matches!(block, Block::Sequence(_)) || clash {
                break;
            }
            wanted.extend(more);
        }
        wanted.sort_unstable();
        let names: Vec<Ident> = wanted.iter().map(|tensor| self.variable(*tensor)).collect();
        let places = wanted.iter().map(|tensor| {
            let place = &self.schedule.places[tensor];
            let (offset, len) = (self.sizes.value(&place.offset), self.sizes.value(&place.len));
            quote!((#offset, #len))
        });
        let split = quote!(let [#(#names),*] = memory.split([#(#places),*]););
        *bound = wanted;
        split
    }
}
