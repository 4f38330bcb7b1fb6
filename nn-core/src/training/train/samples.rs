//! The samples of a set, as those of a network.

use crate::data::Dataset;
use crate::networks::{Takes, Train, role};

/// The samples of a network, with their targets.
pub(super) struct Samples<'s, N: Train> {
    pub(super) inputs: &'s [N::Input],
    pub(super) targets: &'s [N::Target],
}

impl<N: Train> Clone for Samples<'_, N> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<N: Train> Copy for Samples<'_, N> {}

impl<'s, N: Train> Samples<'s, N> {
    pub(super) fn of<X, Y>(data: &'s Dataset<X, Y>) -> Self
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        Samples {
            inputs: <N as Takes<role::Input, X>>::own(data.inputs()),
            targets: <N as Takes<role::Target, Y>>::own(data.targets()),
        }
    }

    pub(super) fn len(self) -> usize {
        self.inputs.len()
    }
}
