//! Networks with a loss.

use super::Compiled;
use crate::networks::samples::Checked;
use crate::networks::turns::{Ordered, Sums};
use crate::networks::{MAX_TERMS, Memory, Pass, Takes, role};
use crate::tensors::{Plain, Sample};

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
    /// How many groups of sums there are; see [`Ordered`].
    #[doc(hidden)]
    const GROUPS: usize = 0;
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
    pub gradient: Option<Ordered<'a, N::Params>>,
    /// Takes the gradient by each input.
    pub gradients: Option<&'a mut [N::InputGradient]>,
    /// Takes the sum of each term of the loss.
    pub sums: Ordered<'a, Sums>,
}

impl<N: CompiledLoss> GradientTile<'_, N> {
    /// The same tile, for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> GradientTile<'_, N> {
        GradientTile {
            memory: self.memory.reborrow(),
            gradient: self.gradient.as_mut().map(Ordered::reborrow),
            gradients: self.gradients.as_deref_mut(),
            sums: self.sums.reborrow(),
            ..*self
        }
    }
}
