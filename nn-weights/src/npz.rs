//! NumPy's `.npz`: a zip file of `.npy` files, each with a tensor.

use std::format;
use std::io::{Cursor, Read, Write};
use std::string::{String, ToString};
use std::vec::Vec;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::archive::{Data, Written};
use crate::zipped::{Zip, broken};
use crate::{Archive, Dtype, FormatError, Shape, Stored};

/// The first bytes of a `.npy`.
const MAGIC: &[u8] = b"\x93NUMPY";
/// The longest table of a tensor.
const LONGEST_HEADER: u32 = 1 << 16;

/// Reads the table of each tensor. The numbers are read when they are needed.
pub(crate) fn read(mut packed: Zip<'_>) -> Result<Archive<'_>, FormatError> {
    let mut tensors = Vec::new();
    for entry in 0..packed.len() {
        let mut file = packed.by_index(entry).map_err(broken)?;
        let name = file.name().map_err(broken)?.to_string();
        let problem = |text: &str| FormatError::new(format!("its entry `{name}` {text}"));
        let tensor = name.strip_suffix(".npy").ok_or_else(|| problem("is no `.npy`, and a `.npz` has no others"))?;
        let header = Header::read(&mut file).map_err(|text| problem(&text))?;
        tensors.push(Stored {
            name: tensor.into(),
            dtype: header.dtype,
            strides: header.first_axis_fastest.then(|| first_axis_fastest(&header.shape.0)),
            shape: header.shape,
            data: Data::Packed { entry, header: header.len },
        });
    }
    Ok(Archive { tensors, metadata: Vec::new(), packed: Some(packed) })
}

impl Archive<'_> {
    /// The bytes of a tensor in a zip file, whose checksum is compared. No more than its shape needs are allocated.
    pub(crate) fn unpacked(&self, stored: &Stored<'_>) -> Result<Vec<u8>, String> {
        let (Data::Packed { entry, header }, Some(packed)) = (&stored.data, &self.packed) else {
            return Ok(Vec::new());
        };
        let mut packed = packed.clone();
        let mut file = packed.by_index(*entry).map_err(|problem| problem.to_string())?;
        let len = stored.shape.0.iter().product::<usize>() * stored.dtype.bits().unwrap_or(0) / 8;
        let mut bytes = Vec::with_capacity(header + len);
        // one more, which is not there: then the checksum has been compared
        let read = file.by_ref().take((header + len + 1) as u64).read_to_end(&mut bytes);
        read.map_err(|problem| problem.to_string())?;
        if bytes.len() != header + len {
            return Err(format!("{len} bytes were expected, and {} are there", bytes.len().saturating_sub(*header)));
        }
        bytes.drain(..header);
        Ok(bytes)
    }
}

struct Header {
    dtype: Dtype,
    shape: Shape,
    first_axis_fastest: bool,
    /// The bytes in front of the numbers.
    len: usize,
}

impl Header {
    /// Reads the table at the beginning of a `.npy`: a dictionary of Python.
    fn read(file: &mut impl Read) -> Result<Self, String> {
        let mut first = [0; 8];
        file.read_exact(&mut first).map_err(|problem| format!("cannot be read: {problem}"))?;
        let version = first.strip_prefix(MAGIC).ok_or("is no `.npy` inside")?[0];
        let mut size = [0; 4];
        let bytes = if version == 1 { 2 } else { 4 };
        file.read_exact(&mut size[..bytes]).map_err(|problem| format!("cannot be read: {problem}"))?;
        let size = u32::from_le_bytes(size);
        if size > LONGEST_HEADER {
            return Err(format!("has a header of {size} bytes, and may have {LONGEST_HEADER}"));
        }
        let mut text = String::new();
        let read = file.take(size.into()).read_to_string(&mut text);
        read.map_err(|problem| format!("cannot be read: {problem}"))?;
        let field = |name: &str| text.split_once(&format!("'{name}':")).map(|(_, rest)| rest.trim_start());
        let all = || Some((field("descr")?, field("fortran_order")?, field("shape")?));
        let (kind, order, shape) = all().ok_or("has a header without type, order or shape")?;
        Ok(Header {
            dtype: dtype(kind),
            shape: shape_of(shape).ok_or("has a header whose shape is none")?,
            first_axis_fastest: order.starts_with("True"),
            len: first.len() + bytes + size as usize,
        })
    }
}

fn dtype(text: &str) -> Dtype {
    let name = text.trim_start_matches('\'').split('\'').next().unwrap_or_default();
    match name {
        "<f2" => Dtype::F16,
        "<f4" => Dtype::F32,
        "<f8" => Dtype::F64,
        other => Dtype::Other(other.into()),
    }
}

/// The sizes of `(2, 3)`, `(2,)` or `()`, if their product can be counted.
fn shape_of(text: &str) -> Option<Shape> {
    let (inside, _) = text.strip_prefix('(')?.split_once(')')?;
    let sizes = inside.split(',').map(str::trim).filter(|size| !size.is_empty());
    let sizes: Vec<usize> = sizes.map(|size| size.parse().ok()).collect::<Option<_>>()?;
    // in bits
    sizes.iter().try_fold(64usize, |product, size| product.checked_mul(*size))?;
    Some(Shape(sizes))
}

/// The distances of neighbours in Fortran's order.
fn first_axis_fastest(shape: &[usize]) -> Vec<usize> {
    // where there are no numbers, there are no distances that count
    let next = |stride: &mut usize, size: &usize| Some(std::mem::replace(stride, stride.saturating_mul(*size)));
    shape.iter().scan(1, next).collect()
}

/// A file of some tensors. It depends on its arguments alone.
///
/// # Errors
/// [`FormatError`] if a zip file cannot hold them: two of one name.
///
/// ```
/// use nn_weights::{Archive, Dtype, Written, npz};
/// let bytes = npz::write(vec![Written::new("fc.bias", Dtype::F32, &[2], [0.5, -1.0])])?;
/// assert_eq!(Archive::read(&bytes)?.tensors[0].shape.0, [2]);
/// # Ok::<(), nn_weights::FormatError>(())
/// ```
pub fn write(tensors: Vec<Written<'_>>) -> Result<Vec<u8>, FormatError> {
    let failed = |problem: zip::result::ZipError| FormatError::new(format!("a `.npz` cannot hold this: {problem}"));
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for tensor in tensors {
        let large = tensor.size() as u64 > u64::from(u32::MAX / 2);
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(large);
        file.start_file(format!("{}.npy", tensor.name), options).map_err(failed)?;
        file.write_all(&npy(tensor)).map_err(|problem| failed(problem.into()))?;
    }
    Ok(file.finish().map_err(failed)?.into_inner())
}

/// A `.npy` of version 1.
fn npy(tensor: Written<'_>) -> Vec<u8> {
    let sizes: String = tensor.shape.iter().map(|size| format!("{size}, ")).collect();
    let shape = if tensor.shape.len() == 1 { sizes.trim_end() } else { sizes.trim_end_matches(", ") };
    let kind = if tensor.dtype == Dtype::F64 { "<f8" } else { "<f4" };
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({shape}), }}");
    let before = MAGIC.len() + 4;
    let len = (before + header.len() + 1).next_multiple_of(64) - before;
    header.extend(std::iter::repeat_n(' ', len - 1 - header.len()));
    header.push('\n');
    let mut bytes = MAGIC.to_vec();
    bytes.extend([1, 0]);
    bytes.extend((len as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    tensor.numbers.for_each(|number| tensor.dtype.encode(number, &mut bytes));
    bytes
}
