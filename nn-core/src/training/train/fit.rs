//! The start of a training.

use super::checks::{TRAINING_SET, VALIDATION_SET, check_samples, check_settings};
use super::run::Run;
use super::samples::Samples;
use super::{History, Trainer};
use crate::data::Dataset;
use crate::error::Error;
use crate::networks::{Session, Takes, Train, role};
use crate::training::optim::{Grouped, Optimizer};

impl<N: Train, O: Optimizer<N::Scalar>> Trainer<'_, N, O> {
    /// Trains the network of a session on a training set. With a validation set, `&validation` or `None`, it measures
    /// the network on that set after each epoch.
    ///
    /// All memory is allocated before the first step: a step allocates nothing. Each call begins with a new state of
    /// the optimiser.
    ///
    /// # Errors
    /// Before the first step:
    /// - [`Error::Setting`] if the trainer or an optimiser has a setting that cannot be, such as a learning rate below
    ///   0;
    /// - [`Error::Group`] if no parameter fits a group;
    /// - [`Error::Empty`] if a set has no sample;
    /// - [`Error::Class`] if a class or index in a set is out of range, with the number of the sample in the set.
    ///
    /// In an epoch:
    /// - [`Error::NothingToAverage`] if the loss ignores all samples of a batch;
    /// - [`Error::Factor`] if the schedule gives a factor that is negative or not finite;
    /// - [`Error::NotFiniteSample`], [`Error::NotFiniteAtStart`], [`Error::NotFiniteOnTest`] or [`Error::Diverged`], by
    ///   the cause, if a loss, or a parameter after an epoch, is not finite.
    ///
    /// The network is then as it was when that epoch began.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let (train, validation) = points(80).split(0.8, 0)?;
    /// let history = Trainer::new(Sgd::new(0.1)).quiet().fit(&mut session, &train, &validation)?;
    /// println!("{history}");
    /// # Ok(()) }
    /// ```
    pub fn fit<'d, X: 'd, Y: 'd>(
        &mut self,
        session: &mut Session<N>,
        train: &Dataset<X, Y>,
        validation: impl Into<Option<&'d Dataset<X, Y>>>,
    ) -> Result<History, Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        let (train, validation) = (Samples::of(train), validation.into().map(Samples::of));
        check_settings(self, train.len())?;
        Grouped::new::<N>(&self.optimizer, &self.groups)?.check()?; // for their errors
        check_samples(TRAINING_SET, train)?;
        if let Some(validation) = validation {
            check_samples(VALIDATION_SET, validation)?;
        }
        Run::new(self, session, train, validation).all_epochs()
    }
}
