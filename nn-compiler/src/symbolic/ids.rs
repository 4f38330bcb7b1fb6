//! The numbers of expressions, indices, tensors and functions.

use crate::errors::OrBug;

/// An expression in a [`Pool`](super::Pool).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExpressionId(pub(super) u32);

/// An index variable of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IndexId(pub u32);

impl IndexId {
    /// The index that runs over the samples of a tile.
    pub const SAMPLE: IndexId = IndexId(0);

    /// The index of this number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        IndexId(u32::try_from(number).or_bug("there are more indices than can be numbered"))
    }
}

/// A tensor of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TensorId(pub u32);

impl TensorId {
    /// The tensor of this number.
    #[must_use]
    pub fn new(number: usize) -> Self {
        TensorId(u32::try_from(number).or_bug("there are more tensors than can be numbered"))
    }
}

/// A function of the [table](super::table).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Function(pub(super) usize);
