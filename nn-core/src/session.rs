//! A network together with the memory it works in.

use alloc::boxed::Box;

use crate::compiled::{Compiled, CompiledLoss};
use crate::error::Error;
use crate::network::Network;
use crate::plain;

/// A network, its workspace and its output, all on the heap: predictions without ceremony.
///
/// Nothing is allocated after it was made.
pub struct Session<N: Compiled> {
    /// The network.
    pub network: Box<N>,
    workspace: Box<[N::Scratch]>,
    output: Box<N::Output>,
}

impl<N: Compiled> Session<N> {
    /// A session with a network that is there already.
    #[must_use]
    pub fn new(network: Box<N>) -> Self {
        Session { network, workspace: plain::zeroed_slice(N::TILE), output: plain::zeroed_box() }
    }

    /// A session with a network whose parameters are set from a seed.
    #[must_use]
    pub fn from_seed(seed: u64) -> Self {
        Self::new(init(seed))
    }

    /// Predicts one sample.
    ///
    /// # Panics
    /// If an index in the input is out of range.
    pub fn forward(&mut self, input: &N::Input) -> &N::Output {
        self.network.forward(input, &mut self.workspace[..1], &mut self.output);
        &self.output
    }

    /// Predicts a slice of samples.
    ///
    /// # Errors
    /// As [`Network::forward_batch`].
    pub fn forward_batch(&mut self, inputs: &[N::Input], outputs: &mut [N::Output]) -> Result<(), Error> {
        self.network.forward_batch(inputs, &mut self.workspace, outputs)
    }
}

/// A network on the heap with its parameters set from a seed; what `Net::init(seed)` calls.
#[must_use]
pub fn init<N: Compiled>(seed: u64) -> Box<N> {
    let mut network = plain::zeroed_box::<N>();
    network.initialise(seed);
    network
}

/// A workspace for training with tiles of [`TILE`](Compiled::TILE) samples, on the heap.
#[must_use]
pub fn train_workspace<N: CompiledLoss>() -> Box<[N::TrainScratch]> {
    plain::zeroed_slice(N::TILE)
}

/// Parameters of zeros, on the heap: room for a gradient.
#[must_use]
pub fn zero_gradient<N: Compiled>() -> Box<N::Params> {
    plain::zeroed_box()
}
