//! The settings of a step: optimisers, schedule, augmentation, penalties and clipping.

use crate::data::{Augment, Image};
use crate::networks::Train;
use crate::training::optim::{Group, Optimizer};
use crate::training::schedule::Schedule;

use super::Trainer;
use super::trainer::Augmented;

/// The settings of a step.
impl<'a, N: Train, O: Optimizer<N::Scalar>> Trainer<'a, N, O> {
    /// Trains some parameters by another optimiser: those that fit a pattern, such as `fc1`, `fc1.bias`, `*.bias` or
    /// `conv*` (see [`Group`]). The schedule multiplies its learning rate too. Where several groups fit a parameter,
    /// the last decides.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::AdamW, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let adam = AdamW::new(0.01);
    /// Trainer::new(adam).group("*.bias", adam.weight_decay(0.0)).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn group(mut self, pattern: &'static str, optimizer: O) -> Self {
        self.groups.push(Group::new(pattern, optimizer));
        self
    }

    /// Keeps some parameters as they are, bit by bit. The pattern is as in [`group`](Trainer::group). They do not count
    /// for the norm of the gradient where that is clipped.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let weight = session.network.params.fc.weight.clone();
    /// Trainer::new(Sgd::new(0.1)).freeze("fc.weight").quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!(session.network.params.fc.weight, weight);
    /// # Ok(()) }
    /// ```
    pub fn freeze(mut self, pattern: &'static str) -> Self {
        self.groups.push(Group::frozen(pattern));
        self
    }

    /// The schedule of the learning rate; constant by default. A factor that is negative or not finite is an error of
    /// [`fit`](Trainer::fit).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let halved = nn_core::schedule::Exponential::new(0.5);
    /// let history = Trainer::new(Sgd::new(0.1)).schedule(halved).quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!(history.epochs[1].learning_rate, 0.05);
    /// # Ok(()) }
    /// ```
    pub fn schedule(mut self, schedule: impl Schedule + 'a) -> Self {
        self.schedule = Box::new(schedule);
        self
    }

    /// Changes each sample at random whenever the network is trained on it. The validation set stays as it is.
    ///
    /// Inputs have the shape `[C, H, W]`. The changes depend on the [`seed`](Trainer::seed), the epoch and the number
    /// of the sample alone.
    ///
    /// ```
    /// use nn_core::data::Augment;
    /// use nn_core::prelude::*;
    ///
    /// network! {
    ///     struct Net { conv: Conv2d(1 => 2, kernel = 3), fc: Linear(72 => 2) }
    ///     fn forward(x: [1, 8, 8]) -> [2] { fc(conv(x).relu().flatten()) }
    ///     loss = cross_entropy;
    /// }
    ///
    /// # fn main() -> Result<(), Error> {
    /// let data = Dataset::from_iter([(Tensor::filled(0.5), 0), (Tensor::zeros(), 1)]);
    /// let mut session = Net::session(1);
    /// Trainer::new(Sgd::new(0.1)).augment(Augment::new().shift(1).rotate(10.0)).quiet().fit(&mut session, &data, None)?;
    /// # Ok(()) }
    /// ```
    pub fn augment(mut self, augment: Augment) -> Self
    where
        N::Input: Image,
    {
        let apply: Augmented<N::Input> = Box::new(move |source, target, seed, epoch, sample| {
            augment.apply(source, target, seed, epoch, sample);
        });
        self.augment = Some((apply, format!("{augment:?}")));
        self
    }

    /// Adds `lambda * Σ|w|` over all parameters to the training loss and `lambda * sign(w)` to the gradient,
    /// before any clipping; 0 by default.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).l1(1e-5).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn l1(mut self, lambda: f64) -> Self {
        self.l1 = lambda;
        self
    }

    /// Adds `lambda / 2 * Σw²` over all parameters to the training loss and `lambda * w` to the gradient,
    /// before any clipping; 0 by default.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).l2(1e-4).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn l2(mut self, lambda: f64) -> Self {
        self.l2 = lambda;
        self
    }

    /// Scales the gradient to at most this Euclidean norm, a number of 0 or more, as
    /// [`clip_norm`](crate::optim::clip_norm) does.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).clip_norm(1.0).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn clip_norm(mut self, norm: f64) -> Self {
        self.clip_norm = Some(norm);
        self
    }

    /// Clamps the elements of the gradient to -value..value, as [`clip_value`](crate::optim::clip_value) does, after
    /// any clipping of the norm. `value` is a number of 0 or more.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).clip_value(0.5).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn clip_value(mut self, value: f64) -> Self {
        self.clip_value = Some(value);
        self
    }

    /// The threads that compute gradients, at least 1; 1 by default. The bits do not depend on it: see
    /// [`Parallel`](crate::Parallel). A network that takes statistics of the batch uses one. A training panics if the system
    /// refuses a thread.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Network as _, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let [mut one, mut two] = [0, 0].map(Session::<Line>::from_seed);
    /// Trainer::new(Sgd::new(0.1)).quiet().fit(&mut one, &points(64), None)?;
    /// Trainer::new(Sgd::new(0.1)).threads(2).quiet().fit(&mut two, &points(64), None)?;
    /// assert_eq!(one.network.flat_params(), two.network.flat_params());
    /// # Ok(()) }
    /// ```
    #[cfg(feature = "parallel")]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads.max(1);
        self
    }
}
