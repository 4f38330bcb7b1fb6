//! What callbacks are told, and can answer.

use super::Epoch;

/// What a callback is told after each epoch; see [`Trainer::callback`](crate::train::Trainer::callback)
/// for an example.
#[derive(Debug)]
#[non_exhaustive]
pub struct EpochEvent<'a, N> {
    /// The network as it is now.
    pub network: &'a N,
    /// What was measured.
    pub epoch: &'a Epoch,
    /// The number of epochs asked for.
    pub epochs: usize,
    pub(super) stop: bool,
}

impl<N> EpochEvent<'_, N> {
    /// Ends the training here; see [`Trainer::callback`](crate::train::Trainer::callback) for an example.
    pub fn stop(&mut self) {
        self.stop = true;
    }
}

/// What a callback is told after each batch; see
/// [`Trainer::batch_callback`](crate::train::Trainer::batch_callback) for an example.
#[derive(Debug)]
#[non_exhaustive]
pub struct BatchEvent<'a, N> {
    /// The network as it is now.
    pub network: &'a N,
    /// The epoch, from 1.
    pub epoch: usize,
    /// The batch in the epoch, from 1.
    pub batch: usize,
    /// The number of batches in an epoch.
    pub batches: usize,
    /// The loss of the batch before the step, with penalties.
    pub loss: f64,
    /// The learning rate of the step.
    pub learning_rate: f64,
    pub(super) stop: bool,
}

impl<N> BatchEvent<'_, N> {
    /// Ends the training after this batch; the epoch counts as one.
    ///
    /// See [`Trainer::batch_callback`](crate::train::Trainer::batch_callback) for an example.
    pub fn stop(&mut self) {
        self.stop = true;
    }
}
