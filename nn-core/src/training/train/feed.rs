//! Where the samples of a training come from.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use super::batches::Batch;
use super::samples::{Reader, Samples};
use crate::error::Error;
use crate::networks::Train;

/// What fills the batches of a training.
pub(super) enum Feed<'s, N: Train> {
    /// Copies of samples in memory.
    Memory(Samples<'s, N>),
    /// So many samples, which a thread reads.
    Read(usize, Prefetch<N>),
}

impl<N: Train> Feed<'_, N> {
    /// The number of samples.
    pub(super) fn len(&self) -> usize {
        match self {
            Feed::Memory(samples) => samples.len(),
            Feed::Read(count, _) => *count,
        }
    }

    /// Fills a batch with the samples of the numbers `now`. Those that are read begin to be read for `next`.
    pub(super) fn fill(&mut self, batch: &mut Batch<N>, now: &[usize], next: &[usize]) -> Result<(), Error> {
        match self {
            Feed::Memory(samples) => {
                batch.choose(now);
                batch.gather(*samples);
                Ok(())
            }
            Feed::Read(_, prefetch) => prefetch.fill(batch, now, next),
        }
    }
}

/// A batch that was to be read, and whether it was.
type Filled<N> = (Batch<N>, Result<(), Error>);

/// A thread that reads batches.
pub(super) struct Prefetch<N: Train> {
    wanted: SyncSender<Batch<N>>,
    filled: Receiver<Filled<N>>,
    /// The second batch, unless the thread has it.
    spare: Option<Batch<N>>,
}

impl<N: Train> Prefetch<N> {
    /// Starts the thread. It ends when this value is dropped.
    pub(super) fn new<'scope>(
        scope: &'scope Scope<'scope, '_>,
        read: &'scope Reader<'scope, N>,
        spare: Batch<N>,
    ) -> Self {
        let (wanted, to_be_filled) = sync_channel::<Batch<N>>(1);
        let (to_be_used, filled) = sync_channel(1);
        scope.spawn(move || {
            for mut batch in to_be_filled {
                let result = batch.read(read);
                if to_be_used.send((batch, result)).is_err() {
                    break;
                }
            }
        });
        Prefetch { wanted, filled, spare: Some(spare) }
    }

    fn fill(&mut self, batch: &mut Batch<N>, now: &[usize], next: &[usize]) -> Result<(), Error> {
        self.begin(now); // unless it was begun as the next one
        let Ok((mut filled, result)) = self.filled.recv() else { return Err(panicked(now)) };
        std::mem::swap(batch, &mut filled);
        self.spare = Some(filled);
        result?;
        if !next.is_empty() {
            self.begin(next);
        }
        Ok(())
    }

    fn begin(&mut self, numbers: &[usize]) {
        if let Some(mut spare) = self.spare.take() {
            spare.choose(numbers);
            // a thread that is gone is noticed where its result is missing
            _ = self.wanted.send(spare);
        }
    }
}

/// The function that reads has panicked. The panic goes on where the thread is joined.
fn panicked(numbers: &[usize]) -> Error {
    Error::Read {
        sample: numbers.first().copied().unwrap_or_default(),
        problem: "the function that reads panicked".into(),
    }
}
