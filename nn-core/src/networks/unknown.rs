//! What stands for the layers of a network that does not compile, so that its uses are no second error.

use core::ops::{Deref, DerefMut, Index, IndexMut};

/// The parameters of a layer, under the names that most layers have.
#[derive(Debug, Clone)]
pub struct Unknown {
    /// The weights.
    pub weight: UnknownTensor,
    /// The biases.
    pub bias: UnknownTensor,
}

/// A parameter of unknown shape. It has no elements, and is never reached: the network does not compile.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownTensor;

impl UnknownTensor {
    /// No elements.
    #[must_use]
    pub fn as_slice(&self) -> &[f32] {
        &[]
    }
    /// No elements.
    pub fn as_mut_slice(&mut self) -> &mut [f32] {
        &mut []
    }
}

impl Deref for UnknownTensor {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        self.as_slice()
    }
}

impl DerefMut for UnknownTensor {
    fn deref_mut(&mut self) -> &mut [f32] {
        self.as_mut_slice()
    }
}

impl<I> Index<I> for UnknownTensor {
    type Output = f32;
    fn index(&self, _: I) -> &f32 {
        &0.0
    }
}

impl<I> IndexMut<I> for UnknownTensor {
    fn index_mut(&mut self, _: I) -> &mut f32 {
        unreachable!("the network does not compile")
    }
}
