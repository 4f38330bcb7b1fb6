//! Parameter groups: other settings for some of the parameters.

use core::fmt;
use core::ops::Range;

use super::{Optimizer, Step};
use crate::description::Parameter;
use crate::error::Error;
use crate::networks::Compiled;
use crate::tensors::Scalar;

use nn_weights::names::fits;

/// Parameters with an optimiser of their own, or with none, as PyTorch's parameter groups.
///
/// The pattern is the path of a parameter (`fc1.bias`) or of the layers before it (`fc1`). `*` stands for any text:
/// `*.bias`, `conv*`. Where several groups fit a parameter, the last decides.
///
/// ```
/// use nn_core::optim::{AdamW, Group};
/// let groups = [
///     Group::new("*.bias", AdamW::new(1e-3).weight_decay(0.0)),
///     Group::new("head", AdamW::new(1e-2)),
///     Group::frozen("conv1"),
/// ];
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group<O> {
    pattern: &'static str,
    optimizer: Option<O>,
}

impl<O> Group<O> {
    /// A group of the parameters that fit a pattern, with this optimiser.
    ///
    /// ```
    /// use nn_core::optim::{Group, Sgd};
    /// const SLOW: Group<Sgd> = Group::new("conv*", Sgd::new(1e-3));
    /// ```
    pub const fn new(pattern: &'static str, optimizer: O) -> Self {
        Group { pattern, optimizer: Some(optimizer) }
    }

    /// A group of the parameters that fit a pattern, which keep their values, bit by bit.
    ///
    /// ```
    /// use nn_core::optim::{Group, Sgd};
    /// const FROZEN: Group<Sgd> = Group::frozen("conv1");
    /// ```
    #[must_use]
    pub const fn frozen(pattern: &'static str) -> Self {
        Group { pattern, optimizer: None }
    }
}

/// An optimiser for the parameters of a network, with [`Group`]s that have their own.
///
/// [`Trainer::group`](crate::train::Trainer::group) makes one. In a loop of your own it is an [`Optimizer`] like any
/// other. It allocates nothing.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// use nn_core::optim::{Group, Grouped};
/// use nn_core::prelude::*;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let mut network = Line::init(1);
/// let gradient = nn_core::zero_gradient::<Line>();
/// let before = network.flat_params().to_vec();
///
/// let (sgd, groups) = (Sgd::new(0.1).weight_decay(0.5), [Group::frozen("fc.bias")]);
/// let optimiser = Grouped::new::<Line>(&sgd, &groups)?;
/// optimiser.step(&mut network.params, &gradient, &mut optimiser.state(), 1.0)?;
/// assert_eq!(network.flat_params()[0], before[0] - 0.1 * 0.5 * before[0]);
/// assert_eq!(network.flat_params()[2], before[2]);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grouped<'a, O> {
    others: &'a O,
    groups: &'a [Group<O>],
    parameters: &'static [Parameter],
}

impl<'a, O> Grouped<'a, O> {
    /// Some groups, and an optimiser for all other parameters of the network `N`.
    ///
    /// # Errors
    /// [`Error::Group`] if no parameter fits a pattern.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() {
    /// # use nn_core::optim::{Group, Grouped, Sgd};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let error = Grouped::new::<Line>(&Sgd::new(0.1), &[Group::frozen("fd.bias")]).unwrap_err();
    /// assert_eq!(error.to_string(), "no parameter fits the group `fd.bias`: did you mean `fc.bias`?");
    /// # }
    /// ```
    pub fn new<N: Compiled>(others: &'a O, groups: &'a [Group<O>]) -> Result<Self, Error> {
        let parameters = N::PARAMETERS;
        let unknown = |group: &&Group<O>| !parameters.iter().any(|parameter| fits(group.pattern, parameter.name));
        match groups.iter().find(unknown) {
            Some(Group { pattern, .. }) => Err(Error::Group { pattern, parameters }),
            None => Ok(Self::checked::<N>(others, groups)),
        }
    }

    /// The same, for patterns that are known to fit.
    pub(crate) fn checked<N: Compiled>(others: &'a O, groups: &'a [Group<O>]) -> Self {
        Grouped { others, groups, parameters: N::PARAMETERS }
    }

    /// Sets the gradient of frozen parameters to zero, so that they do not count for the norm of the gradient.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::optim::{Group, Grouped, Sgd};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
    /// let (sgd, groups) = (Sgd::new(0.1), [Group::frozen("fc.weight")]);
    /// let mut gradient = [1.0f32, 2.0, 3.0];
    /// Grouped::new::<Line>(&sgd, &groups)?.clear_frozen(&mut gradient);
    /// assert_eq!(gradient, [0.0, 0.0, 3.0]);
    /// # Ok(()) }
    /// ```
    pub fn clear_frozen<T: Scalar>(&self, gradient: &mut [T]) {
        if self.groups.is_empty() {
            return;
        }
        for (optimizer, range) in self.parts() {
            if optimizer.is_none() {
                gradient[range].fill(T::ZERO);
            }
        }
    }

    /// The parts of the flat view that have one optimiser each, or none.
    fn parts(&self) -> impl Iterator<Item = (Option<&'a O>, Range<usize>)> {
        let Grouped { others, groups, parameters } = *self;
        let group = move |parameter: &Parameter| groups.iter().rposition(|group| fits(group.pattern, parameter.name));
        parameters.chunk_by(move |a, b| group(a) == group(b)).filter_map(move |chunk| {
            let (first, last) = (chunk.first()?, chunk.last()?);
            let optimizer = group(first).map_or(Some(others), |at| groups[at].optimizer.as_ref());
            Some((optimizer, first.offset..last.range().end))
        })
    }
}

impl<T: Scalar, O: Optimizer<T>> Optimizer<T> for Grouped<'_, O> {
    // Each parameter uses as many of the slots, from the first on, as its optimiser needs.
    fn slots(&self) -> usize {
        let groups = self.groups.iter().filter_map(|group| group.optimizer.as_ref());
        groups.map(O::slots).fold(self.others.slots(), usize::max)
    }
    fn learning_rate(&self) -> f64 {
        self.others.learning_rate()
    }
    fn check(&self) -> Result<(), Error> {
        self.others.check()?;
        self.groups.iter().filter_map(|group| group.optimizer.as_ref()).try_for_each(O::check)
    }
    fn describe(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.others.describe(f)?;
        for Group { pattern, optimizer } in self.groups {
            write!(f, ", `{pattern}`: ")?;
            match optimizer {
                Some(optimizer) => optimizer.describe(f)?,
                None => f.write_str("frozen")?,
            }
        }
        Ok(())
    }
    fn update(&self, mut step: Step<'_, T>) {
        if self.groups.is_empty() {
            return self.others.update(step);
        }
        for (optimizer, range) in self.parts() {
            if let Some(optimizer) = optimizer {
                optimizer.update(step.part(range));
            }
        }
    }
}
