//! What the tiles of one training step share.

use crate::kernels::contraction::Start;
use crate::kernels::instruction_set::InstructionSet;
use crate::random::Draw;

/// The most terms that a loss can add up.
pub const MAX_TERMS: usize = 8;

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
