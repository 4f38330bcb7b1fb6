//! A tile of samples: what is worked on together, and the stages of that work.

use crate::compiled::{Compiled, CompiledLoss, MAX_TERMS};
use crate::draw::Draw;
use crate::kernels::contraction::Start;
use crate::kernels::instruction_set::{InstructionSet, Stage, dispatch};
use crate::memory::Memory;

/// A tile of samples, and where its predictions go.
pub struct ForwardTile<'a, N: Compiled> {
    /// The vector instructions in use.
    pub instructions: InstructionSet,
    /// The samples.
    pub inputs: &'a [N::Input],
    /// The workspace.
    pub memory: Memory<'a, N::Scalar>,
    /// Takes the prediction of each sample.
    pub outputs: &'a mut [N::Output],
}

impl<N: Compiled> ForwardTile<'_, N> {
    /// The same for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> ForwardTile<'_, N> {
        ForwardTile { memory: self.memory.reborrow(), outputs: &mut *self.outputs, ..*self }
    }
}

/// A tile of samples, and where its gradients go.
pub struct GradientTile<'a, N: CompiledLoss> {
    /// What it shares with other tiles.
    pub pass: &'a Pass<N::Scalar>,
    /// The samples.
    pub inputs: &'a [N::Input],
    /// What they should have been.
    pub targets: &'a [N::Target],
    /// The workspace.
    pub memory: Memory<'a, N::Scalar>,
    /// Takes the gradient by the parameters.
    pub gradient: Option<&'a mut N::Params>,
    /// Takes the gradient by each input.
    pub gradients: Option<&'a mut [N::InputGradient]>,
    /// Takes the sum of each term of the loss.
    pub sums: &'a mut [f64; MAX_TERMS],
}

impl<N: CompiledLoss> GradientTile<'_, N> {
    /// The same for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> GradientTile<'_, N> {
        GradientTile {
            memory: self.memory.reborrow(),
            gradient: self.gradient.as_deref_mut(),
            gradients: self.gradients.as_deref_mut(),
            sums: &mut *self.sums,
            ..*self
        }
    }
}

/// What the tiles of one training step share.
#[derive(Debug, Clone, Copy)]
pub struct Pass<T> {
    /// The vector instructions in use.
    pub instructions: InstructionSet,
    /// Where random numbers come from.
    pub draw: Draw,
    /// The factor of each term of the loss, divided by its denominator.
    pub scale: [T; MAX_TERMS],
    /// Whether this is the first tile, which sets what later ones add to.
    pub first: bool,
}

impl<T> Pass<T> {
    /// For the first tile of a slice.
    #[inline]
    pub(crate) fn new(draw: Draw, scale: [T; MAX_TERMS]) -> Self {
        Pass { instructions: InstructionSet::detect(), draw, scale, first: true }
    }

    /// What the gradient of a parameter begins with in this tile.
    #[inline(always)]
    pub fn start<'a>(&self) -> Start<'a, T> {
        if self.first { Start::Zero } else { Start::Out }
    }

    /// The same where the samples of the tile are taken in one after the other.
    #[inline(always)]
    pub fn start_of<'a>(&self, sample: usize) -> Start<'a, T> {
        if sample == 0 { self.start() } else { Start::Out }
    }
}

/// A stage of what [`network!`](macro@crate::network) writes for a tile, by its number among those of a network.
///
/// Each is compiled as a function of its own: one function for a network of a hundred layers would take LLVM much longer,
/// since some of its passes look at all that comes before a loop.
pub trait TileStage<const NUMBER: usize, Tile> {
    /// Does the work. Must be `#[inline(always)]`, so that it is compiled for the caller's instruction set.
    fn run(&self, tile: Tile);
}

/// Runs a stage of a network compiled for `instructions`.
#[inline]
pub fn run_stage<const NUMBER: usize, N, Tile>(network: &N, instructions: InstructionSet, tile: Tile)
where
    N: TileStage<NUMBER, Tile>,
{
    dispatch(instructions, Numbered::<NUMBER, N, Tile> { network, tile });
}

struct Numbered<'a, const NUMBER: usize, N, Tile> {
    network: &'a N,
    tile: Tile,
}

impl<const NUMBER: usize, N: TileStage<NUMBER, Tile>, Tile> Stage for Numbered<'_, NUMBER, N, Tile> {
    type Output = ();
    #[inline(always)]
    fn run(self, _: InstructionSet) {
        self.network.run(self.tile);
    }
}
