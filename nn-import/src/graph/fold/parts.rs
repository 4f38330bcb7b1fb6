//! Parts of tensors, and tensors made of others.

use std::sync::Arc;

use super::{Node, Operands, Results, axis, operand, sizes, wholes};
use crate::constant::{Constant, Kind, dot, places, strides};

pub(super) fn fold(node: &Node, operands: Operands<'_>) -> Option<Results> {
    let result = match node.operator.as_str() {
        "Concat" => concat(node, operands),
        "Gather" => gather(node, operands),
        "Slice" => slice(node, operands),
        "Tile" => tile(operands),
        "Trilu" => trilu(node, operands),
        "NonZero" => non_zero(operands),
        "ReduceSum" | "ReduceProd" | "ReduceMax" | "ReduceMin" | "ReduceMean" => reduce(node, operands),
        "Split" => return Some(split(node, operands)),
        _ => return None,
    };
    Some(result.map(|result| vec![result]))
}

fn concat(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let all: Vec<&Constant> = (0..operands.len()).map(|at| operand(operands, at)).collect::<Result<_, String>>()?;
    let first = all.first().ok_or("there is nothing to put one behind the other")?;
    let at = axis(node.attributes.whole("axis").unwrap_or(1), first.shape.len())?;
    let mut shape = first.shape.clone();
    for other in &all[1..] {
        let same = |axis: usize| axis == at || other.shape.get(axis) == shape.get(axis);
        if other.shape.len() != shape.len() || !(0..shape.len()).all(same) {
            return Err("the shapes do not go together".into());
        }
        shape[at] += other.shape[at];
    }
    let outer: usize = shape[..at].iter().product();
    let mut elements = Vec::with_capacity(shape.iter().product());
    for row in 0..outer {
        for one in &all {
            let len: usize = one.shape[at..].iter().product();
            elements.extend_from_slice(&one.elements[row * len..(row + 1) * len]);
        }
    }
    Ok(Constant::new(first.kind, shape, elements))
}

fn gather(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let (x, indices) = (operand(operands, 0)?, operand(operands, 1)?);
    let at = axis(node.attributes.whole("axis").unwrap_or(0), x.shape.len())?;
    let chosen: Vec<usize> =
        indices.whole().iter().map(|index| axis(*index, x.shape[at])).collect::<Result<_, String>>()?;
    let (front, back) = (&x.shape[..at], &x.shape[at + 1..]);
    let shape = [front, &indices.shape, back].concat();
    sizes(&shape.iter().map(|size| i64::try_from(*size).unwrap_or(-1)).collect::<Vec<_>>())?;
    let inner: usize = back.iter().product();
    let mut elements = Vec::new();
    for row in 0..front.iter().product() {
        for index in &chosen {
            let start = (row * x.shape[at] + index) * inner;
            elements.extend_from_slice(&x.elements[start..start + inner]);
        }
    }
    Ok(Constant { shape, elements: Arc::new(elements), ..x.clone() })
}

/// A part of an axis: where it starts, the distance of its places, and how many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) axis: usize,
    pub(crate) start: usize,
    pub(crate) step: i64,
    pub(crate) length: usize,
}

/// The parts that a `Slice` takes.
pub(crate) fn sliced(
    shape: &[usize],
    starts: &[i64],
    ends: &[i64],
    axes: Option<&[i64]>,
    steps: Option<&[i64]>,
) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    for (at, (start, end)) in starts.iter().zip(ends).enumerate() {
        let own = axes.and_then(|axes| axes.get(at).copied());
        let axis = axis(own.unwrap_or(i64::try_from(at).unwrap_or(i64::MAX)), shape.len())?;
        let step = steps.and_then(|steps| steps.get(at).copied()).unwrap_or(1);
        let size = i64::try_from(shape[axis]).unwrap_or(i64::MAX);
        let from_front = |place: i64| if place < 0 { place.saturating_add(size) } else { place };
        let (start, end) = match step {
            0 => return Err("a step is 0".into()),
            1.. => (from_front(*start).clamp(0, size), from_front(*end).clamp(0, size)),
            _ => (from_front(*start).clamp(0, size - 1), from_front(*end).clamp(-1, size - 1)),
        };
        let distance = if step > 0 { end - start } else { start - end };
        let length =
            usize::try_from(distance.max(0)).unwrap_or(0).div_ceil(step.unsigned_abs().try_into().unwrap_or(1));
        parts.push(Part { axis, start: usize::try_from(start).unwrap_or(0), step, length });
    }
    Ok(parts)
}

fn slice(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let starts = wholes(node, operands, "starts", 1).ok_or("there are no starts")?;
    let ends = wholes(node, operands, "ends", 2).ok_or("there are no ends")?;
    let (axes, steps) = (wholes(node, operands, "axes", 3), wholes(node, operands, "steps", 4));
    let parts = sliced(&x.shape, &starts, &ends, axes.as_deref(), steps.as_deref())?;
    let (own, mut shape) = (strides(&x.shape), x.shape.clone());
    for part in &parts {
        shape[part.axis] = part.length;
    }
    let element = |at: Vec<usize>| {
        let mut at = at;
        for part in &parts {
            let place = i64::try_from(part.start).unwrap_or(0) + part.step * i64::try_from(at[part.axis]).unwrap_or(0);
            at[part.axis] = usize::try_from(place).unwrap_or(0);
        }
        x.elements[dot(&at, &own)]
    };
    let elements = places(&shape).map(element).collect();
    Ok(Constant { shape, elements: Arc::new(elements), ..x.clone() })
}

/// The sizes of the parts of a `Split`.
pub(crate) fn split_sizes(node: &Node, given: Option<Vec<i64>>, size: usize) -> Result<Vec<usize>, String> {
    if let Some(given) = given {
        let parts = sizes(&given)?;
        let whole: usize = parts.iter().sum();
        return if whole == size { Ok(parts) } else { Err("its parts are not the whole axis".into()) };
    }
    let count = node.attributes.whole("num_outputs").and_then(|count| usize::try_from(count).ok());
    let count = count.unwrap_or(node.outputs.len()).max(1);
    let each = size.div_ceil(count);
    let part = |at: usize| each.min(size.saturating_sub(at * each));
    let parts: Vec<usize> = (0..count).map(part).collect();
    if parts.contains(&0) { Err(format!("{size} places are not {count} parts")) } else { Ok(parts) }
}

fn split(node: &Node, operands: Operands<'_>) -> Results {
    let x = operand(operands, 0)?;
    let at = axis(node.attributes.whole("axis").unwrap_or(0), x.shape.len())?;
    let mut start = 0;
    let mut parts = Vec::new();
    for length in split_sizes(node, wholes(node, operands, "split", 1), x.shape[at])? {
        parts.push(x.narrowed(at, start, length));
        start += length;
    }
    Ok(parts)
}

fn tile(operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let repeats = sizes(&operand(operands, 1)?.whole())?;
    if repeats.len() != x.shape.len() {
        return Err("it has not as many repeats as axes".into());
    }
    let wanted: Vec<i64> = x
        .shape
        .iter()
        .zip(&repeats)
        .map(|(size, count)| i64::try_from(size.saturating_mul(*count)).unwrap_or(-1))
        .collect();
    let shape = sizes(&wanted)?;
    let own = strides(&x.shape);
    let inside = |at: Vec<usize>| at.iter().zip(&x.shape).map(|(at, size)| at % size).collect::<Vec<_>>();
    let elements = places(&shape).map(|at| x.elements[dot(&inside(at), &own)]).collect();
    Ok(Constant { shape, elements: Arc::new(elements), ..x.clone() })
}

fn trilu(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let k = operands.get(1).copied().flatten().and_then(Constant::number).unwrap_or(0.0);
    let is_upper = node.attributes.whole("upper").unwrap_or(1) != 0;
    if x.shape.len() < 2 {
        return Err("it is no matrix".into());
    }
    #[allow(clippy::cast_precision_loss)] // small sizes
    let kept = |at: &[usize]| {
        let [.., row, column] = at else { return false };
        let distance = *column as f64 - *row as f64;
        if is_upper { distance >= k } else { distance <= k }
    };
    let elements =
        places(&x.shape).zip(x.elements.iter()).map(|(at, element)| if kept(&at) { *element } else { 0.0 }).collect();
    Ok(Constant { elements: Arc::new(elements), name: None, ..x.clone() })
}

#[allow(clippy::cast_precision_loss)] // small sizes
fn non_zero(operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let found: Vec<Vec<usize>> =
        places(&x.shape).zip(x.elements.iter()).filter(|(_, element)| **element != 0.0).map(|(at, _)| at).collect();
    let rank = x.shape.len();
    let elements = (0..rank).flat_map(|axis| found.iter().map(move |at| at[axis] as f64)).collect();
    Ok(Constant::new(Kind::Whole, vec![rank, found.len()], elements))
}

fn reduce(node: &Node, operands: Operands<'_>) -> Result<Constant, String> {
    let x = operand(operands, 0)?;
    let rank = x.shape.len();
    let axes: Vec<usize> = match wholes(node, operands, "axes", 1) {
        Some(axes) if !axes.is_empty() => axes.iter().map(|at| axis(*at, rank)).collect::<Result<_, String>>()?,
        _ if node.attributes.whole("noop_with_empty_axes") == Some(1) => return Ok(x.clone()),
        _ => (0..rank).collect(),
    };
    let shape: Vec<usize> =
        x.shape.iter().enumerate().map(|(at, size)| if axes.contains(&at) { 1 } else { *size }).collect();
    let own = strides(&shape);
    let moved: Vec<usize> = own.iter().enumerate().map(|(at, own)| if axes.contains(&at) { 0 } else { *own }).collect();
    let (start, join): (f64, fn(f64, f64) -> f64) = match node.operator.as_str() {
        "ReduceProd" => (1.0, |a, b| a * b),
        "ReduceMax" => (f64::NEG_INFINITY, f64::max),
        "ReduceMin" => (f64::INFINITY, f64::min),
        _ => (0.0, |a, b| a + b),
    };
    let mut elements = vec![start; shape.iter().product()];
    for (at, element) in places(&x.shape).zip(x.elements.iter()) {
        let place = &mut elements[dot(&at, &moved)];
        *place = join(*place, *element);
    }
    if node.operator == "ReduceMean" {
        #[allow(clippy::cast_precision_loss)] // few elements
        let count = (x.elements.len() / elements.len().max(1)) as f64;
        elements.iter_mut().for_each(|element| *element /= count);
    }
    let result = Constant::new(x.kind, shape, elements);
    if node.attributes.whole("keepdims") == Some(0) {
        let kept =
            result.shape.iter().enumerate().filter(|(at, _)| !axes.contains(at)).map(|(_, size)| *size).collect();
        return Ok(result.reshaped(kept));
    }
    Ok(result)
}
