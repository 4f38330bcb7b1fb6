//! The stages of the work on a tile of samples.

use super::{Compiled, ForwardTile};
use crate::kernels::instruction_set::{Build, InstructionSet, Stage};

/// A stage of the emitted work on a tile, by its number in the network.
///
/// Each stage is compiled as a function of its own. One function for a network of a hundred layers would take LLVM much
/// longer, since some passes look at all code before a loop.
pub trait TileStage<const NUMBER: usize, Tile> {
    /// That of the crate with the network.
    type Build: Build;
    /// Does the work. Must be `#[inline(always)]`, so that it is compiled for the caller's instruction set.
    fn run(&self, instructions: InstructionSet, tile: Tile);
}

/// Runs a stage of a network, compiled for `instructions`.
#[inline]
pub fn run_stage<const NUMBER: usize, N, Tile>(network: &N, instructions: InstructionSet, tile: Tile)
where
    N: TileStage<NUMBER, Tile>,
{
    N::Build::dispatch(instructions, Numbered::<NUMBER, N, Tile> { network, tile });
}

struct Numbered<'a, const NUMBER: usize, N, Tile> {
    network: &'a N,
    tile: Tile,
}

impl<const NUMBER: usize, N: TileStage<NUMBER, Tile>, Tile> Stage for Numbered<'_, NUMBER, N, Tile> {
    type Output = ();
    #[inline(always)]
    fn run(self, instructions: InstructionSet) {
        self.network.run(instructions, self.tile);
    }
}

/// The same for a prediction with code of its own for one sample: where little is computed, loops over samples take longer
/// than what they compute.
#[inline]
pub fn run_one_or_more<'a, const NUMBER: usize, N>(
    network: &'a N,
    instructions: InstructionSet,
    tile: ForwardTile<'a, N>,
) where
    N: Compiled + TileStage<NUMBER, ForwardTile<'a, N>>,
{
    N::Build::dispatch(instructions, OneOrMore::<NUMBER, N> { network, tile });
}

struct OneOrMore<'a, const NUMBER: usize, N: Compiled> {
    network: &'a N,
    tile: ForwardTile<'a, N>,
}

impl<'a, const NUMBER: usize, N> Stage for OneOrMore<'a, NUMBER, N>
where
    N: Compiled + TileStage<NUMBER, ForwardTile<'a, N>>,
{
    type Output = ();
    #[inline(always)]
    fn run(self, instructions: InstructionSet) {
        match self.tile.of_one() {
            Ok(tile) => self.network.run(instructions, tile),
            Err(tile) => self.network.run(instructions, tile),
        }
    }
}
