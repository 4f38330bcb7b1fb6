//! What makes tensors, or changes their form or the type of their elements.

use std::sync::Arc;

use super::{Node, Operands, Results, axis, operand, sizes, whole, wholes};
use crate::constant::{Constant, Kind, broadcast, strided, strides};
use crate::graph::Attribute;

pub(super) fn fold(node: &Node, operands: Operands<'_>) -> Option<Results> {
    let result = match node.operator.as_str() {
        "Constant" => constant(node),
        "ConstantOfShape" => constant_of_shape(node, operands),
        "Range" => range(operands),
        "Shape" => shape(node, operands),
        "Size" => operand(operands, 0).map(|x| whole(vec![], &[i64::try_from(x.elements.len()).unwrap_or(0)])),
        "Identity" | "Dropout" => operand(operands, 0).cloned(),
        "Cast" => operand(operands, 0).and_then(|x| cast(x, node.attributes.whole("to").unwrap_or(1))),
        "CastLike" => operands_of_cast_like(operands),
        "Reshape" => reshape(node, operands),
        "Flatten" => flatten(node, operands),
        "Squeeze" => squeeze(node, operands),
        "Unsqueeze" => unsqueeze(node, operands),
        "Transpose" => transpose(node, operands),
        "Expand" => expand(operands),
        "EyeLike" => eye_like(node, operands),
        _ => return None,
    };
    Some(result.map(|result| vec![result]))
}

fn constant(node: &Node) -> Result<Constant, String> {
    let attributes = &node.attributes;
    let list = |kind, elements: Vec<f64>| Constant::new(kind, vec![elements.len()], elements);
    if let Some(Attribute::Tensor(tensor)) = attributes.get("value") {
        return Ok(tensor.clone());
    }
    if let Some(value) = attributes.real("value_float") {
        return Ok(Constant::new(Kind::Real, vec![], vec![value]));
    }
    if let Some(Attribute::Reals(values)) = attributes.get("value_floats") {
        return Ok(list(Kind::Real, values.clone()));
    }
    if let Some(value) = attributes.whole("value_int") {
        return Ok(whole(vec![], &[value]));
    }
    let values = attributes.wholes("value_ints").ok_or("its value is no tensor of numbers")?;
    Ok(whole(vec![values.len()], values))
}

fn constant_of_shape(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let shape = sizes(&operand(operands, 0)?.whole())?;
    let (kind, value) = match node.attributes.get("value") {
        Some(Attribute::Tensor(value)) => (value.kind, value.number().ok_or("its value is no single number")?),
        _ => (Kind::Real, 0.0),
    };
    let count = shape.iter().product();
    Ok(Constant::new(kind, shape, vec![value; count]))
}

fn range(operands: Operands<'_>) -> Result<Constant, String> {
    let number = |at| operand(operands, at)?.number().ok_or("a bound is no single number".to_string());
    let (start, limit, step) = (number(0)?, number(1)?, number(2)?);
    let count = ((limit - start) / step).ceil().max(0.0);
    #[allow(clippy::cast_possible_truncation)] // saturates, and is checked
    let count = sizes(&[if count.is_nan() { -1 } else { count as i64 }])?[0];
    #[allow(clippy::cast_precision_loss)] // below 2^24
    let elements = (0..count).map(|at| start + at as f64 * step).collect();
    Ok(Constant::new(operand(operands, 0)?.kind, vec![count], elements))
}

fn shape(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    Ok(Constant::sizes(part_of_shape(node, &operand(operands, 0)?.shape)))
}

/// The sizes that a `Shape` asks for.
pub(crate) fn part_of_shape<'a>(node: &Node, shape: &'a [usize]) -> &'a [usize] {
    let rank = i64::try_from(shape.len()).unwrap_or(i64::MAX);
    let place = |at: i64| usize::try_from(if at < 0 { at + rank } else { at }.clamp(0, rank)).unwrap_or(0);
    let start = place(node.attributes.whole("start").unwrap_or(0));
    let end = place(node.attributes.whole("end").unwrap_or(rank));
    shape.get(start..end).unwrap_or_default()
}

/// The elements as another type.
pub(crate) fn cast(x: &Constant, to: i64) -> Result<Constant, String> {
    Ok(match to {
        1 => Constant { kind: Kind::Real, ..x.map(|x| f64::from(single(x))) },
        10 | 11 | 16 => Constant { kind: Kind::Real, ..x.clone() },
        2..=7 | 12 | 13 => Constant { kind: Kind::Whole, ..x.map(f64::trunc) },
        9 => Constant { kind: Kind::Truth, ..x.map(|x| f64::from(x != 0.0)) },
        other => return Err(format!("there is no cast to the type {other}")),
    })
}

#[allow(clippy::cast_possible_truncation)] // rounds
fn single(x: f64) -> f32 {
    x as f32
}

fn operands_of_cast_like(operands: Operands<'_>) -> Result<Constant, String> {
    Ok(cast_to(operand(operands, 0)?, operand(operands, 1)?.kind))
}

/// The elements as others of a kind.
pub(crate) fn cast_to(x: &Constant, kind: Kind) -> Constant {
    let elements = match kind {
        Kind::Real => x.clone(),
        Kind::Whole => x.map(f64::trunc),
        Kind::Truth => x.map(|x| f64::from(x != 0.0)),
    };
    Constant { kind, ..elements }
}

/// The shape that a `Reshape` gives, from the wanted one.
pub(crate) fn reshaped(shape: &[usize], wanted: &[i64], allows_zero: bool) -> Result<Vec<usize>, String> {
    let count: usize = shape.iter().product();
    let mut result = Vec::new();
    let mut rest = None;
    for (at, size) in wanted.iter().enumerate() {
        result.push(match size {
            -1 => {
                rest = Some(at);
                1
            }
            0 if !allows_zero => *shape.get(at).ok_or("it keeps the size of an axis that is not there")?,
            size => usize::try_from(*size).map_err(|_| format!("a size is {size}"))?,
        });
    }
    let known = result.iter().try_fold(1usize, |all, size| all.checked_mul(*size)).ok_or("its sizes are too large")?;
    if let Some(at) = rest
        && known > 0
    {
        result[at] = count / known;
    }
    let whole: Option<usize> = result.iter().try_fold(1usize, |all, size| all.checked_mul(*size));
    if whole == Some(count) { Ok(result) } else { Err(format!("{shape:?} has not as many elements as {result:?}")) }
}

fn reshape(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let wanted = wholes(node, operands, "shape", 1).ok_or("there is no shape")?;
    Ok(x.reshaped(reshaped(&x.shape, &wanted, node.attributes.whole("allowzero") == Some(1))?))
}

/// The shape of a `Flatten`.
pub(crate) fn flattened(node: &Node, shape: &[usize]) -> Result<Vec<usize>, String> {
    let rank = i64::try_from(shape.len()).unwrap_or(i64::MAX);
    let at = node.attributes.whole("axis").unwrap_or(1);
    let at = usize::try_from(if at < 0 { at + rank } else { at }).map_err(|error| error.to_string())?;
    let (front, back) = shape.split_at_checked(at).ok_or("its axis is not there")?;
    Ok(vec![front.iter().product(), back.iter().product()])
}

fn flatten(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    Ok(x.reshaped(flattened(node, &x.shape)?))
}

/// The shape without axes of size 1.
pub(crate) fn squeezed(shape: &[usize], axes: Option<&[i64]>) -> Result<Vec<usize>, String> {
    let Some(axes) = axes else { return Ok(shape.iter().copied().filter(|size| *size != 1).collect()) };
    let axes: Vec<usize> = axes.iter().map(|at| axis(*at, shape.len())).collect::<Result<_, String>>()?;
    if let Some(at) = axes.iter().find(|at| shape[**at] != 1) {
        return Err(format!("axis {at} has the size {}, not 1", shape[*at]));
    }
    Ok(shape.iter().enumerate().filter(|(at, _)| !axes.contains(at)).map(|(_, size)| *size).collect())
}

/// The shape with more axes of size 1.
pub(crate) fn unsqueezed(shape: &[usize], axes: &[i64]) -> Result<Vec<usize>, String> {
    let rank = shape.len() + axes.len();
    let mut axes: Vec<usize> = axes.iter().map(|at| axis(*at, rank)).collect::<Result<_, String>>()?;
    axes.sort_unstable();
    let mut result = shape.to_vec();
    for at in axes {
        if at > result.len() {
            return Err("two new axes are the same".into());
        }
        result.insert(at, 1);
    }
    Ok(result)
}

fn squeeze(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    Ok(x.reshaped(squeezed(&x.shape, wholes(node, operands, "axes", 1).as_deref())?))
}

fn unsqueeze(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    Ok(x.reshaped(unsqueezed(&x.shape, &wholes(node, operands, "axes", 1).ok_or("there are no axes")?)?))
}

/// The order of the axes of a `Transpose`.
pub(crate) fn order(node: &Node, rank: usize) -> Result<Vec<usize>, String> {
    let Some(order) = node.attributes.wholes("perm") else { return Ok((0..rank).rev().collect()) };
    let order: Vec<usize> = order.iter().map(|at| axis(*at, rank)).collect::<Result<_, String>>()?;
    let mut sorted = order.clone();
    sorted.sort_unstable();
    if sorted.iter().copied().eq(0..rank) { Ok(order) } else { Err("its `perm` is no order of all axes".into()) }
}

fn transpose(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    Ok(x.permuted(&order(node, x.shape.len())?))
}

fn expand(operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let wanted = sizes(&operand(operands, 1)?.whole())?;
    let shape = broadcast(&[&x.shape, &wanted]).ok_or("the shapes do not go together")?;
    let shape = sizes(&shape.iter().map(|size| i64::try_from(*size).unwrap_or(-1)).collect::<Vec<_>>())?;
    Ok(expanded(x, shape))
}

/// The elements repeated along axes of size 1.
pub(crate) fn expanded(x: &Constant, shape: Vec<usize>) -> Constant {
    let mut moved = vec![0; shape.len() - x.shape.len()];
    moved.extend(strides(&x.shape).iter().zip(&x.shape).map(|(stride, size)| if *size == 1 { 0 } else { *stride }));
    let elements = strided(&x.elements, &shape, &moved);
    Constant { shape, elements: Arc::new(elements), ..x.clone() }
}

fn eye_like(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    eye(node, &x.shape, x.kind)
}

/// Ones on a diagonal.
pub(crate) fn eye(node: &Node, shape: &[usize], kind: Kind) -> Result<Constant, String> {
    let [rows, columns] = *shape else { return Err("it is no matrix".into()) };
    let k = node.attributes.whole("k").unwrap_or(0);
    let is_on = |row: usize, column: usize| i64::try_from(column).unwrap_or(0) - i64::try_from(row).unwrap_or(0) == k;
    let elements = (0..rows).flat_map(|row| (0..columns).map(move |column| f64::from(is_on(row, column)))).collect();
    let eye = Constant::new(kind, vec![rows, columns], elements);
    match node.attributes.whole("dtype") {
        Some(to) => cast(&eye, to),
        None => Ok(eye),
    }
}
