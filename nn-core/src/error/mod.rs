//! Errors at run time.

#[cfg(any(feature = "data", feature = "image"))]
mod data;
#[cfg(feature = "safetensors")]
mod weights;

use core::fmt;

#[cfg(any(feature = "data", feature = "image"))]
pub use data::DataError;
#[cfg(feature = "safetensors")]
pub use weights::{Difference, Problem, WeightsError};

use crate::description::Parameter;
use crate::description::pattern::Advice;

/// Everything that can go wrong while a network is used.
///
/// ```
/// use nn_core::Error;
/// let error = Error::Length { what: "inputs and targets", expected: 64, found: 60 };
/// assert_eq!(error.to_string(), "inputs and targets: expected 64, found 60");
/// ```
///
/// `{:?}` prints the same text, so that a `main` that returns the error shows it.
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no sample where at least one is needed.
    #[error("{what}: there is no sample, and at least one is needed")]
    Empty {
        /// What was asked for.
        what: &'static str,
    },
    /// A length is not the one that it must be.
    #[error("{what}: expected {expected}, found {found}")]
    Length {
        /// What is counted.
        what: &'static str,
        /// The length it must have.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// There are not as many numbers as a tensor has elements.
    #[error("a tensor of {shape:?} has {} elements, and there are {found} numbers for it", shape.iter().product::<usize>())]
    Elements {
        /// The shape of the tensor, outermost size first.
        shape: &'static [usize],
        /// The count of the numbers.
        found: usize,
    },
    /// An array has another shape than a tensor.
    #[cfg(feature = "ndarray")]
    #[error("an array of shape {found:?} is given for a tensor of shape {expected:?}")]
    Shape {
        /// The shape of the tensor, outermost size first.
        expected: &'static [usize],
        /// That of the array.
        found: alloc::vec::Vec<usize>,
    },
    /// A class has no place in a tensor.
    #[error("class {class} has no place in a tensor of {classes}")]
    NoPlace {
        /// The class.
        class: usize,
        /// The places of the tensor.
        classes: usize,
    },
    /// A class, or another index, is not below the number of classes.
    #[error("sample {sample}: {what} {found} is out of range: it must be less than {classes}")]
    Class {
        /// The name of the target or input.
        what: &'static str,
        /// The position of the sample in the slice, from 0.
        sample: usize,
        /// The class that was found.
        found: usize,
        /// The number of classes.
        classes: usize,
    },
    /// The loss ignores every sample, so that its mean is not defined.
    #[error("the loss has no sample to average over: all were ignored")]
    NothingToAverage,
    /// A network with statistics of the batch, such as batch norms, is to be trained on one sample, which has one value
    /// of each channel.
    #[error(
        "this network takes the mean and variance of the batch, and one sample has one value of a channel, without \
         variance: train on two samples at least"
    )]
    BatchOfOne,
    /// A network with statistics of the batch is to be trained on more samples than its workspace holds.
    #[error(
        "this network takes the mean and variance of the batch, so that all of its {samples} samples must fit into \
         the workspace, which is for {capacity}: make it with `train_workspace_for({samples})`"
    )]
    BatchTooLong {
        /// The samples of the batch.
        samples: usize,
        /// The samples that the workspace is for.
        capacity: usize,
    },
    /// A setting has a value that it cannot have.
    #[error("`{setting}` must {must}")]
    Setting {
        /// The name of the setting.
        setting: &'static str,
        /// What it must be, behind "must".
        must: &'static str,
    },
    /// No parameter of the network fits the pattern of a group.
    #[error("no parameter fits the group `{pattern}`{}", Advice(pattern, parameters))]
    Group {
        /// The pattern.
        pattern: &'static str,
        /// The parameters of the network.
        parameters: &'static [Parameter],
    },
    /// The loss or a parameter became infinite or NaN while training. The network is as it was when that epoch began.
    #[error(
        "training has diverged: the loss or the parameters are not finite in epoch {epoch}, batch {batch}; \
         the network is as it was when that epoch began: try a smaller learning rate, or `clip_norm`"
    )]
    Diverged {
        /// The epoch, from 1.
        epoch: usize,
        /// The batch in the epoch, from 1.
        batch: usize,
    },
    /// The loss of the very first batch is infinite or NaN. The network is as it was.
    #[error(
        "the loss is not finite in epoch 1, batch 1, before anything is learned, so that the learning rate is not to \
         blame: look at the size of the inputs and targets, and at the parameters that the network began with"
    )]
    NotFiniteAtStart,
    /// The loss `bce` of the very first batch is infinite or NaN, since an output is no probability. The network is as it
    /// was.
    #[error(
        "the loss `bce` takes probabilities, and the network gives {output} for sample {sample}: end `forward` with \
         `.sigmoid()`, or write `loss = bce_with_logits;`"
    )]
    NotAProbability {
        /// The output that is below 0 or above 1.
        output: f64,
        /// The position of the sample in the set, from 0.
        sample: usize,
    },
    /// A sample holds NaN or an infinite number, so that the loss is not finite. The network is as it was when that
    /// epoch began.
    #[error(
        "{set}: the {what} of sample {sample} holds NaN or an infinite number, so that the loss is not finite in \
         epoch {epoch}; the network is as it was when that epoch began"
    )]
    NotFiniteSample {
        /// "training set" or "validation set".
        set: &'static str,
        /// "input" or "target".
        what: &'static str,
        /// The position of the sample in the set, from 0.
        sample: usize,
        /// The epoch, from 1.
        epoch: usize,
    },
    /// The loss of the validation set, the third argument of `fit`, is infinite or NaN after an epoch. The network is
    /// as it was when that epoch began.
    #[error(
        "the loss of the validation set is not finite after epoch {epoch}, though that of the training set is; the \
         network is as it was when that epoch began: look at the validation set, or try a smaller learning rate"
    )]
    NotFiniteOnTest {
        /// The epoch, from 1.
        epoch: usize,
    },
    /// A schedule gives a factor that is negative or not finite. The network is as it was when that epoch began.
    #[error(
        "the schedule gives the factor {factor} for epoch {epoch}, batch {batch}, \
         and it must be a finite number of 0 or more"
    )]
    Factor {
        /// The factor.
        factor: f64,
        /// The epoch, from 1.
        epoch: usize,
        /// The batch in the epoch, from 1.
        batch: usize,
    },
    /// A sample cannot be read. The network is as it was when that epoch began.
    #[cfg(feature = "std")]
    #[error("sample {sample} cannot be read: {problem}")]
    Read {
        /// The number of the sample in the set, from 0.
        sample: usize,
        /// What the reader says.
        problem: std::string::String,
    },
    /// Something is wrong with a file of samples.
    #[cfg(any(feature = "data", feature = "image"))]
    #[error(transparent)]
    Data(#[from] DataError),
    /// Something is wrong with a file of weights.
    #[cfg(feature = "safetensors")]
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Refuses lengths that are not the same.
pub(crate) fn same_length(what: &'static str, expected: usize, found: usize) -> Result<(), Error> {
    if expected == found { Ok(()) } else { Err(Error::Length { what, expected, found }) }
}

#[cfg(test)]
mod tests {
    use super::Error;

    #[test]
    fn a_main_that_fails_explains_itself() {
        let error = Error::Setting { setting: "batch", must: "be at least 1" };
        assert_eq!(std::format!("{error:?}"), "`batch` must be at least 1");
    }
}
