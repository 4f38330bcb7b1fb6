//! The settings of a training.

use crate::networks::Train;
use crate::training::metrics::Metric;
use crate::training::optim::{Group, Grouped, Optimizer};
use crate::training::schedule::{Clock, Schedule};

use super::class_accuracy::class_accuracy;
use super::{BatchEvent, EpochEvent};

type OnEpoch<'a, N> = Box<dyn FnMut(&mut EpochEvent<'_, N>) + 'a>;
/// Writes the augmented sample, from the sample itself, by seed, epoch and number of the sample.
pub(super) type Augmented<X> = Box<dyn Fn(&X, &mut X, u64, usize, usize)>;
type OnBatch<'a, N> = Box<dyn FnMut(&mut BatchEvent<'_, N>) + 'a>;

/// The settings of a training: an optimiser, and the loop around it.
///
/// By default it trains for 10 epochs, in batches of 32 samples, shuffled from seed 0, at a constant learning rate. The
/// metric of classes (`Target = usize`) is their accuracy. Other targets have none unless [`metric`](Trainer::metric)
/// sets one.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
/// use nn_core::schedule::CosineAnnealing;
/// use nn_core::{Session, optim::Adam, train::Trainer};
///
/// let (train, validation) = points(80).split(0.8, 0)?;
/// let mut session = Session::<Line>::from_seed(42);
/// let history = Trainer::new(Adam::new(0.1))
///     .batch(16)
///     .epochs(50)
///     .schedule(CosineAnnealing::new(50))
///     .clip_norm(1.0)
///     .quiet()
///     .fit(&mut session, &train, &validation)?;
/// assert!(history.epochs[49].validation_loss < Some(1e-4));
/// # Ok(()) }
/// ```
#[must_use = "a trainer does nothing until `fit` is called"]
pub struct Trainer<'a, N: Train, O> {
    pub(super) optimizer: O,
    pub(super) groups: Vec<Group<O>>,
    pub(super) batch: usize,
    pub(super) epochs: usize,
    pub(super) threads: usize,
    pub(super) seed: u64,
    pub(super) shuffle: bool,
    pub(super) drop_last: bool,
    /// The changes, and their description.
    pub(super) augment: Option<(Augmented<N::Input>, String)>,
    pub(super) schedule: Box<dyn Schedule + 'a>,
    pub(super) l1: f64,
    pub(super) l2: f64,
    pub(super) clip_norm: Option<f64>,
    pub(super) clip_value: Option<f64>,
    pub(super) patience: Option<usize>,
    pub(super) metric: Option<Box<dyn Metric<N::Output, N::Target> + 'a>>,
    pub(super) on_epoch: Vec<OnEpoch<'a, N>>,
    pub(super) on_batch: Vec<OnBatch<'a, N>>,
    pub(super) quiet: bool,
    #[cfg(feature = "safetensors")]
    pub(super) files: super::resume::Files,
}

impl<'a, N: Train, O: Optimizer<N::Scalar>> Trainer<'a, N, O> {
    /// A trainer with an optimiser and the defaults that [`Trainer`] describes.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let history = Trainer::new(Sgd::new(0.1)).quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!(history.epochs.len(), 10);
    /// # Ok(()) }
    /// ```
    pub fn new(optimizer: O) -> Self {
        Trainer {
            optimizer,
            groups: Vec::new(),
            batch: 32,
            epochs: 10,
            threads: 1,
            seed: 0,
            shuffle: true,
            drop_last: false,
            augment: None,
            schedule: Box::new(|_: Clock| 1.0),
            l1: 0.0,
            l2: 0.0,
            clip_norm: None,
            clip_value: None,
            patience: None,
            metric: class_accuracy::<N>(),
            on_epoch: Vec::new(),
            on_batch: Vec::new(),
            quiet: false,
            #[cfg(feature = "safetensors")]
            files: super::resume::Files::default(),
        }
    }

    /// The number of samples in a batch, at least 1; 32 by default. The last batch of an epoch has the samples that are
    /// left.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).batch(64).quiet().fit(&mut session, &points(64), None)?;
    /// let refused = Trainer::new(Sgd::new(0.1)).batch(0).fit(&mut session, &points(64), None);
    /// assert_eq!(refused.unwrap_err().to_string(), "`batch` must be at least 1");
    /// # Ok(()) }
    /// ```
    pub fn batch(mut self, samples: usize) -> Self {
        self.batch = samples;
        self
    }

    /// The number of epochs, at least 1; 10 by default.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let history = Trainer::new(Sgd::new(0.1)).epochs(3).quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!(history.epochs.len(), 3);
    /// # Ok(()) }
    /// ```
    pub fn epochs(mut self, epochs: usize) -> Self {
        self.epochs = epochs;
        self
    }

    /// The seed of shuffling, augmentation and dropout; 0 by default.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).seed(42).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Whether the samples are shuffled in each epoch; true by default. The order depends on seed, epoch and number of
    /// samples alone, on every platform.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).shuffle(false).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn shuffle(mut self, shuffle: bool) -> Self {
        self.shuffle = shuffle;
        self
    }

    /// Whether a last batch that is not full is left out; false by default.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # use nn_core::{Error, Session, optim::Sgd, train::Trainer};
    /// # fn main() -> Result<(), Error> {
    /// # let mut session = Session::<Line>::from_seed(0);
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// Trainer::new(Sgd::new(0.1)).batch(60).drop_last(true).quiet().fit(&mut session, &points(64), None)?;
    /// # Ok(()) }
    /// ```
    pub fn drop_last(mut self, drop: bool) -> Self {
        self.drop_last = drop;
        self
    }

    /// The optimisers, whose patterns `fit` has checked.
    pub(super) fn grouped(&self) -> Grouped<'_, O> {
        Grouped::checked::<N>(&self.optimizer, &self.groups)
    }
}
