//! Folding: makes a network that only predicts from a trained one.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;

use super::{CompiledFold, Memory};
use crate::kernels::instruction_set::{InstructionSet, Stage, dispatch};
use crate::tensors::plain;

/// The methods of a network with `#[folded(Name)]`: it becomes the network `Name`, which predicts the same, up to
/// rounding, with less work.
///
/// All that depends on parameters and state alone is computed beforehand. A batch norm behind a linear layer or a
/// convolution becomes a part of the weights and the bias of that layer. Transformed weights are stored as they are
/// used. The folded network has neither state nor loss. Its inputs and outputs are of the same types.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     #[folded(Deployed)]
///     struct Net {
///         conv: Conv2d(1 => 4, kernel = 3, bias = false),
///         norm: BatchNorm2d(4),
///         fc: Linear(144 => 2),
///     }
///     fn forward(image: [1, 8, 8]) -> [2] { fc(norm(conv(image)).relu().flatten()) }
///     loss = cross_entropy;
/// }
///
/// let mut session = Net::session(1);
/// session.network.state.norm.running_mean = Tensor::from([0.1, -0.2, 0.0, 0.3]); // or trained
/// let mut deployed = Session::new(session.network.fold());
/// assert_eq!(Deployed::PARAMETERS[1].name, "conv.bias");
///
/// let image = Tensor::filled(0.5);
/// let (before, after) = (session.forward(&image), deployed.forward(&image));
/// assert!(before.as_slice().iter().zip(after.as_slice()).all(|(a, b)| (a - b).abs() < 1e-5));
/// ```
pub trait Fold: CompiledFold {
    /// The folded network, on the heap.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     #[folded(Deployed)]
    ///     struct Net { fc: Linear(2 => 1), norm: BatchNorm1d(1, eps = 1e-12) }
    ///     fn forward(x: [2]) -> [1] { norm(fc(x)) }
    /// }
    ///
    /// let mut network = Net::init(1);
    /// network.flat_params_mut().copy_from_slice(&[1.0, 2.0, 0.5, 3.0, 0.25]); // weight, bias; weight, bias of the norm
    /// network.flat_state_mut().copy_from_slice(&[0.5, 4.0]); // mean, variance
    /// assert_eq!(network.fold().flat_params(), [1.5, 3.0, 0.25]);
    /// ```
    #[cfg(feature = "alloc")]
    #[must_use]
    fn fold(&self) -> Box<Self::Folded> {
        let mut folded = plain::zeroed_box();
        self.fold_into(&mut plain::zeroed_box(), &mut folded);
        folded
    }

    /// Sets all parameters of a folded network. It allocates nothing.
    ///
    /// ```
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     #[folded(Deployed)]
    ///     struct Net { fc: Linear(2 => 3), norm: BatchNorm1d(3) }
    ///     fn forward(x: [2]) -> [3] { norm(fc(x)) }
    /// }
    ///
    /// let network = Net::init(1);
    /// let mut deployed: Deployed = nn_core::zeroed(); // in a `static`, on a system without a heap
    /// network.fold_into(&mut nn_core::zeroed(), &mut deployed);
    /// assert_eq!(deployed.flat_params(), network.fold().flat_params());
    /// ```
    fn fold_into(&self, workspace: &mut Self::FoldScratch, folded: &mut Self::Folded) {
        let elements = plain::flatten_mut(core::slice::from_mut(workspace));
        let memory = Memory::new(elements, 1, 1);
        dispatch(InstructionSet::detect(), Folding { network: self, memory, folded });
    }
}

impl<N: CompiledFold> Fold for N {}

struct Folding<'a, N: CompiledFold> {
    network: &'a N,
    memory: Memory<'a, N::Scalar>,
    folded: &'a mut N::Folded,
}

impl<N: CompiledFold> Stage for Folding<'_, N> {
    type Output = ();
    #[inline(always)]
    fn run(self, instructions: InstructionSet) {
        self.network.fold_tile(instructions, self.memory, self.folded);
    }
}
