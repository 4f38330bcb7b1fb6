//! Zip files: those of NumPy and those of PyTorch.

use std::format;
use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Archive, FormatError};

/// The table of a zip file, whose entries are read when they are needed.
pub(crate) type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The end of the name of the entry that PyTorch's files have.
pub(crate) const PICKLE: &[u8] = b"/data.pkl";

/// Reads the table of a file, and what is in it.
pub(crate) fn read(bytes: &[u8]) -> Result<Archive<'_>, FormatError> {
    let packed = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let of_pytorch = packed.file_names_raw().any(|name| name.ends_with(PICKLE));
    match of_pytorch {
        #[cfg(feature = "pth")]
        true => crate::pth::read(bytes, packed),
        #[cfg(not(feature = "pth"))]
        true => Err(FormatError::new("it is a file of PyTorch, which the feature `pth` reads")),
        #[cfg(feature = "npz")]
        false => crate::npz::read(packed),
        #[cfg(not(feature = "npz"))]
        false => Err(FormatError::new("it is a `.npz`, or another zip file, which the feature `npz` reads")),
    }
}

pub(crate) fn broken(problem: ZipError) -> FormatError {
    FormatError::new(format!("it is no whole zip file: {problem}"))
}
