//! Mistakes in files of samples.

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
        /// The path of the file.
        file: String,
        /// What the operating system says.
        problem: String,
    },
    /// A file is not of the format that it should have.
    #[error("{file}, byte {offset}: {problem}")]
    Format {
        /// The path of the file.
        file: String,
        /// The offset in bytes, from 0; of a `.gz` file, after decompression.
        offset: u64,
        /// What was expected and what is there.
        problem: String,
    },
    /// A line of text does not have the fields that it should have.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// The path of the file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// What was expected and what is there.
        problem: String,
    },
    /// A field of a table is not of the kind that is asked for.
    #[error("{file}, line {line}, column {column}: `{text}` {problem}")]
    Field {
        /// The path of the file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The column, from 1.
        column: usize,
        /// The text of the field.
        text: String,
        /// What is wrong with it, and what to do about it.
        problem: String,
    },
    /// The contents are valid, but not of the size that is asked for.
    #[error("{file}: expected {expected}, found {found}")]
    Size {
        /// The path of the file.
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
