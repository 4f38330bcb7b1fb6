//! What all tiles of a slice of samples share.

use crate::kernels::contraction::Start;
use crate::kernels::instruction_set::InstructionSet;
use crate::random::Draw;

/// The most terms of a loss.
pub const MAX_TERMS: usize = 8;

/// What all tiles of a slice of samples share.
#[derive(Debug, Clone, Copy)]
pub struct Pass<T> {
    /// The vector instructions in use.
    pub instructions: InstructionSet,
    /// The source of random numbers.
    pub draw: Draw,
    /// The factor of each term of the loss, divided by its denominator.
    pub scale: [T; MAX_TERMS],
    /// Whether this is the first tile, which sets the gradients to which later tiles add.
    pub first: bool,
}

impl<T> Pass<T> {
    /// For the first tile of a slice.
    #[inline]
    pub(crate) fn new(draw: Draw, scale: [T; MAX_TERMS]) -> Self {
        Pass { instructions: InstructionSet::detect(), draw, scale, first: true }
    }

    /// The initial value of the gradient by a parameter in this tile.
    #[inline(always)]
    pub fn start<'a>(&self) -> Start<'a, T> {
        if self.first { Start::Zero } else { Start::Out }
    }

    /// The same where the gradient accumulates one sample of the tile after the other.
    #[inline(always)]
    pub fn start_of<'a>(&self, sample: usize) -> Start<'a, T> {
        if sample == 0 { self.start() } else { Start::Out }
    }
}
