//! IDX, the format of the MNIST files (Y. LeCun, "The MNIST database").

use std::path::Path;

use crate::error::Error;
use crate::tensors::loops::{Loop, Real, compile_here, run};
use crate::tensors::{Scalar, Shape, Tensor, plain};

use super::class::class;
use super::file::Source;
use crate::error::DataError;

/// The type of the numbers in an IDX file.
///
/// ```
/// use nn_core::data::IdxKind;
/// assert_eq!(IdxKind::I16.bytes(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdxKind {
    /// Unsigned bytes, 0 to 255.
    U8,
    /// Signed bytes, -128 to 127.
    I8,
    /// Whole numbers of two bytes.
    I16,
    /// Whole numbers of four bytes.
    I32,
    /// Real numbers of four bytes.
    F32,
    /// Real numbers of eight bytes.
    F64,
}

impl IdxKind {
    fn from_code(code: u8) -> Option<Self> {
        Some(match code {
            0x08 => IdxKind::U8,
            0x09 => IdxKind::I8,
            0x0b => IdxKind::I16,
            0x0c => IdxKind::I32,
            0x0d => IdxKind::F32,
            0x0e => IdxKind::F64,
            _ => return None,
        })
    }

    /// The bytes of a number.
    ///
    /// ```
    /// assert_eq!(nn_core::data::IdxKind::F64.bytes(), 8);
    /// ```
    #[must_use]
    pub const fn bytes(self) -> usize {
        match self {
            IdxKind::U8 | IdxKind::I8 => 1,
            IdxKind::I16 => 2,
            IdxKind::I32 | IdxKind::F32 => 4,
            IdxKind::F64 => 8,
        }
    }
}

/// An IDX file in memory: an array of numbers with its shape. On disk it is plain or gzipped.
///
/// ```
/// use nn_core::data::{Idx, IdxKind};
/// use nn_core::{Tensor, typenum::U2};
/// let path = std::env::temp_dir().join("nn-core-idx-example");
/// std::fs::write(&path, [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20]).unwrap();
/// let idx = Idx::read(&path)?;
/// assert_eq!((idx.kind(), idx.sizes()), (IdxKind::U8, &[1, 2][..]));
/// let rows: Vec<Tensor<(U2,)>> = idx.tensors(10.0)?;
/// assert_eq!(rows[0].as_slice(), [1.0, 2.0]);
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idx {
    file: String,
    kind: IdxKind,
    sizes: Vec<usize>,
    bytes: Vec<u8>,
}

impl Idx {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Data`], with the file, the offset and what was expected there, if the file cannot be read, is no IDX
    /// file, or is shorter or longer than its header says.
    ///
    /// ```
    /// let error = nn_core::data::Idx::read("no/such/file").unwrap_err();
    /// assert!(error.to_string().starts_with("no/such/file: "));
    /// ```
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let mut source = Source::open(path.as_ref())?;
        let magic = source.exactly(4, "magic number")?;
        let kind = match magic[..2] {
            [0, 0] => IdxKind::from_code(magic[2]),
            _ => None,
        };
        let Some(kind) = kind else {
            let problem = format!(
                "expected the magic number of an IDX file (00 00, 08 to 0e for the kind of numbers, then the number of sizes), \
                 found {:02x} {:02x} {:02x} {:02x}",
                magic[0], magic[1], magic[2], magic[3]
            );
            return Err(DataError::Format { file: source.name, offset: 0, problem }.into());
        };
        let header = source.exactly(4 * u64::from(magic[3]), "sizes")?;
        let sizes: Vec<u32> = header.as_chunks().0.iter().map(|size| u32::from_be_bytes(*size)).collect();
        let Some((sizes, length)) = counted(&sizes, kind.bytes()) else {
            return Err(source.problem(format!("the sizes {sizes:?} are more than any file holds")).into());
        };
        let bytes = source.exactly(length as u64, "numbers")?;
        source.end()?;
        Ok(Idx { file: source.name, kind, sizes, bytes })
    }

    /// The type of the numbers. See [`Idx`] for an example.
    #[must_use]
    pub const fn kind(&self) -> IdxKind {
        self.kind
    }

    /// The sizes, outermost first: for images their number, height and width. See [`Idx`] for an example.
    #[must_use]
    pub fn sizes(&self) -> &[usize] {
        &self.sizes
    }

    /// A tensor for each item along the outermost axis. Its numbers are divided by `divisor`.
    ///
    /// The tensor may have another shape, such as `(U784,)` or `(U1, U28, U28)` for 28×28.
    ///
    /// # Errors
    /// [`Error::Data`] if an item has another number of elements than the tensor; [`Error::Setting`] if the divisor is
    /// 0 or not finite.
    ///
    /// See [`Idx`] for an example.
    pub fn tensors<S: Shape, T: Scalar>(&self, divisor: f64) -> Result<Vec<Tensor<S, T>>, Error> {
        if divisor == 0.0 || !divisor.is_finite() {
            return Err(Error::Setting { setting: "divisor", must: "be a finite number other than 0" });
        }
        let (count, sizes) = self.items();
        if sizes.iter().product::<usize>() != S::LEN {
            let expected = format!("items of {} numbers, for tensors of shape {:?}", S::LEN, S::DIMS);
            return Err(DataError::Size { file: self.file.clone(), expected, found: format!("{sizes:?}") }.into());
        }
        let mut tensors = plain::zeroed_slice::<Tensor<S, T>>(count);
        run(&Decode { kind: self.kind, bytes: &self.bytes, divisor }, [plain::flatten_mut(&mut tensors)], []);
        Ok(tensors.into_vec())
    }

    /// A class for each item: a whole number below `classes`.
    ///
    /// # Errors
    /// [`Error::Data`] if an item is not a single number, or is not such a class.
    ///
    /// ```
    /// let path = std::env::temp_dir().join("nn-core-labels-example");
    /// std::fs::write(&path, [0, 0, 8, 1, 0, 0, 0, 2, 7, 3]).unwrap();
    /// let labels = nn_core::data::Idx::read(&path)?;
    /// assert_eq!(labels.classes(10)?, [7, 3]);
    /// assert!(labels.classes(5).unwrap_err().to_string().contains("byte 8: 7 is not a class below 5"));
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn classes(&self, classes: usize) -> Result<Vec<usize>, Error> {
        let values = self.tensors::<(), f64>(1.0)?;
        let start = 4 + 4 * self.sizes.len();
        let found = |(at, value): (usize, &Tensor<(), f64>)| {
            let value = value.as_slice()[0];
            class(value, classes).ok_or_else(|| {
                let offset = (start + at * self.kind.bytes()) as u64;
                let problem = format!("{value} is not a class below {classes}");
                DataError::Format { file: self.file.clone(), offset, problem }.into()
            })
        };
        values.iter().enumerate().map(found).collect()
    }

    /// The number of items, and the sizes of each.
    pub(super) fn items(&self) -> (usize, &[usize]) {
        self.sizes.split_first().map_or((1, &[][..]), |(count, sizes)| (*count, sizes))
    }
}

/// The sizes, and the bytes that all numbers take. `None` if the bytes of the sizes other than 0 cannot be counted.
fn counted(sizes: &[u32], bytes: usize) -> Option<(Vec<usize>, usize)> {
    let sizes: Vec<usize> = sizes.iter().map(|size| usize::try_from(*size).ok()).collect::<Option<_>>()?;
    let most = sizes.iter().try_fold(bytes, |product, size| product.checked_mul(*size.max(&1)))?;
    let length = if sizes.contains(&0) { 0 } else { most };
    Some((sizes, length))
}

struct Decode<'a> {
    kind: IdxKind,
    bytes: &'a [u8],
    divisor: f64,
}

impl Decode<'_> {
    #[inline(always)]
    fn all<T: Real, const BYTES: usize>(&self, numbers: &mut [T], value: impl Fn([u8; BYTES]) -> f64) {
        for (number, bytes) in numbers.iter_mut().zip(self.bytes.as_chunks().0) {
            *number = T::from_f64(value(*bytes) / self.divisor);
        }
    }
}

impl Loop<1, 0> for Decode<'_> {
    type Output = ();
    #[inline(always)]
    fn run<T: Real>(&self, [numbers]: [&mut [T]; 1], []: [&[T]; 0]) {
        match self.kind {
            IdxKind::U8 => self.all(numbers, |[byte]| f64::from(byte)),
            IdxKind::I8 => self.all(numbers, |[byte]| f64::from(byte.cast_signed())),
            IdxKind::I16 => self.all(numbers, |bytes| f64::from(i16::from_be_bytes(bytes))),
            IdxKind::I32 => self.all(numbers, |bytes| f64::from(i32::from_be_bytes(bytes))),
            IdxKind::F32 => self.all(numbers, |bytes| f64::from(f32::from_be_bytes(bytes))),
            IdxKind::F64 => self.all(numbers, f64::from_be_bytes),
        }
    }
}

compile_here!(Decode<'_>, 1, 0);
