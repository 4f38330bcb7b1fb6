//! Emitted functions in stages: the time of LLVM grows faster than the length of a function, so that long functions
//! are split.

use std::ops::Range;

use proc_macro2::TokenStream;
use quote::quote;

use super::Emitter;
use super::generics::Generics;
use super::tile::{Function, Tile};
use crate::lowered::Lowered;
use crate::schedule::{Block, LoopNode, Schedule, Sequence};

/// The most statements and contractions in a stage, unless a block has more.
const MOST: usize = 16;

impl Emitter<'_> {
    /// The body of a function that calls its stages. `tile` is what it is given.
    pub(super) fn stages(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        let tile = match function {
            Function::Forward => quote!(nn::ForwardTile<'_, Self>),
            _ => quote!(nn::GradientTile<'_, Self>),
        };
        let instructions = match function {
            Function::Forward => quote!(tile.instructions),
            _ => quote!(tile.pass.instructions),
        };
        let mut emitted = Tile::new(function, schedule, lowered, self);
        let parts = stages(&schedule.blocks);
        let last = parts.len() - 1;
        let calls = parts.into_iter().enumerate().map(|(at, part)| {
            let body = emitted.body(part);
            let number = self.stage(&tile, &body);
            // the last takes what the others borrow
            let given = if at == last { quote!(tile) } else { quote!(tile.reborrow()) };
            quote!(nn::run_stage::<#number, _, _>(self, #instructions, #given);)
        });
        quote!(#(#calls)*)
    }

    /// The body of a function in one piece.
    pub(super) fn whole(&self, function: Function, schedule: &Schedule, lowered: &Lowered) -> TokenStream {
        Tile::new(function, schedule, lowered, self).body(0..schedule.blocks.len())
    }

    /// Adds a stage and returns its number.
    fn stage(&self, tile: &TokenStream, body: &TokenStream) -> proc_macro2::Literal {
        let name = &self.network.name;
        let Generics { declare, apply, bounds, .. } = &self.generics;
        let mut stages = self.stages.borrow_mut();
        let number = Tile::literal(stages.len());
        stages.push(quote! {
            #[automatically_derived]
            impl #declare nn::TileStage<#number, #tile> for #name #apply #bounds {
                #[inline(always)]
                fn run(&self, tile: #tile) { #body }
            }
        });
        number
    }
}

/// The blocks of each stage; there is at least one stage.
fn stages(blocks: &[Block]) -> Vec<Range<usize>> {
    let (mut stages, mut begin, mut length) = (Vec::new(), 0, 0);
    for (at, block) in blocks.iter().enumerate() {
        let own = length_of(block);
        if at > begin && length + own > MOST {
            stages.push(begin..at);
            (begin, length) = (at, 0);
        }
        length += own;
    }
    stages.push(begin..blocks.len());
    stages
}

/// The statements and contractions in a block.
fn length_of(block: &Block) -> usize {
    match block {
        Block::Nest(nodes) => statements(nodes),
        Block::EachSample(blocks) | Block::Sequence(Sequence { blocks, .. }) => blocks.iter().map(length_of).sum(),
        _ => 1,
    }
}

fn statements(nodes: &[LoopNode]) -> usize {
    let of_node = |node: &LoopNode| match node {
        LoopNode::Loop { body, .. } => statements(body),
        LoopNode::Statement(_) => 1,
    };
    nodes.iter().map(of_node).sum()
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::{MOST, stages};
    use crate::schedule::Block;
    use crate::symbolic::TensorId;

    #[test]
    fn blocks_are_cut_into_stages_of_bounded_length() {
        let fills = |count: usize| vec![Block::Fill(TensorId(0)); count];
        assert_eq!(stages(&[]), vec![Range { start: 0, end: 0 }]);
        assert_eq!(stages(&fills(MOST)), vec![Range { start: 0, end: MOST }]);
        assert_eq!(stages(&fills(2 * MOST + 1)), [0..MOST, MOST..2 * MOST, 2 * MOST..2 * MOST + 1]);
        // a block that is longer than a stage is one
        let blocks = [fills(1), vec![Block::EachSample(fills(MOST + 1))], fills(1)].concat();
        assert_eq!(stages(&blocks), [0..1, 1..2, 2..3]);
    }
}
