//! Which samples make up a batch.

use crate::data::Dataset;
use crate::random::shuffle;
use crate::tensors::{Sample, sample};

/// The order of the samples in an epoch. Not generic, so that it is compiled here.
pub(super) struct Order(Vec<usize>);

impl Order {
    pub(super) fn new(samples: usize) -> Self {
        Order((0..samples).collect())
    }

    /// The order of an epoch, which depends on seed, epoch and number of samples alone, so that a run
    /// can go on at any epoch.
    pub(super) fn shuffle(&mut self, seed: u64, epoch: usize) {
        for (at, sample) in self.0.iter_mut().enumerate() {
            *sample = at;
        }
        shuffle(&mut self.0, seed, epoch as u64);
    }
}

/// Copies of the samples of one batch, side by side.
pub(super) struct Batch<X, Y> {
    pub(super) inputs: Vec<X>,
    pub(super) targets: Vec<Y>,
}

impl<X: Sample, Y: Sample> Batch<X, Y> {
    /// Room for `size` samples, but for no more than a set has.
    pub(super) fn new(data: &Dataset<X, Y>, size: usize) -> Self {
        let size = size.min(data.len());
        Batch { inputs: sample::zeroed(size), targets: sample::zeroed(size) }
    }

    /// Copies batch number `at` of an epoch into place, and says how many samples it has.
    pub(super) fn gather(&mut self, data: &Dataset<X, Y>, order: &Order, at: usize) -> usize {
        let samples = order.0[at * self.inputs.len()..].iter().take(self.inputs.len());
        let len = samples.len();
        for ((number, input), target) in samples.zip(&mut self.inputs).zip(&mut self.targets) {
            sample::copy(input, &data.inputs()[*number]);
            sample::copy(target, &data.targets()[*number]);
        }
        len
    }

    /// The number in the set of a sample of batch number `at`.
    pub(super) fn sample(&self, order: &Order, at: usize, place: usize) -> usize {
        order.0[at * self.inputs.len() + place]
    }
}
