//! The workspace in emitted code: its buffers as variables.

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::tile::Tile;
use crate::schedule::Block;
use crate::symbolic::TensorId;

impl Tile<'_> {
    /// `let [a, b] = memory.split([(0, 32), (32, 10)]);` for the buffers of some blocks that have no variable yet.
    /// Buffers of later blocks are added as long as no two overlap.
    pub(super) fn split(&mut self, blocks: &[Block], part: Range<usize>, bound: &mut Vec<TensorId>) -> TokenStream {
        let mut wanted = self.buffers(&blocks[part.clone()]);
        if wanted.iter().all(|buffer| bound.contains(buffer)) || self.overlap(&wanted) {
            return TokenStream::new();
        }
        for block in &blocks[part.end..] {
            let mut more = self.buffers(std::slice::from_ref(block));
            more.retain(|buffer| !wanted.contains(buffer));
            let clash = self.overlap(&more) || more.iter().any(|new| wanted.iter().any(|old| self.clash(*new, *old)));
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

    /// The buffers that some blocks use.
    fn buffers(&self, blocks: &[Block]) -> Vec<TensorId> {
        let mut buffers = Vec::new();
        for block in blocks {
            let (read, written) = block.accesses(self.program());
            let tensors = read.into_iter().chain(written).map(|tensor| self.program().root(tensor));
            buffers.extend(tensors.filter_map(|tensor| self.schedule.places.get(&tensor)).map(|place| place.buffer));
        }
        buffers.sort_unstable();
        buffers.dedup();
        buffers
    }

    /// Whether some of these buffers share memory.
    fn overlap(&self, buffers: &[TensorId]) -> bool {
        buffers.iter().enumerate().any(|(at, a)| buffers[..at].iter().any(|b| self.clash(*a, *b)))
    }

    /// Whether two buffers share memory.
    fn clash(&self, a: TensorId, b: TensorId) -> bool {
        let place = |tensor: TensorId| {
            let place = &self.schedule.places[&tensor];
            let offset = place.offset.literal()?;
            Some((offset, offset + place.len.literal()?))
        };
        match (place(a), place(b)) {
            (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
            // places of sizes that the macro cannot see never overlap
            _ => false,
        }
    }
}
