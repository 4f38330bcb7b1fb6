//! Stored tensors as constants.

use std::collections::HashMap;
use std::sync::Arc;

use half::{bf16, f16};

use super::fields::kind;
use super::file::{File, Scales, Tensor};
use super::sparse;
use crate::constant::{Constant, Kind};

/// The elements that were read, by the place and the number of their bytes and their type: a damaged file can have many tensors
/// of the same bytes.
pub(super) type Seen = HashMap<(usize, usize, i8), Arc<Vec<f64>>>;

/// A stored tensor, of which half precision is widened; `None` if its elements are not stored. The error says what is wrong.
pub(super) fn constant(file: &File<'_>, tensor: &Tensor, seen: &mut Seen) -> Result<Option<Constant>, String> {
    let Some(bytes) = file.bytes(tensor).map_err(|error| error.to_string())? else { return Ok(None) };
    let kind = kind_of(tensor.kind)?;
    let key = (bytes.as_ptr().addr(), bytes.len(), tensor.kind);
    let elements = match seen.get(&key) {
        Some(elements) => Arc::clone(elements),
        None => {
            let elements = Arc::new(elements(tensor.kind, bytes)?);
            seen.insert(key, Arc::clone(&elements));
            elements
        }
    };
    let elements = match tensor.sparsity {
        Some(table) => Arc::new(sparse::dense(file.flat(), table, &tensor.shape, &elements)?),
        None => elements,
    };
    let count = tensor.shape.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
    if count != Some(elements.len()) {
        return Err(format!("its shape {:?} does not go with {} elements", tensor.shape, elements.len()));
    }
    Ok(Some(Constant { kind, shape: tensor.shape.clone(), elements, name: None }))
}

/// What the elements of a type are.
pub(super) fn kind_of(kind: i8) -> Result<Kind, String> {
    Ok(match kind {
        kind::F32 | kind::F16 | kind::F64 | kind::BF16 => Kind::Real,
        kind::I32 | kind::U8 | kind::I64 | kind::I16 | kind::I8 | kind::U64 | kind::U32 | kind::U16 => Kind::Whole,
        kind::BOOL => Kind::Truth,
        kind::TEXT => return Err("its elements are texts".into()),
        other => return Err(format!("its elements have the type {other}, which is not known")),
    })
}

/// How many elements a shape has.
pub(super) fn count(shape: &[usize]) -> Result<usize, String> {
    let sizes: Vec<i64> = shape.iter().map(|size| i64::try_from(*size).unwrap_or(i64::MAX)).collect();
    crate::graph::sizes(&sizes).map(|sizes| sizes.iter().product())
}

/// The number of ONNX for a type, as casts have it.
pub(super) fn onnx_kind(kind: i8) -> Result<i64, String> {
    Ok(match kind_of(kind)? {
        Kind::Real => 1,
        Kind::Whole => 7,
        Kind::Truth => 9,
    })
}

/// The numbers that bytes of a type stand for.
#[allow(clippy::cast_precision_loss)] // whole numbers are exact up to 2^53
fn elements(kind: i8, bytes: &[u8]) -> Result<Vec<f64>, String> {
    Ok(match kind {
        kind::F32 => numbers(bytes, |bytes| f32::from_le_bytes(bytes).into()),
        kind::F16 => numbers(bytes, |bytes| f16::from_le_bytes(bytes).to_f64()),
        kind::BF16 => numbers(bytes, |bytes| bf16::from_le_bytes(bytes).to_f64()),
        kind::F64 => numbers(bytes, f64::from_le_bytes),
        kind::I8 => numbers(bytes, |bytes| i8::from_le_bytes(bytes).into()),
        kind::U8 => numbers(bytes, |[byte]| byte.into()),
        kind::BOOL => numbers(bytes, |[byte]| f64::from(byte != 0)),
        kind::I16 => numbers(bytes, |bytes| i16::from_le_bytes(bytes).into()),
        kind::U16 => numbers(bytes, |bytes| u16::from_le_bytes(bytes).into()),
        kind::I32 => numbers(bytes, |bytes| i32::from_le_bytes(bytes).into()),
        kind::U32 => numbers(bytes, |bytes| u32::from_le_bytes(bytes).into()),
        kind::I64 => numbers(bytes, |bytes| i64::from_le_bytes(bytes) as f64),
        kind::U64 => numbers(bytes, |bytes| u64::from_le_bytes(bytes) as f64),
        other => return Err(format!("its elements have the type {other}, which is not known")),
    })
}

/// The numbers that so many bytes each stand for; a rest is left out.
fn numbers<const N: usize>(bytes: &[u8], value: impl Fn([u8; N]) -> f64) -> Vec<f64> {
    bytes.as_chunks::<N>().0.iter().map(|bytes| value(*bytes)).collect()
}

/// The numbers that the whole numbers of a quantised constant stand for.
#[allow(clippy::cast_precision_loss)] // zeros are small
pub(super) fn dequantised(constant: &Constant, scales: &Scales) -> Result<Constant, String> {
    let count = scales.scale.len();
    let size = if count == 1 { 1 } else { constant.shape.get(scales.axis).copied().unwrap_or(0) };
    if size != count || scales.zero.len() != count && !scales.zero.is_empty() {
        return Err("its scales are not one for each place of an axis".into());
    }
    let inner: usize = if count == 1 { 1 } else { constant.shape[scales.axis + 1..].iter().product() };
    let real = |(at, element): (usize, &f64)| {
        let place = at / inner.max(1) % count;
        let zero = scales.zero.get(place).copied().unwrap_or(0) as f64;
        f64::from(scales.scale[place]) * (element - zero)
    };
    let elements = constant.elements.iter().enumerate().map(real).collect();
    Ok(Constant { kind: Kind::Real, elements: Arc::new(elements), ..constant.clone() })
}
