//! What can be wrong with a file of samples.

use std::fmt;

/// What is wrong with a file of samples, and where.
///
/// ```
/// use nn_core::Error;
/// use nn_core::data::{DataError, Idx};
/// let error = Idx::read("no/such/file").unwrap_err();
/// assert!(matches!(error, Error::Data(DataError::File { .. })));
/// assert!(error.to_string().starts_with("no/such/file: "));
/// assert_eq!(format!("{error:?}"), error.to_string());
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// A file cannot be read.
    #[error("{file}: {problem}")]
    File {
        /// The path.
        file: String,
        /// What the operating system says.
        problem: String,
    },
    /// Bytes are not what the format demands.
    #[error("{file}, byte {offset}: {problem}")]
    Format {
        /// The path.
        file: String,
        /// The place, counted from 0, in a `.gz` after it is unpacked.
        offset: u64,
        /// What was expected and what is there.
        problem: String,
    },
    /// A line of text has not the fields it should have.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// The path.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// What was expected and what is there.
        problem: String,
    },
    /// A field of a table is not what is asked for.
    #[error("{file}, line {line}, column {column}: `{text}` {problem}")]
    Field {
        /// The path.
        file: String,
        /// The line, counted from 1.
        line: u64,
        /// The column, counted from 1.
        column: usize,
        /// What the field holds.
        text: String,
        /// What is wrong with it, and a way out.
        problem: String,
    },
    /// The contents are sound, but not of the sizes asked for.
    #[error("{file}: expected {expected}, found {found}")]
    Size {
        /// The path.
        file: String,
        /// What was asked for.
        expected: String,
        /// What is there.
        found: String,
    },
}

impl fmt::Debug for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
