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
    /// A setting has a value that it cannot have.
    #[error("`{setting}` must {must}")]
    Setting {
        /// The name of the setting.
        setting: &'static str,
        /// What it must be.
        must: &'static str,
    },
    /// The loss or the parameters have become infinite or NaN while training. The network is as it was
    /// when that epoch began.
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
    /// Something is wrong with a file of samples.
    #[cfg(feature = "data")]
    #[error(transparent)]
    Data(#[from] crate::data::DataError),
}
