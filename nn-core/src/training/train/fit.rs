//! The start of a training.

use super::batches::Batch;
use super::checks::{TRAINING_SET, VALIDATION_SET, check_samples, check_settings};
use super::feed::{Feed, Prefetch};
use super::run::Run;
use super::samples::{Samples, reader};
use super::{History, Trainer};
use crate::data::{self, Dataset, Set};
use crate::error::Error;
use crate::networks::{Session, Takes, Train, role};
use crate::training::optim::{Grouped, Optimizer};

impl<N: Train, O: Optimizer<N::Scalar>> Trainer<'_, N, O> {
    /// Trains the network of a session on a training set: a [`Dataset`], or a [`Lazy`](crate::data::Lazy) of samples that are
    /// read meanwhile. With a validation set, `&validation` or `None`, it measures the network on that set after each epoch.
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
    /// - [`Error::Class`] if a class or index in a set is out of range, with the number of the sample in the set; in an epoch
    ///   for samples that are read.
    ///
    /// In an epoch:
    /// - [`Error::Read`] if a sample cannot be read;
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
    pub fn fit<'d, D: data::Samples<Input: 'd, Target: 'd>>(
        &mut self,
        session: &mut Session<N>,
        train: &D,
        validation: impl Into<Option<&'d Dataset<D::Input, D::Target>>>,
    ) -> Result<History, Error>
    where
        N: Takes<role::Input, D::Input, Own = N::Input> + Takes<role::Target, D::Target, Own = N::Target>,
    {
        let validation = validation.into().map(|validation| Samples::of(validation.inputs(), validation.targets()));
        let check_validation = || validation.map_or(Ok(()), |validation| check_samples(VALIDATION_SET, validation));
        match train.set() {
            Set::Memory(inputs, targets) => {
                let train = Samples::of(inputs, targets);
                self.check(train.len())?;
                check_samples(TRAINING_SET, train)?;
                check_validation()?;
                Run::new(self, session, Feed::Memory(train), validation).all_epochs()
            }
            Set::Read(count, read) => {
                self.check(count)?;
                check_validation()?;
                let read = reader::<N, _, _>(read);
                std::thread::scope(|scope| {
                    let prefetch = Prefetch::new(scope, &read, Batch::new(self.batch.min(count)));
                    Run::new(self, session, Feed::Read(count, prefetch), validation).all_epochs()
                })
            }
        }
    }

    /// Checks the settings for so many samples.
    fn check(&self, samples: usize) -> Result<(), Error> {
        check_settings(self, samples)?;
        Grouped::new::<N>(&self.optimizer, &self.groups)?.check()?; // for their errors
        if samples == 0 { Err(Error::Empty { what: TRAINING_SET }) } else { Ok(()) }
    }
}
