//! The samples of a set, as those of a network.

use crate::data::{Read, Unread};
use crate::networks::{Takes, Train, role};

/// The samples of a network in memory, with their targets.
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
    pub(super) fn of<X, Y>(inputs: &'s [X], targets: &'s [Y]) -> Self
    where
        N: Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
    {
        Samples {
            inputs: <N as Takes<role::Input, X>>::own(inputs),
            targets: <N as Takes<role::Target, Y>>::own(targets),
        }
    }

    pub(super) fn len(self) -> usize {
        self.inputs.len()
    }
}

/// Reads the sample of a number.
pub(super) type Reader<'s, N> = dyn Fn(usize, &mut <N as crate::Compiled>::Input, &mut <N as crate::CompiledLoss>::Target) -> Result<(), Unread>
    + Send
    + Sync
    + 's;

/// A function that reads the samples of a set, as one for those of a network.
pub(super) fn reader<'s, N, X, Y>(
    read: &'s Read<'s, X, Y>,
) -> impl Fn(usize, &mut N::Input, &mut N::Target) -> Result<(), Unread> + Send + Sync + 's
where
    N: Train + Takes<role::Input, X, Own = N::Input> + Takes<role::Target, Y, Own = N::Target>,
{
    move |number, input, target| {
        read(number, <N as Takes<role::Input, X>>::given_mut(input), <N as Takes<role::Target, Y>>::given_mut(target))
    }
}
