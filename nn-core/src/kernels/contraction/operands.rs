//! The operands of a contraction.

use crate::kernels::instruction_set::InstructionSet;

/// The initial values of the sums.
#[derive(Debug)]
pub enum Start<'a, T> {
    /// Zero.
    Zero,
    /// The elements of the result: the sums are added to them.
    Out,
    /// A tensor, such as a bias, read with the strides [`Loop::start`](super::Loop::start).
    From(&'a [T]),
}

/// The operands of a contraction.
#[derive(Debug)]
pub struct Operands<'a, T> {
    /// The vector instructions to use.
    pub instructions: InstructionSet,
    /// The number of samples in this tile.
    pub samples: usize,
    /// The left factor.
    pub left: &'a [T],
    /// The right factor.
    pub right: &'a [T],
    /// The initial values of the sums.
    pub start: Start<'a, T>,
    /// The result.
    pub out: &'a mut [T],
}
