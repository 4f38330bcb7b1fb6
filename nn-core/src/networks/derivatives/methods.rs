//! The methods of networks with derivatives.

use super::tiles::{Given, Wanted, zeros};
use super::{CompiledDerivative, Hvp, Jvp, Pullback, Vjp};
use crate::error::{Error, same_length};
use crate::networks::batch::{prepare, scale};
use crate::networks::memory::tile_of;
use crate::networks::{Compiled, CompiledLoss, Memory, Pass, Takes, role};
use crate::random::Draw;
use crate::tensors::plain;

/// The methods of networks with `#[derivatives(…)]`, one for each name in it. Only what is named is compiled.
///
/// All are derived while the macro expands, from the equations of the network: `jvp` is forward mode, `vjp` reverse mode,
/// and `hvp` differentiates the gradient once more. None allocates. Inputs are slices of any number of samples, and the
/// workspace may be shorter.
///
/// A derivative that the network itself computes with, as a physics-informed one does, is written in its formulas as
/// `derivative(u, x)`.
///
/// ```
/// use nn_core::derivatives::{Jvp, Vjp, derivative_workspace};
/// use nn_core::prelude::*;
///
/// network! {
///     #[derivatives(jvp, vjp)]
///     struct Net { a: Linear(3 => 8), b: Linear(8 => 2) }
///     fn forward(x: [3]) -> [2] { b(a(x).tanh()) }
/// }
///
/// let network = Net::<f64>::init_as(1);
/// let (x, dx) = ([Tensor::from([0.1, 0.2, 0.3])], [Tensor::from([1.0, 0.0, -1.0])]);
/// let (mut y, mut dy) = ([Tensor::zeros()], [Tensor::zeros()]);
/// network.jvp(&x, &dx, &mut derivative_workspace::<Net<f64>, Jvp>(1), &mut y, &mut dy)?;
///
/// // <weights, J dx> = <Jᵀ weights, dx>
/// let (weights, mut by_x) = ([Tensor::from([1.0, 2.0])], [Tensor::zeros()]);
/// network.vjp(&x, &weights, &mut derivative_workspace::<Net<f64>, Vjp>(1), None, Some(&mut by_x))?;
/// let left = dy[0][0] + 2.0 * dy[0][1];
/// let right: f64 = by_x[0][0] - by_x[0][2];
/// assert!((left - right).abs() < 1e-12);
/// # Ok::<(), nn_core::Error>(())
/// ```
pub trait Derivatives: Compiled {
    /// The outputs of a slice of samples, and the derivative of each along a direction of its input, in prediction:
    /// `dy = J dx`. Needs `#[derivatives(jvp)]`.
    ///
    /// # Errors
    /// - [`Error::Length`] if the slices differ in their lengths, or the workspace is empty;
    /// - [`Error::Class`] if an index in an input is out of range.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::{derivatives::{Jvp, derivative_workspace}, prelude::*};
    /// // `Curve` has a layer `fc: Linear(2 => 1)`, and gives the square of what that gives.
    /// let mut network = Curve::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (x, dx) = ([Tensor::from([1.0, 3.0])], [Tensor::from([1.0, 0.0])]);
    /// let (mut y, mut dy) = ([Tensor::zeros()], [Tensor::zeros()]);
    /// network.jvp(&x, &dx, &mut derivative_workspace::<Curve, Jvp>(1), &mut y, &mut dy)?;
    /// assert_eq!((y[0][0], dy[0][0]), (0.25, -2.0)); // (2 x₀ - x₁ + 0.5)², and 2 (2 x₀ - x₁ + 0.5) · 2
    /// # Ok(()) }
    /// ```
    fn jvp<X>(
        &self,
        inputs: &[X],
        along: &[<Self as CompiledDerivative<Jvp>>::Along],
        workspace: &mut [<Self as CompiledDerivative<Jvp>>::DerivativeScratch],
        outputs: &mut [Self::Output],
        tangents: &mut [Self::Output],
    ) -> Result<(), Error>
    where
        Self: CompiledDerivative<Jvp> + Takes<role::Input, X, Own = Self::Input>,
    {
        let inputs = <Self as Takes<role::Input, X>>::own(inputs);
        same_length("outputs for the inputs", inputs.len(), outputs.len())?;
        same_length("derivatives for the outputs", inputs.len(), tangents.len())?;
        let given = Given { inputs, along, direction: self.params(), pass: Pass::new(Draw::new(0, 0), zeros()) };
        given.check::<Self, Jvp>()?;
        let wanted = Wanted { outputs, tangents, ..Wanted::default() };
        given.each_tile(workspace, wanted, |tile| self.derivative_tile(tile))
    }

    /// The gradient of the outputs of a slice of samples in prediction, weighted with a cotangent for each output: by the
    /// parameters, summed over the samples, and by each input, as far as they are wanted. Needs `#[derivatives(vjp)]`.
    ///
    /// # Errors
    /// - [`Error::Length`] if the slices differ in their lengths, or the workspace is empty;
    /// - [`Error::Class`] if an index in an input is out of range.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::{derivatives::{Vjp, derivative_workspace}, prelude::*};
    /// // `Curve` has a layer `fc: Linear(2 => 1)`, and gives the square of what that gives.
    /// let mut network = Curve::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (x, weights, mut by_x) = ([Tensor::from([1.0, 3.0])], [Tensor::from([1.0])], [Tensor::zeros()]);
    /// network.vjp(&x, &weights, &mut derivative_workspace::<Curve, Vjp>(1), None, Some(&mut by_x))?;
    /// assert_eq!(by_x[0].as_slice(), [-2.0, 1.0]); // 2 (2 x₀ - x₁ + 0.5) · [2, -1]
    /// # Ok(()) }
    /// ```
    fn vjp<X>(
        &self,
        inputs: &[X],
        cotangents: &[Self::Output],
        workspace: &mut [<Self as CompiledDerivative<Vjp>>::DerivativeScratch],
        gradient: Option<&mut Self::Params>,
        gradients: Option<&mut [<Self as CompiledDerivative<Vjp>>::InputGradient]>,
    ) -> Result<(), Error>
    where
        Self: CompiledDerivative<Vjp, Along = <Self as Compiled>::Output> + Takes<role::Input, X, Own = Self::Input>,
    {
        let inputs = <Self as Takes<role::Input, X>>::own(inputs);
        let pass = Pass::new(Draw::new(0, 0), zeros());
        let given = Given { inputs, along: cotangents, direction: self.params(), pass };
        given.check::<Self, Vjp>()?;
        given.each_tile(workspace, Wanted { gradient, gradients, ..Wanted::default() }, |tile| {
            self.derivative_tile(tile)
        })
    }

    /// The outputs of a batch as in training: with dropout, by `draw`, and with statistics of the batch, which update the
    /// running ones. Needs `#[derivatives(pullback)]`, with whose [`pullback`](Derivatives::pullback) these outputs are
    /// differentiated.
    ///
    /// # Errors
    /// - [`Error::Length`] if there are not as many outputs as inputs, or the workspace is empty;
    /// - [`Error::Class`] if an index in an input is out of range;
    /// - [`Error::BatchOfOne`] and [`Error::BatchTooLong`] if the network takes statistics of the batch.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::{derivatives::{Pullback, derivative_workspace}, prelude::*};
    /// // `Curve` has a layer `fc: Linear(2 => 1)`, and gives the square of what that gives.
    /// let mut network = Curve::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (x, mut y) = ([Tensor::from([1.0, 3.0])], [Tensor::zeros()]);
    /// network.forward_in_training(&x, Draw::new(0, 0), &mut derivative_workspace::<Curve, Pullback>(1), &mut y)?;
    /// assert_eq!(y[0][0], 0.25);
    /// # Ok(()) }
    /// ```
    fn forward_in_training<X>(
        &mut self,
        inputs: &[X],
        draw: Draw,
        workspace: &mut [<Self as CompiledDerivative<Pullback>>::DerivativeScratch],
        outputs: &mut [Self::Output],
    ) -> Result<(), Error>
    where
        Self: CompiledDerivative<Pullback> + Takes<role::Input, X, Own = Self::Input>,
    {
        let inputs = <Self as Takes<role::Input, X>>::own(inputs);
        same_length("outputs for the inputs", inputs.len(), outputs.len())?;
        // a tile's `along` is as long as its inputs, where it is read
        let given = Given { inputs, along: &[], direction: self.params(), pass: Pass::new(draw, zeros()) };
        given.check_inputs::<Self, Pullback>(workspace.len())?;
        given.each_tile(&mut *workspace, Wanted { outputs, ..Wanted::default() }, |tile| self.outputs_tile(tile))?;
        let tile = tile_of(workspace.len())?;
        <Self as CompiledDerivative<Pullback>>::update_state(self, Memory::new(plain::flatten_mut(workspace), tile, 1));
        Ok(())
    }

    /// The gradient of the outputs of a batch as in training, weighted with a cotangent for each output: by the
    /// parameters, summed over the samples, and by each input, as far as they are wanted. With the `draw` of
    /// [`forward_in_training`](Derivatives::forward_in_training) the same values are dropped. Needs
    /// `#[derivatives(pullback)]`.
    ///
    /// With the gradient of another network by its inputs as cotangents, two networks are trained as one.
    ///
    /// # Errors
    /// - [`Error::Length`] if the slices differ in their lengths, or the workspace is empty;
    /// - [`Error::Class`] if an index in an input is out of range;
    /// - [`Error::BatchOfOne`] and [`Error::BatchTooLong`] if the network takes statistics of the batch.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::{derivatives::{Pullback, derivative_workspace}, prelude::*};
    /// // `Curve` has a layer `fc: Linear(2 => 1)`, and gives the square of what that gives.
    /// let mut network = Curve::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (x, weights) = ([Tensor::from([1.0, 3.0])], [Tensor::from([3.0])]);
    /// let (mut workspace, mut gradient) = (derivative_workspace::<Curve, Pullback>(1), nn_core::zero_gradient::<Curve>());
    /// network.pullback(&x, &weights, Draw::new(0, 0), &mut workspace, Some(&mut gradient), None)?;
    /// assert_eq!(gradient.fc.bias[0], -3.0); // 3 · 2 (2 x₀ - x₁ + 0.5)
    /// # Ok(()) }
    /// ```
    fn pullback<X>(
        &self,
        inputs: &[X],
        cotangents: &[Self::Output],
        draw: Draw,
        workspace: &mut [<Self as CompiledDerivative<Pullback>>::DerivativeScratch],
        gradient: Option<&mut Self::Params>,
        gradients: Option<&mut [<Self as CompiledDerivative<Pullback>>::InputGradient]>,
    ) -> Result<(), Error>
    where
        Self:
            CompiledDerivative<Pullback, Along = <Self as Compiled>::Output> + Takes<role::Input, X, Own = Self::Input>,
    {
        let inputs = <Self as Takes<role::Input, X>>::own(inputs);
        let given = Given { inputs, along: cotangents, direction: self.params(), pass: Pass::new(draw, zeros()) };
        given.check::<Self, Pullback>()?;
        given.check_inputs::<Self, Pullback>(workspace.len())?;
        given.each_tile(workspace, Wanted { gradient, gradients, ..Wanted::default() }, |tile| {
            self.derivative_tile(tile)
        })
    }

    /// The product of the Hessian of the loss of a batch with a direction of the parameters: the derivative of
    /// [`gradient`](crate::Train::gradient) along it. Needs `#[derivatives(hvp)]`.
    ///
    /// # Errors
    /// As those of [`Train::gradient`](crate::Train::gradient). `product` is then as it was.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/curve.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::{derivatives::{Hvp, derivative_workspace}, prelude::*};
    /// // `Curve` has a layer `fc: Linear(2 => 1)`, gives the square of what that gives, and has the loss `mse`.
    /// let mut network = Curve::init(0);
    /// network.flat_params_mut().copy_from_slice(&[2.0, -1.0, 0.5]);
    /// let (x, t) = ([Tensor::from([1.0, 3.0])], [Tensor::from([0.0])]);
    /// let (mut direction, mut product) = (nn_core::zero_gradient::<Curve>(), nn_core::zero_gradient::<Curve>());
    /// direction.fc.bias = Tensor::from([1.0]);
    /// let mut workspace = derivative_workspace::<Curve, Hvp>(1);
    /// network.hvp(&x, &t, Draw::new(0, 0), &direction, &mut workspace, &mut product)?;
    /// assert_eq!(product.fc.bias[0], 3.0); // (z⁴)″ = 12 z², with z = 2 x₀ - x₁ + 0.5
    /// # Ok(()) }
    /// ```
    fn hvp<X, Y>(
        &self,
        inputs: &[X],
        targets: &[Y],
        draw: Draw,
        direction: &Self::Params,
        workspace: &mut [<Self as CompiledDerivative<Hvp>>::DerivativeScratch],
        product: &mut Self::Params,
    ) -> Result<(), Error>
    where
        Self: CompiledLoss
            + CompiledDerivative<Hvp, Along = <Self as CompiledLoss>::Target>
            + Takes<role::Input, X, Own = Self::Input>
            + Takes<role::Target, Y, Own = <Self as CompiledLoss>::Target>,
    {
        let inputs = <Self as Takes<role::Input, X>>::own(inputs);
        let along = <Self as Takes<role::Target, Y>>::own(targets);
        let denominators = prepare::<Self>("Hessian product", inputs, along)?;
        let given = Given { inputs, along, direction, pass: Pass::new(draw, scale::<Self>(&denominators)) };
        given.check_inputs::<Self, Hvp>(workspace.len())?;
        let wanted = Wanted { gradient: Some(product), ..Wanted::default() };
        given.each_tile(workspace, wanted, |tile| self.derivative_tile(tile))
    }
}

impl<N: Compiled> Derivatives for N {}
