//! Mistakes in files of weights.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use nn_weights::Problem;

/// What is wrong with a file of weights. The network is as it was.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() {
/// # use nn_core::prelude::*;
/// use nn_core::weights::WeightsError;
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`.
/// let error = Line::load("no/such/file").unwrap_err();
/// assert!(matches!(error, Error::Weights(WeightsError::File { .. })));
/// assert!(error.to_string().starts_with("no/such/file: "));
/// # }
/// ```
#[derive(Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// A file cannot be read or written.
    #[error("{file}: {problem}")]
    File {
        /// The path of the file.
        file: String,
        /// What the operating system says.
        problem: String,
    },
    /// A file is none of the formats that are known, or is damaged.
    #[error("{file}: {problem}")]
    Format {
        /// The path of the file, or "the file in memory".
        file: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file does not have what a network needs.
    #[error("{file} {}does not fit `{network}`, of which nothing has changed:{}", Holds(other), Each(problems))]
    Mismatch {
        /// The path of the file, or "the file in memory".
        file: String,
        /// The name of the network.
        network: &'static str,
        /// The name of the network that was saved in the file, if it is another one.
        other: Option<String>,
        /// All that does not fit.
        problems: Vec<Problem>,
    },
    /// A checkpoint is that of another training: one that would not go on as it began.
    #[error("{file} is a checkpoint of another training, which cannot go on here:{}", Each(differences))]
    Training {
        /// The path of the file.
        file: String,
        /// All that differs.
        differences: Vec<Difference>,
    },
    /// A network is to be made of a part of its tensors.
    #[error(
        "{file} would give `{network}` values for a part of its tensors only: make it with `init`, and call `load_from` on it"
    )]
    Partial {
        /// The path of the file, or "the file in memory".
        file: String,
        /// The name of the network.
        network: &'static str,
    },
}

impl fmt::Debug for WeightsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A setting that is another one in a checkpoint than in the training that is to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What differs.
    pub what: String,
    /// What it is in the file.
    pub file: String,
    /// What it is here.
    pub here: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} in the file, {} here", self.what, self.file, self.here)
    }
}

struct Holds<'a>(&'a Option<String>);

impl fmt::Display for Holds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(other) => write!(f, "holds `{other}` and "),
            None => Ok(()),
        }
    }
}

struct Each<'a, E>(&'a [E]);

impl<E: fmt::Display> fmt::Display for Each<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}
