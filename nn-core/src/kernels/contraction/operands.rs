//! The operands of a contraction.

use crate::kernels::instruction_set::InstructionSet;

/// What a sum begins with.
#[derive(Debug)]
pub enum Start<'a, T> {
    /// Nothing.
    Zero,
    /// What the result holds already.
    Out,
    /// A tensor (a bias), read with the `start` steps.
    From(&'a [T]),
}

/// The memory a contraction works on.
#[derive(Debug)]
pub struct Operands<'a, T> {
    /// Chosen when the program starts.
    pub instructions: InstructionSet,
    /// The number of samples in this tile.
    pub samples: usize,
    /// The left factor.
    pub left: &'a [T],
    /// The right factor.
    pub right: &'a [T],
    /// What the sum begins with.
    pub start: Start<'a, T>,
    /// The result.
    pub out: &'a mut [T],
}
