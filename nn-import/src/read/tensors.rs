//! Stored tensors as constants.

use half::{bf16, f16};

use super::messages::TensorProto;
use crate::constant::{Constant, Kind};

/// A stored tensor; the error says what is wrong with it.
pub(crate) fn constant(tensor: &TensorProto) -> Result<Constant, String> {
    let shape = shape(&tensor.dims)?;
    if tensor.data_location == 1 || !tensor.external_data.is_empty() {
        return Err("its elements are in another file: save the model as one file".into());
    }
    let (kind, elements) = elements(tensor)?;
    let count = shape.iter().try_fold(1usize, |count, size| count.checked_mul(*size));
    if count != Some(elements.len()) {
        return Err(format!("its shape {shape:?} does not go with {} elements", elements.len()));
    }
    let mut constant = Constant::new(kind, shape, elements);
    constant.name = Some(tensor.name.clone()).filter(|name| !name.is_empty());
    Ok(constant)
}

/// The sizes of a tensor.
fn shape(dims: &[i64]) -> Result<Vec<usize>, String> {
    dims.iter().map(|size| usize::try_from(*size).map_err(|_| format!("it has the size {size}"))).collect()
}

/// The elements, from the bytes or from the lists.
fn elements(tensor: &TensorProto) -> Result<(Kind, Vec<f64>), String> {
    let raw = &tensor.raw_data;
    let is_raw = !raw.is_empty();
    let wide = |list: &[i32]| list.iter().map(|element| f64::from(*element)).collect::<Vec<f64>>();
    let halves = |value: &dyn Fn(u16) -> f64| -> Vec<f64> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the bits are in the low half
        let list = || tensor.int32_data.iter().map(|bits| value(*bits as u16)).collect();
        if is_raw { numbers(raw, |bytes| value(u16::from_le_bytes(bytes))) } else { list() }
    };
    #[allow(clippy::cast_precision_loss)] // whole numbers are exact up to 2^53
    let (kind, elements) = match tensor.data_type {
        1 if is_raw => (Kind::Real, numbers(raw, |bytes| f64::from(f32::from_le_bytes(bytes)))),
        1 => (Kind::Real, tensor.float_data.iter().map(|element| f64::from(*element)).collect()),
        2 if is_raw => (Kind::Whole, numbers(raw, |[byte]| f64::from(byte))),
        3 if is_raw => (Kind::Whole, numbers(raw, |bytes| f64::from(i8::from_le_bytes(bytes)))),
        4 if is_raw => (Kind::Whole, numbers(raw, |bytes| f64::from(u16::from_le_bytes(bytes)))),
        5 if is_raw => (Kind::Whole, numbers(raw, |bytes| f64::from(i16::from_le_bytes(bytes)))),
        6 if is_raw => (Kind::Whole, numbers(raw, |bytes| f64::from(i32::from_le_bytes(bytes)))),
        2..=6 => (Kind::Whole, wide(&tensor.int32_data)),
        7 if is_raw => (Kind::Whole, numbers(raw, |bytes| i64::from_le_bytes(bytes) as f64)),
        7 => (Kind::Whole, tensor.int64_data.iter().map(|element| *element as f64).collect()),
        9 if is_raw => (Kind::Truth, numbers(raw, |[byte]| f64::from(byte != 0))),
        9 => (Kind::Truth, tensor.int32_data.iter().map(|element| f64::from(*element != 0)).collect()),
        10 => (Kind::Real, halves(&|bits| f16::from_bits(bits).to_f64())),
        11 if is_raw => (Kind::Real, numbers(raw, f64::from_le_bytes)),
        11 => (Kind::Real, tensor.double_data.clone()),
        12 if is_raw => (Kind::Whole, numbers(raw, |bytes| f64::from(u32::from_le_bytes(bytes)))),
        13 if is_raw => (Kind::Whole, numbers(raw, |bytes| u64::from_le_bytes(bytes) as f64)),
        12 | 13 => (Kind::Whole, tensor.uint64_data.iter().map(|element| *element as f64).collect()),
        16 => (Kind::Real, halves(&|bits| bf16::from_bits(bits).to_f64())),
        8 => return Err("its elements are texts".into()),
        other => return Err(format!("its elements have the type {other}, which is not known")),
    };
    Ok((kind, elements))
}

/// The numbers that so many bytes each stand for; a rest is left out.
fn numbers<const N: usize>(bytes: &[u8], value: impl Fn([u8; N]) -> f64) -> Vec<f64> {
    bytes.as_chunks::<N>().0.iter().map(|bytes| value(*bytes)).collect()
}
