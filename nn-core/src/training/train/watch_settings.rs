//! The settings of what watches a training: early stopping, metric, callbacks, progress.

use crate::networks::Train;
use crate::training::metrics::Metric;
use crate::training::optim::Optimizer;

use super::{BatchEvent, EpochEvent, Trainer};

/// The settings of what watches a training.
impl<'a, N: Train, O: Optimizer<N::Scalar>> Trainer<'a, N, O> {
    /// Stops after `patience` epochs in a row, at least 1, without a smaller loss of the validation set, or of the
    /// training set where there is none. In any case the network ends as it was after the best epoch.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let trained = Trainer::new(Sgd::new(0.1)).epochs(500).early_stopping(3).quiet().fit(&mut session, &points(64), None)?;
    /// assert!(trained.epochs.len() <= 500 && trained.kept == trained.best().unwrap().number);
    /// # Ok(()) }
    /// ```
    pub fn early_stopping(mut self, patience: usize) -> Self {
        self.patience = Some(patience);
        self
    }

    /// The metric that is measured on the validation set after each epoch.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// use nn_core::metrics::Accuracy;
    /// let data = points(64);
    /// let history = Trainer::new(Sgd::new(0.1)).epochs(50).metric(Accuracy::new()).quiet().fit(&mut session, &data, &data)?;
    /// assert!(history.epochs[49].metric > Some(0.8)); // the part of outputs on the right side of 0.5
    /// # Ok(()) }
    /// ```
    pub fn metric(mut self, metric: impl Metric<N::Output, N::Target> + 'a) -> Self {
        self.metric = Some(Box::new(metric));
        self
    }

    /// Calls a function after each epoch, which can stop the training. There may be several.
    ///
    /// To call methods of `event.network`, give the argument of the closure its type:
    /// `|event: &mut EpochEvent<'_, Line>|`.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let mut losses = Vec::new();
    /// Trainer::new(Sgd::new(0.1))
    ///     .callback(|event| {
    ///         losses.push(event.epoch.training_loss);
    ///         if losses.len() == 4 {
    ///             event.stop();
    ///         }
    ///     })
    ///     .quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!(losses.len(), 4);
    /// # Ok(()) }
    /// ```
    pub fn callback(mut self, function: impl FnMut(&mut EpochEvent<'_, N>) + 'a) -> Self {
        self.on_epoch.push(Box::new(function));
        self
    }

    /// Calls a function after each batch, which can stop the training. There may be several.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let mut batches = 0;
    /// let history = Trainer::new(Sgd::new(0.1))
    ///     .batch(16)
    ///     .batch_callback(|event| {
    ///         batches += 1;
    ///         if event.loss < 1.0 && event.batch == 2 {
    ///             event.stop();
    ///         }
    ///     })
    ///     .quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!((history.epochs.len(), batches), (1, 2));
    /// # Ok(()) }
    /// ```
    pub fn batch_callback(mut self, function: impl FnMut(&mut BatchEvent<'_, N>) + 'a) -> Self {
        self.on_batch.push(Box::new(function));
        self
    }

    /// Shows nothing. Otherwise a bar is shown on a terminal (feature `progress`), or a line for each epoch, for about
    /// 100 of a long training, on standard error.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }
}
