//! Operators that change the form of tensors, and not their elements.

use super::call::Call;
use super::value::{Computed, Element, Value, listed, present};
use super::{Reason, Results};
use crate::constant::broadcast;
use crate::graph::{axis, making, parts};
use crate::network::Expression;

pub(super) fn reshape(call: &mut Call<'_>) -> Results {
    let wanted = call.wholes("shape", 1)?.ok_or("there is no shape")?;
    let allows_zero = call.flag("allowzero", false);
    view(call, |shape| making::reshaped(shape, &wanted, allows_zero))
}

pub(super) fn flatten(call: &mut Call<'_>) -> Results {
    let node = call.node;
    view(call, |shape| making::flattened(node, shape))
}

pub(super) fn squeeze(call: &mut Call<'_>) -> Results {
    let axes = call.wholes("axes", 1)?;
    view(call, |shape| making::squeezed(shape, axes.as_deref()))
}

pub(super) fn unsqueeze(call: &mut Call<'_>) -> Results {
    let axes = call.wholes("axes", 1)?.ok_or("there are no axes")?;
    view(call, |shape| making::unsqueezed(shape, &axes))
}

/// Another shape of the same elements.
fn view(call: &mut Call<'_>, shape: impl FnOnce(&[usize]) -> Result<Vec<usize>, String>) -> Results {
    let value = call.value(0)?;
    let shape = shape(value.shape())?;
    match value {
        Value::Constant(constant) => Ok(vec![Value::Constant(constant.reshaped(shape))]),
        Value::Computed(value) => reshaped(call, &value, shape).map(|value| vec![Value::Computed(value)]),
    }
}

/// The value in another shape: nothing is done if only axes of size 1 differ, which the network can do without.
pub(super) fn reshaped(call: &mut Call<'_>, value: &Computed, shape: Vec<usize>) -> Result<Computed, Reason> {
    // a shape that is given another shape: the first one does not matter
    let value = &call.translation.unviewed(value);
    if let Some(dropped) = matched(&value.present(), &shape) {
        return Ok(Computed { shape, dropped, ..value.clone() });
    }
    if matches!(value.kind, Element::Index(_)) {
        return Err("an input of indices is given another shape".into());
    }
    let mut dropped = vec![false; shape.len()];
    if value.dropped.contains(&true) && shape.first() == Some(&1) {
        dropped[0] = true;
    }
    let sizes = present(&shape, &dropped);
    let expression = match sizes.as_slice() {
        [_] => value.expression.clone().method("flatten", ""),
        sizes => value.expression.clone().method("reshape", &listed(sizes)),
    };
    let expression = call.define(expression);
    call.translation.remember_view(&expression, value);
    Ok(Computed { shape, dropped, expression, ..value.clone() })
}

impl super::Translation {
    /// Notes that a value has the elements of another one.
    fn remember_view(&mut self, view: &Expression, of: &Computed) {
        if let Expression::Value(at, 0) = view {
            self.views.insert(*at, of.clone());
        }
    }

    /// The value that a value is another shape of.
    fn unviewed(&self, value: &Computed) -> Computed {
        match &value.expression {
            Expression::Value(at, 0) => self.views.get(at).unwrap_or(value).clone(),
            _ => value.clone(),
        }
    }
}

/// The axes of a shape that can be dropped so that these sizes are left.
fn matched(sizes: &[usize], shape: &[usize]) -> Option<Vec<bool>> {
    // from the end, so that axes in front are dropped
    let mut dropped = vec![false; shape.len()];
    let mut rest = sizes;
    for (at, size) in shape.iter().enumerate().rev() {
        match rest.split_last() {
            Some((last, front)) if last == size => rest = front,
            _ if *size == 1 => dropped[at] = true,
            _ => return None,
        }
    }
    rest.is_empty().then_some(dropped)
}

pub(super) fn expand(call: &mut Call<'_>) -> Results {
    let wanted = call.wholes("shape", 1)?.ok_or("there is no shape")?;
    let wanted: Vec<usize> = wanted.iter().map(|size| usize::try_from(*size).unwrap_or(1)).collect();
    let value = call.computed(0)?;
    let shape = broadcast(&[&value.shape, &wanted]).ok_or("the shapes do not go together")?;
    let value = reshaped(call, &value, [vec![1; shape.len() - value.shape.len()], value.shape.clone()].concat())?;
    let counts: Vec<usize> = shape.iter().zip(&value.shape).map(|(size, own)| size / own).collect();
    repeated(call, &value, &counts)
}

pub(super) fn tile(call: &mut Call<'_>) -> Results {
    let counts = call.wholes("repeats", 1)?.ok_or("there are no repeats")?;
    let value = call.computed(0)?;
    let counts: Vec<usize> = counts.iter().map(|count| usize::try_from(*count).unwrap_or(0)).collect();
    if counts.len() != value.shape.len() || counts.contains(&0) {
        return Err("its repeats are not one or more for each axis".into());
    }
    repeated(call, &value, &counts)
}

fn repeated(call: &mut Call<'_>, value: &Computed, counts: &[usize]) -> Results {
    if counts.iter().all(|count| *count == 1) {
        return Ok(vec![Value::Computed(value.clone())]);
    }
    let axes: Vec<usize> = (0..counts.len()).filter(|axis| counts[*axis] > 1).collect();
    let value = call.with_axes(value, &axes)?;
    let own: Vec<usize> =
        counts.iter().zip(&value.dropped).filter(|(_, dropped)| !**dropped).map(|(n, _)| *n).collect();
    let shape = value.shape.iter().zip(counts).map(|(size, count)| size * count).collect();
    let expression = call.define(value.expression.clone().method("repeat", &listed(&own)));
    Ok(vec![Value::Computed(Computed { shape, expression, ..value })])
}

pub(super) fn concat(call: &mut Call<'_>) -> Results {
    let values: Vec<Value> = (0..call.node.inputs.len()).map(|at| call.value(at)).collect::<Result<_, Reason>>()?;
    let kind = values.first().map(Value::kind).ok_or("there is nothing to put one behind the other")?;
    let rank = values[0].shape().len();
    let at = call.axis(1, rank)?;
    let mut shape = values[0].shape().to_vec();
    shape[at] = values.iter().map(|value| value.shape().get(at).copied().unwrap_or(0)).sum();
    let values: Vec<Value> = values.into_iter().filter(|value| value.shape().get(at) != Some(&0)).collect();
    let agrees = |value: &Value| {
        let own = value.shape();
        own.len() == rank && (0..rank).all(|axis| axis == at || own[axis] == shape[axis])
    };
    if !values.iter().all(agrees) {
        return Err("the shapes of its operands do not go together".into());
    }
    let mut dropped: Vec<bool> = vec![false; rank];
    for value in &values {
        if let Value::Computed(value) = value {
            dropped.iter_mut().zip(&value.dropped).for_each(|(all, own)| *all |= *own);
        }
    }
    dropped[at] = false;
    let mut operands = Vec::new();
    for value in values {
        let value = match value {
            Value::Computed(value) => value,
            Value::Constant(constant) => {
                let sizes = present(&constant.shape, &dropped);
                let value = call.compute(Value::Constant(constant.reshaped(sizes)));
                Computed { shape: constant.shape, dropped: dropped.clone(), ..value }
            }
        };
        operands.push(call.with_dropped(&value, &dropped)?);
    }
    let own = dropped[..at].iter().filter(|dropped| !**dropped).count();
    if let [one] = operands.as_slice() {
        let one = one.clone();
        return Ok(vec![call.result(shape, dropped, kind, one)]);
    }
    operands.push(Expression::Text(format!("axis = {own}")));
    Ok(vec![call.result(shape, dropped, kind, Expression::Function("concat".into(), operands))])
}

pub(super) fn split(call: &mut Call<'_>) -> Results {
    let value = call.computed(0)?;
    let at = call.axis(0, value.shape.len())?;
    let given = call.wholes("split", 1)?;
    let lengths = parts::split_sizes(call.node, given, value.shape[at])?;
    let value = call.with_axes(&value, &[at])?;
    let own = value.own_axis(at).ok_or("the axis is not there")?;
    let whole = call.define(value.expression.clone());
    let (mut start, mut results) = (0, Vec::new());
    for length in lengths {
        let mut shape = value.shape.clone();
        shape[at] = length;
        let part = whole.clone().method("narrow", &format!("{own}, {start}, {length}"));
        let expression = call.define(part);
        results.push(Value::Computed(Computed { shape, expression, ..value.clone() }));
        start += length;
    }
    Ok(results)
}

/// The size of the blocks, if they divide the image.
fn block_size(call: &Call<'_>, divides: impl Fn(usize) -> bool) -> Result<usize, Reason> {
    let size = usize::try_from(call.whole("blocksize", 1)).unwrap_or(0);
    let is_block = (1..1 << 15).contains(&size) && divides(size);
    if is_block { Ok(size) } else { Err(format!("blocks of {size} do not divide its image").into()) }
}

pub(super) fn depth_to_space(call: &mut Call<'_>) -> Results {
    let columns_first = call.node.attributes.text("mode") != Some("CRD");
    let value = call.computed(0)?;
    let [count, channels, rows, columns] = value.shape[..] else { return Err("it is no image".into()) };
    let factor = block_size(call, |block| channels % (block * block) == 0)?;
    let shape = vec![count, channels / (factor * factor), rows * factor, columns * factor];
    let inner = shape[1];
    let (expression, is_one) = call.for_each_sample(&value, |call, x| {
        if !columns_first {
            return Ok(x.method("pixel_shuffle", &factor.to_string()));
        }
        let text = format!(
            "(x: [{channels}, {rows}, {columns}]) -> y: [{inner}, {}, {}] {{\n    \
             y[c: {inner}, h*{factor} + i, w*{factor} + j] = x[i*{} + j*{inner} + c, h, w];\n}}",
            rows * factor,
            columns * factor,
            factor * inner,
        );
        let name = call.formula("depth_to_space", text);
        Ok(x.method(&name, ""))
    })?;
    sampled(call, shape, is_one, expression)
}

pub(super) fn space_to_depth(call: &mut Call<'_>) -> Results {
    let value = call.computed(0)?;
    let [count, channels, rows, columns] = value.shape[..] else { return Err("it is no image".into()) };
    let factor = block_size(call, |block| rows % block == 0 && columns % block == 0)?;
    let shape = vec![count, channels * factor * factor, rows / factor, columns / factor];
    let (expression, is_one) = call.for_each_sample(&value, |call, x| {
        let text = format!(
            "(x: [{channels}, {rows}, {columns}]) -> y: [{}, {}, {}] {{\n    \
             y[i*{} + j*{channels} + c, h, w] = x[c, h*{factor} + i, w*{factor} + j];\n}}",
            channels * factor * factor,
            rows / factor,
            columns / factor,
            factor * channels,
        );
        let name = call.formula("space_to_depth", text);
        Ok(x.method(&name, ""))
    })?;
    sampled(call, shape, is_one, expression)
}

/// A result for each sample; that of a batch of one has no axis of the batch.
pub(super) fn sampled(call: &mut Call<'_>, shape: Vec<usize>, is_one: bool, expression: Expression) -> Results {
    let mut dropped = vec![false; shape.len()];
    dropped[0] = is_one;
    Ok(vec![call.result(shape, dropped, crate::constant::Kind::Real, expression)])
}

/// The axes that an operator names, from the front.
pub(super) fn axes(list: &[i64], rank: usize) -> Result<Vec<usize>, Reason> {
    Ok(list.iter().map(|at| axis(*at, rank)).collect::<Result<_, String>>()?)
}
