//! The traits that `network!` implements for a network. [`Network`](crate::Network), [`Train`](crate::Train) and
//! [`Fold`](crate::Fold), whose methods users call, are built on them.

use super::samples::Checked;
use super::{Accepts, MAX_TERMS, Memory, Pass, Takes, role};
use crate::description::{Layer, Parameter};
use crate::kernels::instruction_set::InstructionSet;
use crate::tensors::plain::nothing;
use crate::tensors::{Plain, Sample, Scalar};

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

/// The types and constants of a network with a loss, which [`network!`](macro@crate::network) implements.
///
/// Do not implement it by hand. Every `CompiledLoss` has the methods of [`Train`](crate::Train).
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x) }
///     loss = cross_entropy;
/// }
///
/// let target: <Net as CompiledLoss>::Target = 1; // a class
/// let by_sample = <Net as CompiledLoss>::InputGradient::zeros(); // of the input's shape
/// assert_eq!(by_sample.as_slice().len(), 3);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no network with a loss",
    label = "needs a network with a loss",
    note = "a network is trained if its declaration has a loss, such as `loss = cross_entropy;` or `loss = mse;`"
)]
pub trait CompiledLoss: Compiled + Takes<role::Target, Self::Target, Own = Self::Target> {
    /// The target of a sample: a tensor, a `usize`, or a struct of several.
    type Target: Sample;
    /// The gradient of the loss by one input, in the shape of the input.
    type InputGradient: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of one sample for training; see [`TrainWorkspace`](crate::TrainWorkspace).
    type TrainScratch: Plain<Element = Self::Scalar>;

    /// The names of the losses of its terms, for errors.
    #[doc(hidden)]
    const LOSSES: &'static [&'static str] = &[];
    /// The factor of each term of the loss.
    #[doc(hidden)]
    const COEFFICIENTS: &'static [f64];
    /// Whether the gradient is computed sample by sample, however large the workspace is.
    #[doc(hidden)]
    const ONE_BY_ONE: bool = false;
    /// Whether training takes statistics of the whole batch, as a batch norm does. The workspace must then hold all of
    /// its samples.
    const WHOLE_BATCH: bool = false;
    /// The fewest samples of which these statistics can be taken: one, if each channel has several values in a sample.
    #[doc(hidden)]
    const LEAST_BATCH: usize = 1;

    /// Checks that all classes of a target are in range.
    ///
    /// # Errors
    /// [`Error::Class`](crate::Error::Class) with the first that is not.
    #[doc(hidden)]
    fn check_target(_target: &Self::Target, _sample: usize) -> Checked {
        Ok(())
    }
    /// The denominator of each term.
    #[doc(hidden)]
    fn denominators(targets: &[Self::Target]) -> [f64; MAX_TERMS];
    /// Adds the loss of one tile, without dropout and the like, to the sum of each term.
    #[doc(hidden)]
    #[inline]
    fn loss_tile(&self, tile: GradientTile<'_, Self>) {
        self.gradient_tile(tile);
    }
    /// The gradients of one tile, as far as they are wanted: adds that by the parameters to `gradient`, sets those by
    /// the inputs in `gradients`, and adds the loss to `sums`.
    #[doc(hidden)]
    fn gradient_tile(&self, tile: GradientTile<'_, Self>);
    /// Sets the state to what a gradient has left in the workspace.
    #[doc(hidden)]
    fn update_state(&mut self, _memory: Memory<'_, Self::Scalar>) {}
}

/// A network with a loss whose gradient is derived by its inputs too: one without `#[frozen]`.
///
/// Behind the last trained layer nothing is derived, which is what makes frozen layers in front cheap.
/// [`network!`](macro@crate::network) implements it.
///
/// ```
/// use nn_core::prelude::*;
///
/// /// How far each input could move the loss of its sample.
/// fn sensitivity<N: Train + DerivedByInputs>(network: &N, inputs: &[N::Input], targets: &[N::Target]) -> Vec<f64> {
///     let mut workspace = nn_core::train_workspace::<N>();
///     let mut gradients = vec![nn_core::zeroed::<N::InputGradient>(); inputs.len()];
///     let draw = Draw::new(0, 0);
///     network.input_gradient(inputs, targets, draw, &mut workspace, &mut gradients).expect("samples");
///     gradients.iter().map(|each| each.flat().iter().map(|g| g.to_f64().abs()).sum()).collect()
/// }
///
/// network! {
///     struct Net { fc: Linear(3 => 2) }
///     fn forward(x: [3]) -> [2] { fc(x) }
///     loss = mse;
/// }
///
/// let moved = sensitivity(&*Net::init(1), &[Tensor::from([0.1, 0.2, 0.3])], &[Tensor::from([1.0, 0.0])]);
/// assert!(moved[0] > 0.0);
/// ```
#[diagnostic::on_unimplemented(
    message = "the loss of `{Self}` is not derived by its inputs",
    label = "a network with `#[frozen]` layers has no gradient by the inputs",
    note = "write `#[derivatives(vjp)]` over its struct, which gives `vjp`, or take out `#[frozen]`",
    note = "a function for any network says which ones it takes: `N: Train + DerivedByInputs`"
)]
pub trait DerivedByInputs: CompiledLoss {}

/// The types of a network with `#[folded(Name)]`, which [`network!`](macro@crate::network) implements.
///
/// Do not implement it by hand. Every `CompiledFold` has the methods of [`Fold`](crate::Fold).
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     #[folded(Deployed)]
///     struct Net { fc: Linear(3 => 2), norm: BatchNorm1d(2) }
///     fn forward(x: [3]) -> [2] { norm(fc(x)) }
/// }
///
/// fn parameters_before_and_after<N: CompiledFold>() -> [usize; 2] {
///     [N::PARAMS, N::Folded::PARAMS]
/// }
///
/// assert_eq!(parameters_before_and_after::<Net>(), [3 * 2 + 2 + 2 + 2, 3 * 2 + 2]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be folded",
    note = "write `#[folded(Name)]` over its struct, with a name for the network that it is folded into"
)]
pub trait CompiledFold: Compiled {
    /// The network that it is folded into.
    type Folded: Compiled<Scalar = Self::Scalar, Input = Self::Input, Output = Self::Output>;
    /// The workspace of folding.
    type FoldScratch: Plain<Element = Self::Scalar>;
    /// Computes the parameters of the folded network.
    #[doc(hidden)]
    fn fold_tile(&self, instructions: InstructionSet, memory: Memory<'_, Self::Scalar>, folded: &mut Self::Folded);
}

/// The types of a network with `#[stream]`, which [`network!`](macro@crate::network) implements.
///
/// Do not implement it by hand. Every `CompiledStream` has the methods of [`Streamed`](crate::Streamed).
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     #[stream]
///     struct Net { rnn: RNN(3 => 2) }
///     fn forward(x: [50, 3]) -> [50, 2] { let (y, _) = rnn(x); y }
/// }
///
/// /// The numbers that a step hands on to the next.
/// fn carried<N: CompiledStream>() -> usize {
///     N::Carried::LEN
/// }
///
/// assert_eq!(carried::<Net>(), 2);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no stream",
    label = "needs a network with `#[stream]`",
    note = "write `#[stream]` over its struct: then it also runs one frame after the other"
)]
pub trait CompiledStream: Compiled + for<'a> Accepts<&'a Self::Frame, role::Frame, Own = Self::Frame> {
    /// The frame of one step: an input without the axis of time, or with as many places as a step has frames.
    type Frame: Sample;
    /// What a step gives: an output without the axis of time.
    type FrameOutput: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// What a step hands on to the next: a field for each tensor of which earlier frames are read.
    type Carried: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of a step.
    type StepScratch: Plain<Element = Self::Scalar>;

    /// Sets what lies in front of the first frame, where that is not zero.
    #[doc(hidden)]
    fn begin(_carried: &mut Self::Carried) {}
    /// Checks that all indices of a frame are in range.
    #[doc(hidden)]
    fn check_frame(_frame: &Self::Frame, _sample: usize) -> Checked {
        Ok(())
    }
    /// Computes one step.
    #[doc(hidden)]
    fn step_tile(&self, tile: StepTile<'_, Self>);
}

/// One step of a stream.
pub struct StepTile<'a, N: CompiledStream> {
    /// The vector instructions in use.
    pub instructions: InstructionSet,
    /// The frame, as a slice of one.
    pub inputs: &'a [N::Frame],
    /// What the step before has handed on.
    pub past: &'a N::Carried,
    /// Takes what this step hands on.
    pub next: &'a mut N::Carried,
    /// The workspace.
    pub memory: Memory<'a, N::Scalar>,
    /// Takes the output, as a slice of one.
    pub outputs: &'a mut [N::FrameOutput],
}

impl<N: CompiledStream> StepTile<'_, N> {
    /// The same step, for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> StepTile<'_, N> {
        StepTile { next: &mut *self.next, memory: self.memory.reborrow(), outputs: &mut *self.outputs, ..*self }
    }
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
}

/// A tile of samples, with the memory for its gradients.
pub struct GradientTile<'a, N: CompiledLoss> {
    /// What all tiles share.
    pub pass: &'a Pass<N::Scalar>,
    /// The samples.
    pub inputs: &'a [N::Input],
    /// Their targets.
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
    /// The same tile, for one stage of the work on it.
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
