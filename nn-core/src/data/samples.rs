//! What a network can be trained on.

use super::Dataset;
use super::lazy::Read;

/// A set of samples: a [`Dataset`], which is in memory, or a [`Lazy`](super::Lazy), which reads them.
///
/// ```
/// use nn_core::data::{Dataset, Samples};
/// fn trained_on<D: Samples<Input = f32, Target = usize>>(_: &D) {}
/// trained_on(&Dataset::from_iter([(0.5, 1)]));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no set of samples",
    label = "expected a `Dataset` or a `Lazy`",
    note = "`Dataset::new(inputs, targets)?` makes one of two vectors, and `Dataset::from(pairs)` of a vector of pairs"
)]
pub trait Samples {
    /// What a network is given.
    type Input;
    /// What it should give.
    type Target;
    #[doc(hidden)]
    fn set(&self) -> Set<'_, Self::Input, Self::Target>;
}

/// Where samples are.
#[doc(hidden)]
#[allow(missing_debug_implementations)]
pub enum Set<'s, X, Y> {
    /// In memory: inputs and as many targets.
    Memory(&'s [X], &'s [Y]),
    /// So many are read by a function.
    Read(usize, &'s Read<'s, X, Y>),
}

impl<X, Y> Samples for Dataset<X, Y> {
    type Input = X;
    type Target = Y;
    fn set(&self) -> Set<'_, X, Y> {
        Set::Memory(&self.inputs, &self.targets)
    }
}

impl<D: Samples + ?Sized> Samples for &D {
    type Input = D::Input;
    type Target = D::Target;
    fn set(&self) -> Set<'_, D::Input, D::Target> {
        (**self).set()
    }
}
