//! The samples of each batch.

use super::samples::{Reader, Samples};
use crate::data::unread;
use crate::error::Error;
use crate::networks::Train;
use crate::random::shuffle;
use crate::tensors::sample;

/// The order of the samples in an epoch. It is not generic, so that it is compiled here.
pub(super) struct Order {
    numbers: Vec<usize>,
    batch: usize,
}

impl Order {
    pub(super) fn new(samples: usize, batch: usize) -> Self {
        Order { numbers: (0..samples).collect(), batch }
    }

    /// Sets the order of an epoch. It depends on seed, epoch and number of samples alone, so that a run can be resumed
    /// at any epoch.
    pub(super) fn shuffle(&mut self, seed: u64, epoch: usize) {
        for (at, sample) in self.numbers.iter_mut().enumerate() {
            *sample = at;
        }
        shuffle(&mut self.numbers, seed, epoch as u64);
    }

    /// The numbers of the samples of batch number `at`, none behind the last one.
    pub(super) fn batch(&self, at: usize) -> &[usize] {
        self.numbers.chunks(self.batch).nth(at).unwrap_or_default()
    }
}

/// The samples of one batch.
pub(super) struct Batch<N: Train> {
    /// Memory for a whole batch, of which a last one may fill a part.
    pub(super) inputs: Vec<N::Input>,
    pub(super) targets: Vec<N::Target>,
    /// The numbers of the samples in the set.
    pub(super) numbers: Vec<usize>,
}

impl<N: Train> Batch<N> {
    /// Memory for `size` samples.
    pub(super) fn new(size: usize) -> Self {
        Batch { inputs: sample::zeroed(size), targets: sample::zeroed(size), numbers: Vec::with_capacity(size) }
    }

    /// Says which samples it is to hold.
    pub(super) fn choose(&mut self, numbers: &[usize]) {
        self.numbers.clear();
        self.numbers.extend_from_slice(numbers);
    }

    /// Copies its samples, in place.
    pub(super) fn gather(&mut self, data: Samples<'_, N>) {
        for ((number, input), target) in self.numbers.iter().zip(&mut self.inputs).zip(&mut self.targets) {
            sample::copy(input, &data.inputs[*number]);
            sample::copy(target, &data.targets[*number]);
        }
    }

    /// Reads its samples, in place, and checks them.
    pub(super) fn read(&mut self, read: &Reader<'_, N>) -> Result<(), Error> {
        for ((number, input), target) in self.numbers.iter().zip(&mut self.inputs).zip(&mut self.targets) {
            read(*number, input, target).map_err(|problem| unread(*number, &*problem))?;
            N::check_input(input, *number)?;
            N::check_target(target, *number)?;
        }
        Ok(())
    }
}
