//! The traits that `network!` implements for a network. [`Network`](crate::Network), [`Train`](crate::Train) and
//! [`Fold`](crate::Fold), whose methods users call, are built on them.

mod fold;
mod loss;
mod stream;

use super::samples::Checked;
use super::{Accepts, Memory, Takes, role};
use crate::description::{Layer, Parameter};
use crate::kernels::instruction_set::InstructionSet;
use crate::tensors::plain::nothing;
use crate::tensors::{Plain, Sample, Scalar};

pub use fold::CompiledFold;
pub use loss::{CompiledLoss, DerivedByInputs, GradientTile};
pub use stream::{CompiledStream, StepTile};

/// The types and constants of a network, which [`network!`](macro@crate::network) implements.
///
/// Do not implement it by hand. Every `Compiled` has the methods of [`Network`](crate::Network); a function for any
/// network takes that as its bound, and these types with it:
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x) }
/// }
///
/// /// Predicts a sample with memory that is made for it.
/// fn predict<N: Network>(network: &N, input: &N::Input) -> N::Output {
///     let mut output = N::Output::zeroed();
///     network.forward(input, &mut [N::Scratch::zeroed()], &mut output);
///     output
/// }
///
/// let output = predict(&*Net::init(1), &Tensor::from([0.1, 0.2, 0.3]));
/// assert_eq!(output.as_slice().len(), 2);
/// assert_eq!((Net::<f32>::NAME, Net::MACS), ("Net", 6));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    note = "networks are declared with `network! {{ struct Name {{ … }} fn forward(…) -> … }}`"
)]
pub trait Compiled:
    Plain<Element = Self::Scalar>
    + for<'a> Accepts<&'a Self::Input, Own = Self::Input>
    + Takes<role::Input, Self::Input, Own = Self::Input>
    + Takes<role::Output, Self::Output, Own = Self::Output>
{
    /// `f32` or `f64`.
    type Scalar: Scalar;
    /// The trainable parameters, and their gradient: a field for each layer.
    type Params: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The parameters of frozen layers, which training leaves as they are: a field for each such layer, or nothing.
    type Frozen: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// What training updates by other means than the gradient, such as running statistics: a field for each layer that
    /// has some, or nothing.
    type State: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// One sample: a tensor, a `usize`, or a struct of several.
    type Input: Sample;
    /// One prediction: a tensor, or a struct of several.
    type Output: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of one sample for predictions; see [`Workspace`](crate::Workspace).
    type Scratch: Plain<Element = Self::Scalar>;

    /// The name of the network.
    const NAME: &'static str;
    /// The best number of samples in a tile, up to 64: their workspace stays in the cache.
    const TILE: usize;
    /// The multiply-accumulate operations (MACs) of the forward pass, for one sample.
    const MACS: usize;
    /// The parameter tensors, in the order of the flat view.
    const PARAMETERS: &'static [Parameter];
    /// The parameter tensors of frozen layers, in the order of the flat view.
    const FROZEN: &'static [Parameter] = &[];
    /// The tensors of the state, in the order of the flat view.
    const STATES: &'static [Parameter] = &[];
    /// The steps of the forward pass.
    const LAYERS: &'static [Layer];

    /// The trainable parameters.
    fn params(&self) -> &Self::Params;
    /// The trainable parameters.
    fn params_mut(&mut self) -> &mut Self::Params;
    /// The parameters of frozen layers.
    #[inline]
    fn frozen(&self) -> &Self::Frozen {
        nothing()
    }
    /// The parameters of frozen layers.
    #[inline]
    fn frozen_mut(&mut self) -> &mut Self::Frozen {
        nothing()
    }
    /// The state.
    #[inline]
    fn state(&self) -> &Self::State {
        nothing()
    }
    /// The state.
    #[inline]
    fn state_mut(&mut self) -> &mut Self::State {
        nothing()
    }
    /// Sets the parameters and the state to their initial values, in place: the first call for a network in a `static`.
    /// `Net::init(seed)` and `Net::session(seed)` do it themselves.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut network: Line = nn_core::zeroed();
    /// network.initialise(1);
    /// assert_eq!(network.flat_params(), Line::init(1).flat_params());
    /// # }
    /// ```
    fn initialise(&mut self, seed: u64);
    /// Checks that all indices of an input are in range.
    ///
    /// # Errors
    /// [`Error::Class`](crate::Error::Class) with the first that is not.
    #[doc(hidden)]
    fn check_input(_input: &Self::Input, _sample: usize) -> Checked {
        Ok(())
    }
    /// Predicts the samples of one tile.
    #[doc(hidden)]
    fn forward_tile(&self, tile: ForwardTile<'_, Self>);
}

/// A tile of samples, with the memory for its predictions.
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
    /// The same tile, for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> ForwardTile<'_, N> {
        ForwardTile { memory: self.memory.reborrow(), outputs: &mut *self.outputs, ..*self }
    }

    /// The tile with lengths that are known, if it has one sample.
    ///
    /// # Errors
    /// The tile, if it has others.
    #[inline(always)]
    pub fn of_one(self) -> Result<Self, Self> {
        let ForwardTile { instructions, inputs, memory, outputs } = self;
        if inputs.len() == 1 && outputs.len() == 1 {
            let (inputs, outputs) = (&inputs[..1], &mut outputs[..1]);
            Ok(ForwardTile { instructions, inputs, memory: memory.of_one(), outputs })
        } else {
            Err(ForwardTile { instructions, inputs, memory, outputs })
        }
    }
}
