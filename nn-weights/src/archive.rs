//! A file of tensors, whatever its format.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use crate::names::behind;
use crate::{Dtype, Shape};

/// What stands near the beginning of the files that `torch.save` wrote before it wrote zip files: a number of ten bytes,
/// pickled.
const LEGACY: &[u8] = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
/// The bytes within which it stands.
const LEGACY_WITHIN: usize = 32;

/// The contents of a file: named tensors, whose numbers stay where they are.
///
/// ```
/// use nn_weights::{Archive, Dtype, Written};
/// let bytes = nn_weights::safetensors::write(&[], vec![Written::new("scale", Dtype::F64, &[], [2.0])]);
/// let archive = Archive::read(&bytes)?;
/// assert_eq!(archive.tensors[0].name, "scale");
/// # Ok::<(), nn_weights::FormatError>(())
/// ```
#[derive(Debug)]
pub struct Archive<'a> {
    /// The tensors, in the order of the file.
    pub tensors: Vec<Stored<'a>>,
    /// What the file says besides, as pairs of names and texts.
    pub metadata: Vec<(String, String)>,
    #[cfg(feature = "npz")]
    pub(crate) packed: Option<crate::zipped::Zip<'a>>,
}

impl<'a> Archive<'a> {
    /// Reads the tables of a file. Its contents tell whether it is a safetensors, a `.npz` or PyTorch's.
    ///
    /// No more memory is allocated than a small multiple of the bytes of these tables, whatever they claim.
    ///
    /// # Errors
    /// [`FormatError`] if it is none of them, not whole, or of a format whose feature is off.
    ///
    /// ```
    /// let error = nn_weights::Archive::read(b"weights").unwrap_err();
    /// assert_eq!(error.to_string(), "it ends after 7 bytes, before its header");
    /// ```
    pub fn read(bytes: &'a [u8]) -> Result<Self, FormatError> {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            #[cfg(any(feature = "npz", feature = "pth"))]
            return crate::zipped::read(bytes);
            #[cfg(not(any(feature = "npz", feature = "pth")))]
            return Err(FormatError::new(
                "it is a zip file: the feature `pth` reads those of PyTorch, and the feature `npz` those of NumPy",
            ));
        }
        if bytes[..bytes.len().min(LEGACY_WITHIN)].windows(LEGACY.len()).any(|window| window == LEGACY) {
            return Err(FormatError::new(
                "it is of the format that PyTorch wrote before 1.6: save it again there, by \
                 `torch.save(torch.load(path), path)` with a later version",
            ));
        }
        crate::safetensors::read(bytes).map_err(|problem| crate::kinds::other(bytes).map_or(problem, FormatError::new))
    }

    /// The text under a name in the metadata.
    ///
    /// ```
    /// let bytes = nn_weights::safetensors::write(&[("network", "Net")], vec![]);
    /// let archive = nn_weights::Archive::read(&bytes)?;
    /// assert_eq!((archive.text("network"), archive.text("version")), (Some("Net"), None));
    /// # Ok::<(), nn_weights::FormatError>(())
    /// ```
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.metadata.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str())
    }

    /// The tensors whose names begin with a path, which is left out: a part of a file that holds several things.
    ///
    /// ```
    /// use nn_weights::{Archive, Dtype, Written};
    /// let bytes = nn_weights::safetensors::write(&[], vec![Written::new("best.fc.bias", Dtype::F32, &[1], [0.5])]);
    /// let archive = Archive::read(&bytes)?;
    /// assert_eq!(archive.part("best").tensors[0].name, "fc.bias");
    /// # Ok::<(), nn_weights::FormatError>(())
    /// ```
    #[must_use]
    pub fn part(&self, front: &str) -> Archive<'a> {
        let own = self.tensors.iter().filter_map(|stored| {
            let name = behind(front, &stored.name)?.into();
            let Stored { dtype, shape, strides, data, .. } = stored;
            Some(Stored { name, dtype: dtype.clone(), shape: shape.clone(), strides: strides.clone(), data: *data })
        });
        Archive {
            tensors: own.collect(),
            metadata: self.metadata.clone(),
            #[cfg(feature = "npz")]
            packed: self.packed.clone(),
        }
    }
}

/// A tensor in a file.
#[derive(Debug)]
pub struct Stored<'a> {
    /// Its name in the file.
    pub name: String,
    /// The type of its numbers.
    pub dtype: Dtype,
    /// Its shape, outermost size first.
    pub shape: Shape,
    /// The distance of two neighbours along each axis, in numbers, if the last axis does not run along memory.
    pub(crate) strides: Option<Vec<usize>>,
    pub(crate) data: Data<'a>,
}

impl<'a> Stored<'a> {
    /// The bytes of its numbers as they lie in the file, the last axis along memory, if they do so: not compressed.
    ///
    /// ```
    /// use nn_weights::{Archive, Dtype, Written};
    /// let bytes = nn_weights::safetensors::write(&[], vec![Written::new("scale", Dtype::F32, &[], [2.0])]);
    /// assert_eq!(Archive::read(&bytes)?.tensors[0].bytes(), Some(&2.0f32.to_le_bytes()[..]));
    /// # Ok::<(), nn_weights::FormatError>(())
    /// ```
    #[must_use]
    pub fn bytes(&self) -> Option<&'a [u8]> {
        match self.data {
            Data::Bytes(bytes) if self.strides.is_none() => Some(bytes),
            _ => None,
        }
    }
}

/// Where the numbers of a tensor are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Data<'a> {
    /// In the file.
    Bytes(&'a [u8]),
    /// In an entry of a zip file, behind so many bytes of a header.
    #[cfg(feature = "npz")]
    Packed { entry: usize, header: usize },
}

/// A tensor to be written.
pub struct Written<'w> {
    pub(crate) name: String,
    pub(crate) dtype: Dtype,
    pub(crate) shape: &'w [usize],
    pub(crate) numbers: Box<dyn Iterator<Item = f64> + 'w>,
}

impl<'w> Written<'w> {
    /// A tensor of so many numbers as its shape has. The type of its numbers is [`Dtype::F32`] or [`Dtype::F64`].
    ///
    /// ```
    /// use nn_weights::{Dtype, Written};
    /// let bias = Written::new("fc.bias", Dtype::F32, &[2], [0.5, -1.0]);
    /// ```
    pub fn new(
        name: impl Into<String>,
        dtype: Dtype,
        shape: &'w [usize],
        numbers: impl IntoIterator<Item = f64, IntoIter: 'w>,
    ) -> Self {
        Written { name: name.into(), dtype, shape, numbers: Box::new(numbers.into_iter()) }
    }

    pub(crate) fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The bytes of its numbers.
    pub(crate) fn size(&self) -> usize {
        self.count() * if self.dtype == Dtype::F64 { 8 } else { 4 }
    }
}

/// Why a file is none of a format that is known, in words that follow the name of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FormatError(String);

impl FormatError {
    pub(crate) fn new(problem: impl Into<String>) -> Self {
        FormatError(problem.into())
    }
}
