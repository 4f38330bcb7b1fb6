//! The format safetensors: 8 bytes with the length of a header in JSON, the header, and the numbers.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use hifijson::str::Display;

use crate::archive::{Data, Written};
use crate::header::{Header, Info};
use crate::{Archive, FormatError, Shape, Stored};

/// The longest header that files of this format may have.
const LONGEST_HEADER: usize = 100_000_000;
/// The numbers begin at a multiple of this many bytes, so that they can be used in place.
const ALIGNMENT: usize = 64;

/// Reads the header of a file.
pub(crate) fn read(bytes: &[u8]) -> Result<Archive<'_>, FormatError> {
    let Some((length, rest)) = bytes.split_first_chunk() else {
        return Err(FormatError::new(format!("it ends after {} bytes, before its header", bytes.len())));
    };
    let length = u64::from_le_bytes(*length);
    let (header, data) = match usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length)) {
        Some((header, _)) if header.len() > LONGEST_HEADER => {
            return Err(FormatError::new(format!("its header has {length} bytes, and may have {LONGEST_HEADER}")));
        }
        Some(parts) => parts,
        None => {
            let left = rest.len();
            return Err(FormatError::new(format!(
                "its header should have {length} bytes, and {left} are left: it is cut off, or no safetensors file"
            )));
        }
    };
    let header = Header::read(header)
        .map_err(|problem| FormatError::new(format!("its header is not that of a safetensors file: {problem}")))?;
    check_places(&header.tensors, data.len())?;
    let stored = |(name, info): (String, Info)| Stored {
        data: Data::Bytes(&data[info.place[0]..info.place[1]]),
        name,
        dtype: info.dtype,
        shape: Shape(info.shape),
        strides: None,
    };
    Ok(Archive {
        tensors: header.tensors.into_iter().map(stored).collect(),
        metadata: header.metadata,
        #[cfg(feature = "npz")]
        packed: None,
    })
}

/// Checks that each tensor has the bytes that its shape needs, and that all bytes belong to exactly one.
fn check_places(tensors: &[(String, Info)], len: usize) -> Result<(), FormatError> {
    let problem = |text| Err(FormatError::new(text));
    for (name, Info { dtype, shape, place: [begin, end] }) in tensors {
        if begin > end {
            return problem(format!("`{name}` ends at byte {end}, before it begins at byte {begin}"));
        }
        if *end > len {
            return problem(format!("`{name}` ends at byte {end} of {len}: the file is cut off"));
        }
        let count = shape.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
        let bits = dtype.bits().map(|bits| count.and_then(|count| count.checked_mul(bits)));
        let fits = bits.is_none_or(|bits| bits.is_some_and(|bits| bits.div_ceil(8) == end - begin));
        if !fits {
            let shape = Shape(shape.clone());
            return problem(format!("`{name}` has {} bytes, which are not {shape} numbers of {dtype}", end - begin));
        }
    }
    let mut places: Vec<_> = tensors.iter().map(|(name, info)| (info.place, name)).collect();
    places.sort_unstable();
    let mut at = 0;
    for ([begin, end], name) in places {
        match begin {
            _ if begin < at => return problem(format!("`{name}` shares bytes with another tensor")),
            _ if begin > at => return problem(format!("bytes {at} to {begin} belong to no tensor")),
            _ => at = end,
        }
    }
    if at == len { Ok(()) } else { problem(format!("bytes {at} to {len} belong to no tensor")) }
}

/// A file of some tensors. It depends on its arguments alone: the tensors keep their order, and the numbers begin at a
/// multiple of 64 bytes.
///
/// ```
/// use nn_weights::{Dtype, Written, safetensors};
/// let bytes = safetensors::write(&[("network", "Net")], vec![Written::new("fc.bias", Dtype::F32, &[2], [0.5, -1.0])]);
/// assert_eq!((bytes.len() - 2 * 4) % 64, 0);
/// ```
#[must_use]
pub fn write(metadata: &[(&str, &str)], tensors: Vec<Written<'_>>) -> Vec<u8> {
    let mut header = String::from("{");
    if !metadata.is_empty() {
        let pairs: Vec<_> =
            metadata.iter().map(|(name, value)| format!("{}:{}", Display::new(*name), Display::new(*value))).collect();
        header += &format!("\"__metadata__\":{{{}}}", pairs.join(","));
    }
    let mut at = 0;
    for tensor in &tensors {
        let end = at + tensor.size();
        let separator = if header.len() > 1 { "," } else { "" };
        let (name, dtype, shape) = (Display::new(tensor.name.as_str()), &tensor.dtype, tensor.shape);
        header += &format!(r#"{separator}{name}:{{"dtype":"{dtype}","shape":{shape:?},"data_offsets":[{at},{end}]}}"#,);
        at = end;
    }
    header.push('}');
    let padded = (8 + header.len()).next_multiple_of(ALIGNMENT) - 8;
    let mut bytes = Vec::with_capacity(8 + padded + at);
    bytes.extend((padded as u64).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.resize(8 + padded, b' ');
    for Written { dtype, numbers, .. } in tensors {
        numbers.for_each(|number| dtype.encode(number, &mut bytes));
    }
    bytes
}
