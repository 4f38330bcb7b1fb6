//! What `network!` writes for a network: the raw material of [`Network`](crate::Network) and
//! [`Train`](crate::Train), which users meet.

use crate::error::Error;
use crate::kernels::instruction_set::InstructionSet;
use crate::memory::Memory;
use crate::parts::{Layer, Parameter};
use crate::plain::{Plain, nothing};
use crate::sample::Sample;
use crate::scalar::Scalar;
use crate::tile::{ForwardTile, GradientTile};

/// The most terms that a loss can add up.
pub const MAX_TERMS: usize = 8;

/// What [`network!`](macro@crate::network) writes for a network: its types and constants.
///
/// Not to be implemented by hand. What a network can do is in [`Network`](crate::Network), which every
/// `Compiled` has; a function for any network names that one, and finds these types in it:
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
/// assert_eq!((Net::<f32>::NAME, Net::<f32>::MACS), ("Net", 6));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a network",
    note = "networks are declared with `network! {{ struct Name {{ … }} fn forward(…) -> … }}`"
)]
pub trait Compiled: Plain<Element = Self::Scalar> {
    /// `f32` or `f64`.
    type Scalar: Scalar;
    /// The trainable parameters, and their gradient: a field for each layer.
    type Params: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// What training updates by other means than the gradient, such as running statistics: a field for each
    /// layer that has some, or nothing.
    type State: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// One sample: a tensor, a `usize`, or a struct of several.
    type Input: Sample;
    /// One prediction: a tensor, or a struct of several.
    type Output: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of one sample for predictions; see [`Workspace`](crate::Workspace).
    type Scratch: Plain<Element = Self::Scalar>;

    /// The network's name.
    const NAME: &'static str;
    /// The number of samples that are best worked on together, so that all that belongs to them stays in
    /// the cache: 1 to 64.
    const TILE: usize;
    /// Multiplications with addition (MACs) for one sample, forward.
    const MACS: usize;
    /// The parameter tensors in the order of the flat view.
    const PARAMETERS: &'static [Parameter];
    /// The tensors of the state in the order of the flat view.
    const STATES: &'static [Parameter] = &[];
    /// The steps of the forward pass.
    const LAYERS: &'static [Layer];

    /// The trainable parameters.
    fn params(&self) -> &Self::Params;
    /// The trainable parameters.
    fn params_mut(&mut self) -> &mut Self::Params;
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
    /// Fills the parameters and the state with their initial values, in place: how a network in a `static` begins.
    /// `Net::init(seed)` and `Net::session(seed)` have done it.
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
    /// Whether all indices of a sample are in range.
    ///
    /// # Errors
    /// [`Error::Class`] naming the first that is not.
    #[doc(hidden)]
    fn check_input(_input: &Self::Input, _sample: usize) -> Checked {
        Ok(())
    }
    /// Predicts the samples of one tile.
    #[doc(hidden)]
    fn forward_tile(&self, tile: ForwardTile<'_, Self>);
}

/// What [`network!`](macro@crate::network) writes for a network with a loss: the types of its training.
///
/// Not to be implemented by hand. What such a network can do is in [`Train`](crate::Train), which every
/// `CompiledLoss` has.
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
    message = "`{Self}` declares no loss",
    label = "needs a loss to be trained",
    note = "add one to its declaration, such as `loss = cross_entropy;` or `loss = mse;`"
)]
pub trait CompiledLoss: Compiled {
    /// What should be predicted: a tensor, a `usize`, or a struct of several.
    type Target: Sample;
    /// The gradient of the loss by one sample: of the shape of the input.
    type InputGradient: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of one sample for training; see [`TrainWorkspace`](crate::TrainWorkspace).
    type TrainScratch: Plain<Element = Self::Scalar>;

    /// The factor of each term of the loss.
    #[doc(hidden)]
    const COEFFICIENTS: &'static [f64];
    /// Whether a gradient takes in one sample after the other, however large the workspace is.
    #[doc(hidden)]
    const ONE_BY_ONE: bool = false;
    /// Whether a step of training brings its samples together before the loss, as a batch norm does: the workspace
    /// must then hold all of them.
    const WHOLE_BATCH: bool = false;
    /// The fewest samples of which these statistics can be taken: one, if each channel has several values in it.
    #[doc(hidden)]
    const LEAST_BATCH: usize = 1;

    /// Whether all classes of a target are in range.
    ///
    /// # Errors
    /// [`Error::Class`] naming the first that is not.
    #[doc(hidden)]
    fn check_target(_target: &Self::Target, _sample: usize) -> Checked {
        Ok(())
    }
    /// What the sum of each term is divided by.
    #[doc(hidden)]
    fn denominators(targets: &[Self::Target]) -> [f64; MAX_TERMS];
    /// Adds the loss of one tile, as the network predicts, to the sum of each term.
    #[doc(hidden)]
    #[inline]
    fn loss_tile(&self, tile: GradientTile<'_, Self>) {
        self.gradient_tile(tile);
    }
    /// The gradients of one tile: adds that by the parameters to `gradient`, sets those by the inputs
    /// in `gradients`, each where it is wanted, and adds the loss to `sums`.
    #[doc(hidden)]
    fn gradient_tile(&self, tile: GradientTile<'_, Self>);
    /// Takes over the state that a gradient has left in the workspace.
    #[doc(hidden)]
    fn update_state(&mut self, _memory: Memory<'_, Self::Scalar>) {}
}

/// What [`network!`](macro@crate::network) writes for a network with `#[folded(Name)]`.
///
/// Not to be implemented by hand. What such a network can do is in [`Fold`](crate::Fold), which every `CompiledFold`
/// has.
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
    /// The memory that folding takes.
    type FoldScratch: Plain<Element = Self::Scalar>;
    /// Computes the parameters of the folded network.
    #[doc(hidden)]
    fn fold_tile(&self, instructions: InstructionSet, memory: Memory<'_, Self::Scalar>, folded: &mut Self::Folded);
}

/// Whether a sample is as it should be.
pub type Checked = Result<(), Error>;

/// How many samples are worked on together when one takes so many elements: as many as stay in the cache, but
/// not so few that weights are read for a few samples only.
#[must_use]
pub const fn tile(elements: usize) -> usize {
    const CACHED: usize = 256 * 1024;
    const LEAST: usize = 16;
    const MOST: usize = 64;
    let fitting = CACHED / if elements > 0 { elements } else { 1 };
    if fitting >= MOST {
        MOST
    } else if fitting > LEAST {
        fitting / LEAST * LEAST
    } else {
        LEAST
    }
}

/// Checks that every index is below `classes`.
///
/// # Errors
/// [`Error::Class`] naming the first that is not.
#[inline]
pub fn check_indices(indices: &[usize], classes: usize, what: &'static str, sample: usize) -> Checked {
    match indices.iter().find(|index| **index >= classes) {
        None => Ok(()),
        Some(found) => Err(Error::Class { what, sample, found: *found, classes }),
    }
}

/// The same where one more index stands for none.
///
/// # Errors
/// [`Error::Class`] naming the first that is neither.
#[inline]
pub fn check_indices_or(indices: &[usize], classes: usize, none: usize, what: &'static str, sample: usize) -> Checked {
    indices
        .iter()
        .filter(|index| **index != none)
        .try_for_each(|index| check_indices(core::slice::from_ref(index), classes, what, sample))
}

/// What each term of a loss is divided by: the number of samples where it is a mean over them.
#[must_use]
#[inline]
#[allow(clippy::cast_precision_loss)] // far fewer samples than 2^52
pub fn denominators(samples: usize, means: &[bool]) -> [f64; MAX_TERMS] {
    let mut denominators = [1.0; MAX_TERMS];
    for (denominator, mean) in denominators.iter_mut().zip(means) {
        if *mean {
            *denominator = samples as f64;
        }
    }
    denominators
}
