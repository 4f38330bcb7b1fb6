//! The trait that `network!` implements for each derivative, and what names it.

use crate::networks::turns::Ordered;
use crate::networks::{Compiled, Memory, Pass};
#[cfg(feature = "alloc")]
use crate::tensors::plain;
use crate::tensors::{Plain, Sample};

/// The derivative of the outputs along a direction of the inputs: a Jacobian-vector product.
///
/// ```
/// use nn_core::derivatives::{DerivativeWorkspace, Jvp};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// let workspace: DerivativeWorkspace<Curve, Jvp> = nn_core::zeroed();
/// # assert_eq!(workspace.len(), 1);
/// # }
/// ```
#[derive(Debug)]
pub enum Jvp {}

/// The gradient of the outputs in prediction, weighted with a cotangent for each: a vector-Jacobian product.
///
/// ```
/// use nn_core::derivatives::{DerivativeWorkspace, Vjp};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// let workspace: DerivativeWorkspace<Curve, Vjp> = nn_core::zeroed();
/// # assert_eq!(workspace.len(), 1);
/// # }
/// ```
#[derive(Debug)]
pub enum Vjp {}

/// The product of the Hessian of the loss by the parameters with a direction of these.
///
/// ```
/// use nn_core::derivatives::{DerivativeWorkspace, Hvp};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// let workspace: DerivativeWorkspace<Curve, Hvp> = nn_core::zeroed();
/// # assert_eq!(workspace.len(), 1);
/// # }
/// ```
#[derive(Debug)]
pub enum Hvp {}

/// The gradient of the outputs as in training, with dropout and the statistics of the batch, weighted with a cotangent
/// for each.
///
/// ```
/// use nn_core::derivatives::{DerivativeWorkspace, Pullback};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// let workspace: DerivativeWorkspace<Curve, Pullback> = nn_core::zeroed();
/// # assert_eq!(workspace.len(), 1);
/// # }
/// ```
#[derive(Debug)]
pub enum Pullback {}

/// The workspace of a derivative for `TILE` samples at a time. [`derivative_workspace`] makes one on the heap.
///
/// ```
/// use nn_core::derivatives::{DerivativeWorkspace, Jvp};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// let four: DerivativeWorkspace<Curve, Jvp, 4> = nn_core::zeroed();
/// assert_eq!(four.len(), 4);
/// # }
/// ```
pub type DerivativeWorkspace<N, Kind, const TILE: usize = 1> =
    [<N as CompiledDerivative<Kind>>::DerivativeScratch; TILE];

/// A workspace on the heap for so many samples at a time, which need not be all. A network that takes statistics of the
/// batch needs as many as the batch has.
///
/// ```
/// use nn_core::derivatives::{Vjp, derivative_workspace};
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// assert_eq!(derivative_workspace::<Curve, Vjp>(16).len(), 16);
/// # }
/// ```
#[cfg(feature = "alloc")]
#[must_use]
pub fn derivative_workspace<N: CompiledDerivative<Kind>, Kind>(
    samples: usize,
) -> alloc::boxed::Box<[N::DerivativeScratch]> {
    plain::zeroed_slice(samples)
}

/// A network with a derivative as a function, which [`network!`](macro@crate::network) implements for each that
/// `#[derivatives(…)]` names. `Kind` is [`Jvp`], [`Vjp`], [`Hvp`] or [`Pullback`].
///
/// Do not implement it by hand: [`Derivatives`](crate::Derivatives) has the methods.
///
/// ```
/// use nn_core::derivatives::{CompiledDerivative, Jvp};
/// use nn_core::prelude::*;
///
/// /// The bytes that a derivative along a direction needs for one sample.
/// fn bytes<N: CompiledDerivative<Jvp>>() -> usize {
///     size_of::<N::DerivativeScratch>()
/// }
///
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
/// # fn main() {
/// // `Curve` has a layer `fc: Linear(2 => 1)`.
/// assert!(bytes::<Curve>() < 64);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no function `{Kind}`",
    label = "needs a network with this derivative",
    note = "name the derivatives over its struct, as in `#[derivatives(jvp, vjp, hvp, pullback)]`: each is a function of its own"
)]
pub trait CompiledDerivative<Kind>: Compiled {
    /// What each sample is derived along: a direction of the input, a cotangent of the output, or for [`Hvp`] the target.
    type Along: Sample;
    /// The gradient by one input, in the shape of the input.
    type InputGradient: Plain<Element = Self::Scalar> + Clone + Send + Sync;
    /// The workspace of one sample; see [`DerivativeWorkspace`].
    type DerivativeScratch: Plain<Element = Self::Scalar>;

    /// Whether it is computed sample by sample, however large the workspace is.
    #[doc(hidden)]
    const ONE_BY_ONE: bool = false;
    /// Whether it takes statistics of the whole batch. The workspace must then hold all of its samples.
    #[doc(hidden)]
    const WHOLE_BATCH: bool = false;
    /// The fewest samples of which these statistics can be taken.
    #[doc(hidden)]
    const LEAST_BATCH: usize = 1;

    /// Computes the derivative for one tile.
    #[doc(hidden)]
    fn derivative_tile(&self, tile: DerivativeTile<'_, Self, Kind>);
    /// Computes the outputs of one tile as in training.
    #[doc(hidden)]
    fn outputs_tile(&self, _tile: DerivativeTile<'_, Self, Kind>) {}
    /// Sets the state to what the outputs have left in the workspace.
    #[doc(hidden)]
    fn update_state(&mut self, _memory: Memory<'_, Self::Scalar>) {}
}

/// A tile of samples, with the memory for a derivative.
pub struct DerivativeTile<'a, N: CompiledDerivative<Kind>, Kind> {
    /// What all tiles share.
    pub pass: &'a Pass<N::Scalar>,
    /// The samples.
    pub inputs: &'a [N::Input],
    /// What each is derived along.
    pub targets: &'a [N::Along],
    /// The direction of the parameters, where there is one.
    pub direction: &'a N::Params,
    /// The workspace.
    pub memory: Memory<'a, N::Scalar>,
    /// Takes the gradient by the parameters.
    pub gradient: Option<Ordered<'a, N::Params>>,
    /// Takes the gradient by each input.
    pub gradients: Option<&'a mut [N::InputGradient]>,
    /// Takes the outputs.
    pub outputs: &'a mut [N::Output],
    /// Takes the derivatives of the outputs.
    pub tangents: &'a mut [N::Output],
}

impl<N: CompiledDerivative<Kind>, Kind> DerivativeTile<'_, N, Kind> {
    /// The same tile, for one stage of the work on it.
    #[inline(always)]
    pub fn reborrow(&mut self) -> DerivativeTile<'_, N, Kind> {
        DerivativeTile {
            memory: self.memory.reborrow(),
            gradient: self.gradient.as_mut().map(Ordered::reborrow),
            gradients: self.gradients.as_deref_mut(),
            outputs: &mut *self.outputs,
            tangents: &mut *self.tangents,
            ..*self
        }
    }
}
