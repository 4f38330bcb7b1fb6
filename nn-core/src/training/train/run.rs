//! A running training.

use std::time::Instant;

use crate::error::Error;
use crate::networks::{Session, Train, zero_gradient};
use crate::random::Draw;
use crate::tensors::{Plain, Scalar, plain, sample};
use crate::training::optim;
use crate::training::optim::{Optimizer, State};
use crate::training::schedule::Clock;

use super::batches::{Batch, Order};
use super::checks::{TRAINING_SET, VALIDATION_SET, not_finite};
use super::feed::Feed;
use super::gradients::Gradients;
use super::progress::Reporter;
use super::samples::Samples;
use super::{BatchEvent, Epoch, EpochEvent, History, Trainer};

/// The most samples that are predicted together for the metric.
const MEASURED_TOGETHER: usize = 256;

/// All memory of a training, allocated before its first step.
pub(super) struct Run<'r, 'a, N: Train, O> {
    pub(super) trainer: &'r mut Trainer<'a, N, O>,
    pub(super) session: &'r mut Session<N>,
    pub(super) feed: Feed<'r, N>,
    pub(super) validation: Option<Samples<'r, N>>,
    pub(super) state: State<Box<[N::Params]>>,
    gradients: Gradients<N>,
    gradient: Box<N::Params>,
    batch: Batch<N>,
    /// An input before it is augmented.
    original: Vec<N::Input>,
    order: Order,
    pub(super) batches: usize,
    outputs: Box<[N::Output]>,
    /// The network at the start of the epoch, which is restored after an error.
    good: Box<N>,
    pub(super) best: Option<Best<N>>,
    pub(super) reporter: Reporter,
    pub(super) history: History,
    /// The epochs for a checkpoint.
    #[cfg(feature = "safetensors")]
    pub(super) rows: Vec<super::checkpoint::Row>,
}

/// The best network so far, for early stopping.
pub(super) struct Best<N> {
    pub(super) network: Box<N>,
    pub(super) loss: f64,
    pub(super) epoch: usize,
}

/// The loss and the metric of the validation set.
type Measured = (Option<f64>, Option<f64>);

/// The result of training for one epoch.
struct Trained {
    loss: f64,
    learning_rate: f64,
    stop: bool,
}

impl<'r, 'a, N: Train, O: Optimizer<N::Scalar>> Run<'r, 'a, N, O> {
    pub(super) fn new(
        trainer: &'r mut Trainer<'a, N, O>,
        session: &'r mut Session<N>,
        feed: Feed<'r, N>,
        validation: Option<Samples<'r, N>>,
    ) -> Self {
        let (samples, batch) = (feed.len(), trainer.batch.min(feed.len()));
        let batches = if trainer.drop_last { samples / trainer.batch } else { samples.div_ceil(trainer.batch) };
        let metric = trainer.metric.as_ref().filter(|_| validation.is_some());
        let measured =
            validation.filter(|_| metric.is_some()).map_or(0, |validation| validation.len().min(MEASURED_TOGETHER));
        Run {
            state: State::boxed(trainer.grouped().slots()),
            gradients: Gradients::new(batch.max(N::TILE), trainer.threads),
            gradient: zero_gradient::<N>(),
            batch: Batch::new(batch),
            original: sample::zeroed(trainer.augment.is_some().into()),
            order: Order::new(samples, batch),
            batches,
            outputs: plain::zeroed_slice(measured),
            good: plain::zeroed_box(),
            best: trainer.patience.map(|_| Best { network: plain::zeroed_box(), loss: f64::INFINITY, epoch: 0 }),
            reporter: Reporter::new(trainer.quiet, trainer.epochs, batches),
            history: History { epochs: Vec::new(), metric: metric.map(|metric| metric.name().into()), kept: 0 },
            #[cfg(feature = "safetensors")]
            rows: Vec::new(),
            trainer,
            session,
            feed,
            validation,
        }
    }

    pub(super) fn all_epochs(mut self) -> Result<History, Error> {
        self.trainer.schedule.reset();
        for number in self.first_epoch()?..=self.trainer.epochs {
            if self.is_out_of_patience(number - 1) {
                break;
            }
            let began = Instant::now();
            plain::copy(&mut *self.good, &self.session.network);
            let (trained, (validation_loss, metric)) = match self.trained_and_validated(number) {
                Ok(measured) => measured,
                Err(error) => {
                    plain::copy(&mut *self.session.network, &self.good);
                    return Err(error);
                }
            };
            let Trained { loss: training_loss, learning_rate, stop } = trained;
            let seconds = began.elapsed().as_secs_f64();
            self.history.epochs.push(Epoch { number, training_loss, validation_loss, metric, learning_rate, seconds });
            let stop = self.finish_epoch(number) || stop || self.is_out_of_patience(number);
            self.save(stop || number == self.trainer.epochs)?;
            if stop {
                break;
            }
        }
        if let Some(best) = self.best.filter(|best| best.epoch > 0) {
            plain::copy(&mut *self.session.network, &best.network);
            self.history.kept = best.epoch;
        }
        Ok(self.history)
    }

    fn trained_and_validated(&mut self, number: usize) -> Result<(Trained, Measured), Error> {
        Ok((self.epoch(number)?, self.validate(number)?))
    }

    /// Trains for one epoch.
    fn epoch(&mut self, number: usize) -> Result<Trained, Error> {
        if self.trainer.shuffle {
            self.order.shuffle(self.trainer.seed, number);
        }
        let (mut sum, mut samples, mut last) = (0.0, 0.0, 0);
        let mut trained = Trained { loss: 0.0, learning_rate: 0.0, stop: false };
        for at in 0..self.batches {
            last = at + 1;
            let next = if last < self.batches { self.order.batch(last) } else { &[] };
            self.feed.fill(&mut self.batch, self.order.batch(at), next)?;
            let len = self.batch.numbers.len();
            self.augment(number);
            let factor = self.trainer.schedule.factor(Clock { step: self.state.steps(), epoch: number as u64 - 1 });
            if !(factor >= 0.0 && factor.is_finite()) {
                return Err(Error::Factor { factor, epoch: number, batch: last });
            }
            trained.learning_rate = self.trainer.optimizer.learning_rate() * factor;
            let Some(loss) = self.step(len, factor)? else { return Err(self.cause(number, at, len)) };
            sum += loss * len as f64;
            samples += len as f64;
            self.reporter.batch(number, loss);
            if self.call_on_batch(number, last, loss, trained.learning_rate) {
                trained.stop = true;
                break;
            }
        }
        // No loss of this epoch shows a bad last step.
        if !self.session.network.flat_params().iter().all(|w| w.is_finite()) {
            return Err(Error::Diverged { epoch: number, batch: last });
        }
        Ok(Trained { loss: sum / samples, ..trained })
    }

    /// Augments the samples of the batch, which are copies, if the trainer says so.
    fn augment(&mut self, epoch: usize) {
        let Trainer { augment: Some((augment, _)), seed, .. } = &*self.trainer else { return };
        let [original] = &mut *self.original else { return };
        for (number, input) in self.batch.numbers.iter().zip(&mut self.batch.inputs) {
            sample::copy(original, input);
            augment(original, input, *seed, epoch, *number);
        }
    }

    /// Does one step on the first `len` samples of the batch. Returns their loss, or `None`, without a step, if it is
    /// not finite.
    fn step(&mut self, len: usize, factor: f64) -> Result<Option<f64>, Error> {
        let Trainer { seed, l1, l2, clip_norm, clip_value, .. } = &*self.trainer;
        let (inputs, targets) = (&self.batch.inputs[..len], &self.batch.targets[..len]);
        let draw = Draw::new(*seed, self.state.steps());
        let network = &mut *self.session.network;
        let loss = self.gradients.compute(network, (inputs, targets), draw, &mut self.gradient)?;
        let mut loss = loss.to_f64();
        let gradient = self.gradient.flat_mut();
        if *l1 > 0.0 {
            loss += optim::l1_penalty(network.flat_params(), gradient, *l1);
        }
        if *l2 > 0.0 {
            loss += optim::l2_penalty(network.flat_params(), gradient, *l2);
        }
        if !loss.is_finite() {
            return Ok(None);
        }
        let optimizer = self.trainer.grouped();
        optimizer.clear_frozen(gradient);
        if let Some(norm) = clip_norm {
            optim::clip_norm(gradient, *norm);
        }
        if let Some(value) = clip_value {
            optim::clip_value(gradient, *value);
        }
        optimizer.step(network.params_mut(), &self.gradient, &mut self.state, factor)?;
        Ok(Some(loss))
    }

    /// Why the loss of the first `len` samples of a batch is not finite.
    fn cause(&mut self, epoch: usize, at: usize, len: usize) -> Error {
        if let Some((what, place)) = not_finite::<N>(&self.batch.inputs[..len], &self.batch.targets[..len]) {
            let sample = self.batch.numbers[place];
            return Error::NotFiniteSample { set: TRAINING_SET, what, sample, epoch };
        }
        if (epoch, at) != (1, 0) {
            return Error::Diverged { epoch, batch: at + 1 };
        }
        match no_probability(self.session, &self.batch.inputs[..len]) {
            Some((output, place)) if N::LOSSES == ["bce"] => {
                Error::NotAProbability { output, sample: self.batch.numbers[place] }
            }
            _ => Error::NotFiniteAtStart,
        }
    }

    /// Measures the validation set after an epoch.
    fn validate(&mut self, epoch: usize) -> Result<Measured, Error> {
        let Some(validation) = self.validation else { return Ok((None, None)) };
        let loss = self.session.network.loss(validation.inputs, validation.targets, self.gradients.of_one())?;
        if !loss.is_finite() {
            return Err(match not_finite::<N>(validation.inputs, validation.targets) {
                Some((what, sample)) => Error::NotFiniteSample { set: VALIDATION_SET, what, sample, epoch },
                None => Error::NotFiniteOnTest { epoch },
            });
        }
        let Some(metric) = &self.trainer.metric else { return Ok((Some(loss.to_f64()), None)) };
        let mut sum = 0.0;
        let chunks = validation.inputs.chunks(self.outputs.len()).zip(validation.targets.chunks(self.outputs.len()));
        for (inputs, targets) in chunks {
            let outputs = &mut self.outputs[..inputs.len()];
            self.session.forward_batch(inputs, outputs)?;
            sum += outputs.iter().zip(targets).map(|(output, target)| metric.score(output, target)).sum::<f64>();
        }
        Ok((Some(loss.to_f64()), Some(metric.finish(sum / validation.len() as f64))))
    }

    fn call_on_batch(&mut self, epoch: usize, batch: usize, loss: f64, learning_rate: f64) -> bool {
        let (network, gradient, batches) = (&*self.session.network, &*self.gradient, self.batches);
        let mut event = BatchEvent { network, epoch, batch, batches, loss, learning_rate, gradient, stop: false };
        for callback in &mut self.trainer.on_batch {
            callback(&mut event);
        }
        event.stop
    }

    /// Keeps the network if it is the best one, and reports the epoch. Returns whether to stop.
    fn finish_epoch(&mut self, number: usize) -> bool {
        self.history.kept = number;
        let Some(epoch) = self.history.epochs.last() else { return false };
        self.trainer.schedule.observe(Clock { step: self.state.steps(), epoch: number as u64 }, epoch.watched_loss());
        self.reporter.epoch(epoch, self.history.metric.as_deref());
        let mut event = EpochEvent { network: &*self.session.network, epoch, epochs: self.trainer.epochs, stop: false };
        for callback in &mut self.trainer.on_epoch {
            callback(&mut event);
        }
        let stop = event.stop;
        if let Some(best) = &mut self.best
            && epoch.watched_loss() < best.loss
        {
            (best.loss, best.epoch) = (epoch.watched_loss(), number);
            plain::copy(&mut *best.network, &self.session.network);
        }
        stop
    }

    /// Whether early stopping has waited long enough after so many epochs.
    fn is_out_of_patience(&self, done: usize) -> bool {
        let waited = self.best.as_ref().map(|best| done - best.epoch);
        waited.zip(self.trainer.patience).is_some_and(|(waited, patience)| waited >= patience)
    }

    /// Without files, a training begins at the beginning, and is not saved.
    #[cfg(not(feature = "safetensors"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn first_epoch(&mut self) -> Result<usize, Error> {
        Ok(1)
    }
    #[cfg(not(feature = "safetensors"))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps)]
    fn save(&mut self, _last: bool) -> Result<(), Error> {
        Ok(())
    }
}

/// The first output that is no probability, and the place of its sample.
fn no_probability<N: Train>(session: &mut Session<N>, inputs: &[N::Input]) -> Option<(f64, usize)> {
    inputs.iter().enumerate().find_map(|(place, input)| {
        let outputs = session.forward(input).flat().iter().map(|output| output.to_f64());
        outputs.into_iter().find(|output| !(0.0..=1.0).contains(output)).map(|output| (output, place))
    })
}
