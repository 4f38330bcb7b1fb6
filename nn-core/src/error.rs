//! What can go wrong at run time.

/// Everything that can go wrong while a network is used.
///
/// ```
/// use nn_core::Error;
/// let error = Error::Length { what: "inputs and targets", expected: 64, found: 60 };
/// assert_eq!(error.to_string(), "inputs and targets: expected 64, found 60");
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A slice of samples is empty where at least one is needed.
    #[error("{what}: there is no sample, and at least one is needed")]
    Empty {
        /// What was asked for.
        what: &'static str,
    },
    /// Two lengths that must agree do not.
    #[error("{what}: expected {expected}, found {found}")]
    Length {
        /// What has the length.
        what: &'static str,
        /// The length it must have.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// A class (or another index) is not below the number of classes.
    #[error("sample {sample}: {what} {found} is out of range: it must be less than {classes}")]
    Class {
        /// The name of the target or input.
        what: &'static str,
        /// The position in the slice.
        sample: usize,
        /// The class found.
        found: usize,
        /// The number of classes.
        classes: usize,
    },
    /// Every sample was left out of the loss, so that its mean is not defined.
    #[error("the loss has no sample to average over: all were ignored")]
    NothingToAverage,
}
