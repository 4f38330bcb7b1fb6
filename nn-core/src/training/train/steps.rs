//! A training loop of one's own: the memory of its steps.

use super::gradients::Gradients;
use crate::error::Error;
use crate::networks::{Session, Takes, Train, role, zero_gradient};
use crate::random::Draw;
use crate::training::optim::{Optimizer, State};

/// The steps of a training loop of one's own: an optimiser with its state, the gradient, and the memory for both, beside
/// the session that they train. [`Session::steps`] makes it.
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net { hidden: Linear(2 => 8), out: Linear(8 => 1) }
///     fn forward(x: [2]) -> [1] { out(hidden(x).tanh()).sigmoid() }
///     loss = bce;
/// }
///
/// let points = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
/// let data = Dataset::from_iter(points.map(|[a, b]| (Tensor::from([a, b]), Tensor::from([f32::from(a != b)]))));
///
/// let mut session = Net::session(42);
/// let mut steps = session.steps(Sgd::new(0.5).momentum(0.9), 4);
/// for epoch in 0..400 {
///     steps.factor = if epoch < 300 { 1.0 } else { 0.1 }; // of the learning rate
///     for (inputs, targets) in data.batches(4) {
///         let loss = steps.step(inputs, targets)?;
///         assert!(loss.is_finite());
///     }
/// }
/// assert!(steps.loss(data.inputs(), data.targets())? < 0.1);
/// assert!(session.forward(&Tensor::from([0.0, 1.0]))[0] > 0.5);
/// # Ok::<(), nn_core::Error>(())
/// ```
pub struct Steps<'s, N: Train, O> {
    /// The session that is trained.
    pub session: &'s mut Session<N>,
    /// The factor of the optimiser's learning rate in the next steps: 1, until it is set.
    pub factor: f64,
    /// The gradient of the last step.
    pub gradient: Box<N::Params>,
    pub(super) optimizer: O,
    pub(super) state: State<Box<[N::Params]>>,
    gradients: Gradients<N>,
    #[cfg(feature = "parallel")]
    batch: usize,
    pub(super) seed: u64,
}

impl<N: Train> Session<N> {
    /// Begins a training step by step, with batches of at most `batch` samples. It allocates all memory; the steps
    /// allocate nothing.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let (mut session, data) = (Line::session(1), points(100));
    /// let mut steps = session.steps(Adam::new(0.1), 20);
    /// let before = steps.loss(data.inputs(), data.targets())?;
    /// for (inputs, targets) in data.batches(20) {
    ///     steps.step(inputs, targets)?;
    /// }
    /// assert!(steps.loss(data.inputs(), data.targets())? < before);
    /// # Ok(()) }
    /// ```
    pub fn steps<O: Optimizer<N::Scalar>>(&mut self, optimizer: O, batch: usize) -> Steps<'_, N, O> {
        Steps {
            session: self,
            factor: 1.0,
            gradient: zero_gradient::<N>(),
            state: State::boxed(optimizer.slots()),
            gradients: Gradients::new(batch.max(1), 1),
            #[cfg(feature = "parallel")]
            batch: batch.max(1),
            optimizer,
            seed: 0,
        }
    }
}

impl<N: Train, O: Optimizer<N::Scalar>> Steps<'_, N, O> {
    /// The seed of dropout, 0 by default.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let mut session = Line::session(1);
    /// assert_eq!(session.steps(Adam::new(0.1), 20).seed(42).taken(), 0);
    /// # }
    /// ```
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Several threads for each gradient, with a workspace of their own; the bits are those of one thread. Each step allocates
    /// some hundred bytes. See [`Parallel`](crate::Parallel).
    ///
    /// # Panics
    /// If the system refuses a thread.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let (mut session, data) = (Line::session(1), points(256));
    /// let mut steps = session.steps(Adam::new(0.1), 256).threads(2);
    /// steps.step(data.inputs(), data.targets())?;
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "parallel")]
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.gradients = Gradients::new(self.batch, threads);
        self
    }

    /// Computes the gradient of a batch and applies it. Returns the loss before the step.
    ///
    /// # Errors
    /// As those of [`Train::gradient`] and [`Optimizer::step`].
    pub fn step<X, Y>(&mut self, inputs: &[X], targets: &[Y]) -> Result<N::Scalar, Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        let loss = self.compute(inputs, targets)?;
        self.apply()?;
        Ok(loss)
    }

    /// Computes the gradient of a batch, into the field `gradient`: to be looked at or changed before
    /// [`apply`](Steps::apply).
    ///
    /// # Errors
    /// As those of [`Train::gradient`].
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let (mut session, data) = (Line::session(1), points(20));
    /// let mut steps = session.steps(Sgd::new(0.1), 20);
    /// steps.compute(data.inputs(), data.targets())?;
    /// optim::clip_norm(steps.gradient.flat_mut(), 1.0);
    /// steps.apply()?;
    /// assert_eq!(steps.taken(), 1);
    /// # Ok(()) }
    /// ```
    pub fn compute<X, Y>(&mut self, inputs: &[X], targets: &[Y]) -> Result<N::Scalar, Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        let draw = Draw::new(self.seed, self.state.steps());
        let network = &mut *self.session.network;
        self.gradients.compute(network, (inputs, targets), draw, &mut self.gradient)
    }

    /// Applies the gradient in the field `gradient`.
    ///
    /// # Errors
    /// As those of [`Optimizer::step`].
    pub fn apply(&mut self) -> Result<(), Error> {
        self.optimizer.step(self.session.network.params_mut(), &*self.gradient, &mut self.state, self.factor)
    }

    /// The loss of any number of samples in prediction: without dropout, and with the running statistics of norms.
    ///
    /// # Errors
    /// As those of [`Train::loss`].
    pub fn loss<X, Y>(&mut self, inputs: &[X], targets: &[Y]) -> Result<N::Scalar, Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        self.session.network.loss(inputs, targets, self.gradients.of_one())
    }

    /// The number of steps so far.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.state.steps()
    }
}
