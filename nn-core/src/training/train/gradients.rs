//! Gradients on one thread or several.

use crate::error::Error;
use crate::networks::{Takes, Train, role, train_workspace_for};
use crate::random::Draw;

/// The memory for gradients, and the threads that compute them.
pub(super) struct Gradients<N: Train> {
    workspace: Box<[N::TrainScratch]>,
    #[cfg(feature = "parallel")]
    team: crate::Team,
}

impl<N: Train> Gradients<N> {
    /// For batches of so many samples.
    #[cfg_attr(not(feature = "parallel"), allow(unused_variables))]
    pub(super) fn new(samples: usize, threads: usize) -> Self {
        #[cfg(feature = "parallel")]
        let threads = threads.min(samples);
        #[cfg(feature = "parallel")]
        if threads > 1 && !N::WHOLE_BATCH {
            let capacity = threads * samples.div_ceil(threads).min(N::TILE);
            let workspace = crate::tensors::plain::zeroed_slice(capacity);
            return Gradients { workspace, team: crate::Team::new(threads) };
        }
        Gradients {
            workspace: train_workspace_for::<N>(samples),
            #[cfg(feature = "parallel")]
            team: crate::Team::new(1),
        }
    }

    /// The workspace of one thread.
    pub(super) fn of_one(&mut self) -> &mut [N::TrainScratch] {
        let len = if N::WHOLE_BATCH { self.workspace.len() } else { self.workspace.len().min(N::TILE) };
        &mut self.workspace[..len]
    }

    /// The gradient of a batch.
    pub(super) fn compute<X, Y>(
        &mut self,
        network: &mut N,
        samples: (&[X], &[Y]),
        draw: Draw,
        gradient: &mut N::Params,
    ) -> Result<N::Scalar, Error>
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        let ((inputs, targets), workspace) = (samples, &mut self.workspace);
        #[cfg(feature = "parallel")]
        if self.team.threads() > 1 {
            let team = &mut self.team;
            return crate::Parallel::parallel_gradient(network, inputs, targets, draw, workspace, gradient, team);
        }
        network.gradient(inputs, targets, draw, workspace, gradient)
    }
}
