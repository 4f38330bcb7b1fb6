//! The samples of each batch.

use super::samples::Samples;
use crate::networks::Train;
use crate::random::shuffle;
use crate::tensors::sample;

/// The order of the samples in an epoch. It is not generic, so that it is compiled here.
pub(super) struct Order(Vec<usize>);

impl Order {
    pub(super) fn new(samples: usize) -> Self {
        Order((0..samples).collect())
    }

    /// Sets the order of an epoch. It depends on seed, epoch and number of samples alone, so that a run can be resumed
    /// at any epoch.
    pub(super) fn shuffle(&mut self, seed: u64, epoch: usize) {
        for (at, sample) in self.0.iter_mut().enumerate() {
            *sample = at;
        }
        shuffle(&mut self.0, seed, epoch as u64);
    }
}

/// Copies of the samples of one batch.
pub(super) struct Batch<N: Train> {
    pub(super) inputs: Vec<N::Input>,
    pub(super) targets: Vec<N::Target>,
}

impl<N: Train> Batch<N> {
    /// Memory for `size` samples, but no more than the set has.
    pub(super) fn new(data: Samples<'_, N>, size: usize) -> Self {
        let size = size.min(data.len());
        Batch { inputs: sample::zeroed(size), targets: sample::zeroed(size) }
    }

    /// Copies the samples of batch number `at` of an epoch, in place. Returns their number.
    pub(super) fn gather(&mut self, data: Samples<'_, N>, order: &Order, at: usize) -> usize {
        let samples = order.0[at * self.inputs.len()..].iter().take(self.inputs.len());
        let len = samples.len();
        for ((number, input), target) in samples.zip(&mut self.inputs).zip(&mut self.targets) {
            sample::copy(input, &data.inputs[*number]);
            sample::copy(target, &data.targets[*number]);
        }
        len
    }

    /// The number in the set of the sample at `place` in batch number `at`.
    pub(super) fn sample(&self, order: &Order, at: usize, place: usize) -> usize {
        order.0[at * self.inputs.len() + place]
    }
}
