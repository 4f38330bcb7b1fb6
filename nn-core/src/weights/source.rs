//! Where weights come from.

#[cfg(feature = "std")]
use std::path::{Path, PathBuf};

use alloc::borrow::Cow;
use alloc::string::String;

use super::Load;
use crate::error::WeightsError;

/// A file, or its contents.
pub(crate) enum Source<'l> {
    Bytes(&'l [u8]),
    #[cfg(feature = "std")]
    File(PathBuf),
}

impl<'l> Source<'l> {
    /// What errors call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Source::Bytes(_) => "the file in memory".into(),
            #[cfg(feature = "std")]
            Source::File(path) => path.display().to_string(),
        }
    }

    /// The contents.
    pub(crate) fn bytes(&self) -> Result<Cow<'l, [u8]>, WeightsError> {
        match self {
            Source::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            #[cfg(feature = "std")]
            Source::File(path) => std::fs::read(path)
                .map(Cow::Owned)
                .map_err(|error| WeightsError::File { file: self.name(), problem: error.to_string() }),
        }
    }
}

impl<'l> From<&'l [u8]> for Load<'l> {
    fn from(bytes: &'l [u8]) -> Self {
        Load::bytes(bytes)
    }
}

impl<'l, const N: usize> From<&'l [u8; N]> for Load<'l> {
    fn from(bytes: &'l [u8; N]) -> Self {
        Load::bytes(bytes)
    }
}

impl<'l> From<&'l alloc::vec::Vec<u8>> for Load<'l> {
    fn from(bytes: &'l alloc::vec::Vec<u8>) -> Self {
        Load::bytes(bytes)
    }
}

/// Paths of files.
macro_rules! paths {
    ($($type:ty),+) => {$(
        #[cfg(feature = "std")]
        impl From<$type> for Load<'_> {
            fn from(path: $type) -> Self {
                Load::file(path)
            }
        }
    )+};
}

paths!(&str, &String, String, &Path, &PathBuf, PathBuf);
