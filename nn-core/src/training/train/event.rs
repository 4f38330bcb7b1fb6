//! The arguments of callbacks.

use crate::networks::Compiled;

use super::Epoch;

/// The argument of a callback after each epoch. [`Trainer::callback`](crate::train::Trainer::callback) has an example.
#[derive(Debug)]
#[non_exhaustive]
pub struct EpochEvent<'a, N> {
    /// The network in its present state.
    pub network: &'a N,
    /// The measurements of the epoch.
    pub epoch: &'a Epoch,
    /// The number of epochs of the whole training.
    pub epochs: usize,
    pub(super) stop: bool,
}

impl<N> EpochEvent<'_, N> {
    /// Ends the training after this epoch. [`Trainer::callback`](crate::train::Trainer::callback) has an example.
    pub fn stop(&mut self) {
        self.stop = true;
    }
}

/// The argument of a callback after each batch. [`Trainer::batch_callback`](crate::train::Trainer::batch_callback) has
/// an example.
#[derive(Debug)]
#[non_exhaustive]
pub struct BatchEvent<'a, N: Compiled> {
    /// The network in its present state.
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
    /// The gradient that the step has used: with penalties, clipped, and 0 where parameters are frozen.
    pub gradient: &'a N::Params,
    pub(super) stop: bool,
}

impl<N: Compiled> BatchEvent<'_, N> {
    /// Ends the training after this batch. The epoch counts as a whole one.
    ///
    /// [`Trainer::batch_callback`](crate::train::Trainer::batch_callback) has an example.
    pub fn stop(&mut self) {
        self.stop = true;
    }
}
