//! A training that is interrupted and goes on.

use std::fmt;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};

use super::checkpoint::{self, Checkpoint, Restored, Row, Setting};
use super::run::{Best, Run};
use super::{Epoch, Steps, Trainer};
use crate::error::{Difference, Error, WeightsError};
use crate::networks::Train;
use crate::tensors::{Scalar, plain};
use crate::training::optim::Optimizer;
use crate::training::schedule::Clock;

/// The files of a training.
#[derive(Default)]
pub(super) struct Files {
    /// Where it is saved, and after how many epochs again and again.
    pub(super) checkpoint: Option<(PathBuf, usize)>,
    /// Where it goes on.
    pub(super) resume: Option<PathBuf>,
}

/// Trainings that can be interrupted.
impl<N: Train, O: Optimizer<N::Scalar>> Trainer<'_, N, O> {
    /// Saves the training after every so many epochs, at least 1, and after the last one: the network with its states, the
    /// memory of the optimiser, the best network so far, and the measurements of all epochs. [`resume`](Trainer::resume) goes
    /// on from there.
    ///
    /// The file is replaced as a whole: whenever the program is killed, one finds the checkpoint before or the new one.
    /// `Net::load` reads the network out of it.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let path = std::env::temp_dir().join("nn-core-checkpoint-example.safetensors");
    /// let trainer = |epochs| Trainer::new(Adam::new(0.1)).epochs(epochs).checkpoint(&path, 1).quiet();
    /// let (data, mut session) = (points(64), Line::session(1));
    /// trainer(3).fit(&mut session, &data, None)?; // and here the program ends
    ///
    /// let mut resumed = Line::session(0);
    /// let history = trainer(5).resume(&path).fit(&mut resumed, &data, None)?;
    /// assert_eq!(history.epochs.len(), 5);
    ///
    /// let mut whole = Line::session(1);
    /// Trainer::new(Adam::new(0.1)).epochs(5).quiet().fit(&mut whole, &data, None)?;
    /// assert_eq!(resumed.network.flat_params(), whole.network.flat_params()); // to the last bit
    /// # Ok(()) }
    /// ```
    pub fn checkpoint(mut self, path: impl AsRef<Path>, every: usize) -> Self {
        self.files.checkpoint = Some((path.as_ref().into(), every));
        self
    }

    /// Goes on with a training where a [`checkpoint`](Trainer::checkpoint) has saved it, to the same bits as if it had not
    /// been interrupted. The network of the session is replaced by that of the file. Training goes on up to the number of
    /// [`epochs`](Trainer::epochs), those in the file included.
    ///
    /// Optimiser, schedule and all other settings that training depends on have to be those of the checkpoint, and so do the
    /// samples, of which the numbers are compared: `fit` returns [`WeightsError::Training`] otherwise, and nothing has
    /// changed. Callbacks are not called again for the epochs in the file.
    ///
    /// A file that is not there is an error too. A program that is started again and again says
    /// `if path.exists() { trainer = trainer.resume(path) }`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let path = std::env::temp_dir().join("nn-core-resume-example.safetensors");
    /// let mut session = Line::session(1);
    /// Trainer::new(Sgd::new(0.1)).epochs(2).checkpoint(&path, 1).quiet().fit(&mut session, &points(64), None)?;
    ///
    /// let error = Trainer::new(Sgd::new(0.2)).resume(&path).quiet().fit(&mut session, &points(64), None).unwrap_err();
    /// assert!(error.to_string().contains("optimizer: Sgd { learning_rate: 0.1,"));
    /// # Ok(()) }
    /// ```
    pub fn resume(mut self, path: impl AsRef<Path>) -> Self {
        self.files.resume = Some(path.as_ref().into());
        self
    }

    /// What a checkpoint has to agree with, for so many samples.
    fn settings(&self, train: usize, validation: Option<usize>) -> Vec<Setting> {
        vec![
            ("numbers", N::Scalar::NAME.into()),
            ("optimizer", Description::<_, N::Scalar>::text(&self.grouped())),
            ("batch", self.batch.to_string()),
            ("seed", self.seed.to_string()),
            ("shuffle", self.shuffle.to_string()),
            ("drop_last", self.drop_last.to_string()),
            ("augment", self.augment.as_ref().map_or("none".into(), |(_, text)| text.clone())),
            ("l1", self.l1.to_string()),
            ("l2", self.l2.to_string()),
            ("clip_norm", format!("{:?}", self.clip_norm)),
            ("clip_value", format!("{:?}", self.clip_value)),
            ("early_stopping", format!("{:?}", self.patience)),
            ("metric", self.metric.as_ref().map_or("none".into(), |metric| metric.name().into())),
            ("training samples", train.to_string()),
            ("validation samples", validation.unwrap_or(0).to_string()),
        ]
    }
}

impl<N: Train, O: Optimizer<N::Scalar>> Run<'_, '_, N, O> {
    fn settings(&self) -> Vec<Setting> {
        self.trainer.settings(self.feed.len(), self.validation.map(super::samples::Samples::len))
    }

    /// The number of the first epoch: behind those of the checkpoint, if the training goes on with one.
    pub(super) fn first_epoch(&mut self) -> Result<usize, Error> {
        if let Some((path, _)) = &self.trainer.files.checkpoint {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let found = folder.map_or(Ok(true), |folder| folder.metadata().map(|folder| folder.is_dir()));
            let problem = match found {
                Ok(true) => None,
                Ok(false) => Some("it would lie in a file, which is no folder".to_string()),
                Err(error) => Some(error.to_string()),
            };
            if let Some(problem) = problem {
                return Err(WeightsError::File { file: path.display().to_string(), problem }.into());
            }
        }
        let Some(path) = self.trainer.files.resume.clone() else { return Ok(1) };
        let restored = checkpoint::read::<N>(&path, &self.settings(), self.trainer.grouped().slots())?;
        self.replay(&path, &restored.epochs)?;
        Ok(1 + self.restore(restored))
    }

    /// Shows the schedule the losses of the epochs that are done, and compares the learning rates that it gives for them.
    fn replay(&mut self, path: &Path, epochs: &[Row]) -> Result<(), Error> {
        for (at, row) in epochs.iter().enumerate() {
            let (epoch, clock) = self.unpacked(at, row);
            let last = Clock { step: clock.step.saturating_sub(1), epoch: at as u64 };
            let here = self.trainer.optimizer.learning_rate() * self.trainer.schedule.factor(last);
            if here.to_bits() != epoch.learning_rate.to_bits() {
                let (what, file) =
                    (format!("learning rate in epoch {}", epoch.number), epoch.learning_rate.to_string());
                let differences = vec![Difference { what, file, here: here.to_string() }];
                return Err(WeightsError::Training { file: path.display().to_string(), differences }.into());
            }
            self.trainer.schedule.observe(clock, epoch.watched_loss());
        }
        Ok(())
    }

    /// Takes over what a checkpoint holds. Returns the number of epochs that are done.
    fn restore(&mut self, restored: Restored<N>) -> usize {
        let Restored { network, best, state, epochs } = restored;
        plain::copy(&mut *self.session.network, &network);
        self.state = state;
        self.history.epochs = epochs.iter().enumerate().map(|(at, row)| self.unpacked(at, row).0).collect();
        self.history.kept = epochs.len();
        if let (Some(own), Some((network, epoch))) = (&mut self.best, best)
            && let Some(measured) = self.history.epochs.get(epoch - 1)
        {
            *own = Best { network, epoch, loss: measured.watched_loss() };
        }
        self.reporter.skip(epochs.len() * self.batches);
        self.rows = epochs;
        self.rows.len()
    }

    /// An epoch and the progress after it.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count below 2^53
    fn unpacked(&self, at: usize, row: &Row) -> (Epoch, Clock) {
        let [training_loss, validation_loss, metric, learning_rate, seconds, steps] = *row;
        let epoch = Epoch {
            number: at + 1,
            training_loss,
            validation_loss: self.validation.map(|_| validation_loss),
            metric: self.history.metric.as_ref().map(|_| metric),
            learning_rate,
            seconds,
        };
        (epoch, Clock { step: steps as u64, epoch: at as u64 + 1 })
    }

    /// Saves the training after an epoch, if it is time to do so. It is so after the `last` one.
    #[allow(clippy::cast_precision_loss)] // steps are far fewer than 2^53
    pub(super) fn save(&mut self, last: bool) -> Result<(), Error> {
        let Some((path, every)) = &self.trainer.files.checkpoint else { return Ok(()) };
        if let Some(epoch) = self.history.epochs.last() {
            let [validation, metric] = [epoch.validation_loss, epoch.metric].map(|value| value.unwrap_or(0.0));
            let steps = self.state.steps() as f64;
            self.rows.push([epoch.training_loss, validation, metric, epoch.learning_rate, epoch.seconds, steps]);
        }
        if !last && !self.rows.len().is_multiple_of(*every) {
            return Ok(());
        }
        let best = self.best.as_ref().filter(|best| best.epoch > 0).map(|best| (&*best.network, best.epoch));
        let checkpoint = Checkpoint { network: &*self.session.network, best, state: &self.state, epochs: &self.rows };
        checkpoint.save(path, &self.settings())
    }
}

impl<N: Train, O: Optimizer<N::Scalar>> Steps<'_, N, O> {
    /// Saves the network with its states, the memory of the optimiser, the number of steps and the seed.
    /// [`resume`](Steps::resume) goes on from there. The file is replaced as a whole.
    ///
    /// # Errors
    /// [`WeightsError::File`] with what the operating system says.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::prelude::*;
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let path = std::env::temp_dir().join("nn-core-steps-example.safetensors");
    /// let (mut session, data) = (Line::session(1), points(20));
    /// let mut steps = session.steps(Adam::new(0.1), 20);
    /// steps.step(data.inputs(), data.targets())?;
    /// steps.checkpoint(&path)?;
    ///
    /// let mut other = Line::session(2);
    /// let mut resumed = other.steps(Adam::new(0.1), 20);
    /// resumed.resume(&path)?;
    /// assert_eq!(resumed.taken(), 1);
    /// assert_eq!(resumed.step(data.inputs(), data.targets())?, steps.step(data.inputs(), data.targets())?);
    /// # Ok(()) }
    /// ```
    pub fn checkpoint(&self, path: impl AsRef<Path>) -> Result<(), Error> {
        let checkpoint = Checkpoint { network: &*self.session.network, best: None, state: &self.state, epochs: &[] };
        checkpoint.save(path.as_ref(), &self.settings())
    }

    /// Goes on where [`checkpoint`](Steps::checkpoint) has saved a training, with an optimiser of the same settings and the
    /// same seed.
    ///
    /// # Errors
    /// [`WeightsError`], with all that differs. Nothing has changed then.
    pub fn resume(&mut self, path: impl AsRef<Path>) -> Result<(), Error> {
        let restored = checkpoint::read::<N>(path.as_ref(), &self.settings(), self.optimizer.slots())?;
        plain::copy(&mut *self.session.network, &restored.network);
        self.state = restored.state;
        Ok(())
    }

    fn settings(&self) -> Vec<Setting> {
        let optimizer = Description::<_, N::Scalar>::text(&self.optimizer);
        vec![("numbers", N::Scalar::NAME.into()), ("optimizer", optimizer), ("seed", self.seed.to_string())]
    }
}

/// An optimiser as text.
struct Description<'o, O, T>(&'o O, PhantomData<T>);

impl<'o, O: Optimizer<T>, T: Scalar> Description<'o, O, T> {
    fn text(optimizer: &'o O) -> String {
        Description(optimizer, PhantomData).to_string()
    }
}

impl<O: Optimizer<T>, T: Scalar> fmt::Display for Description<'_, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.describe(f)
    }
}
