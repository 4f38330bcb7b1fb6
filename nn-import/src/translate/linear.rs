//! Products of matrices: dense layers where one of them is stored.

use super::align::align;
use super::call::Call;
use super::value::{Computed, Value, listed};
use super::{Reason, Results, contraction, permute};
use crate::constant::{Constant, Kind};
use crate::network::Expression;

/// `x @ weight.T + bias` along the last axis, as a layer.
pub(super) fn dense(
    call: &mut Call<'_>,
    x: &Computed,
    weight: &Constant,
    bias: Option<&Constant>,
    path: &str,
) -> Results {
    let [outputs, inputs] = weight.shape[..] else { return Err("its weight is no matrix".into()) };
    let last = x.shape.len() - 1;
    if x.shape[last] != inputs || bias.is_some_and(|bias| bias.shape != [outputs]) {
        return Err("its weight is for another number of features than its input has".into());
    }
    let x = call.with_axes(x, &[last])?;
    let mut tensors = vec![("weight", weight.clone())];
    let mut kind = format!("Linear({inputs} => {outputs}, bias = false)");
    if let Some(bias) = bias {
        tensors.push(("bias", bias.clone()));
        kind = format!("Linear({inputs} => {outputs})");
    }
    let layer = call.layer(path, "linear", kind, tensors);
    let mut shape = x.shape.clone();
    shape[last] = outputs;
    Ok(vec![call.result(shape, x.dropped, Kind::Real, Expression::Layer(layer, vec![x.expression]))])
}

pub(super) fn gemm(call: &mut Call<'_>) -> Results {
    let (alpha, beta) = (call.real("alpha", 1.0), call.real("beta", 1.0));
    let (turned_a, turned_b) = (call.flag("transA", false), call.flag("transB", false));
    let mut a = call.computed(0)?;
    if a.shape.len() != 2 {
        return Err("its first operand is no matrix".into());
    }
    if turned_a {
        a = permute::permuted(call, &a, &[1, 0])?;
    }
    let offset = call.optional(2).filter(|_| beta != 0.0);
    if let Value::Constant(weight) = call.value(1)? {
        let path = call.path(&weight);
        let outputs = weight.shape[usize::from(!turned_b)];
        let weight = if turned_b { weight } else { weight.permuted(&[1, 0]) };
        let weight = if alpha == 1.0 { weight } else { weight.map(|element| alpha * element) };
        let bias = match &offset {
            Some(Value::Constant(offset))
                if offset.elements.len() == outputs && offset.shape.last() == Some(&outputs) =>
            {
                Some(offset.reshaped(vec![outputs]).map(|element| beta * element))
            }
            _ => None,
        };
        let results = dense(call, &a, &weight, bias.as_ref(), &path)?;
        return if bias.is_some() { Ok(results) } else { plus(call, results, beta, offset) };
    }
    let mut b = call.computed(1)?;
    if turned_b {
        b = permute::permuted(call, &b, &[1, 0])?;
    }
    let mut results = product(call, &a, &b)?;
    if alpha != 1.0 {
        let mut aligned = align(call, results)?;
        let scaled = Expression::Number(alpha).binary("*", aligned.operands.remove(0));
        results = vec![aligned.result(call, Kind::Real, scaled)];
    }
    plus(call, results, beta, offset)
}

/// A result plus a multiple of something.
fn plus(call: &mut Call<'_>, mut results: Vec<Value>, beta: f64, offset: Option<Value>) -> Results {
    let Some(offset) = offset else { return Ok(results) };
    let mut aligned = align(call, vec![results.remove(0), offset])?;
    let [sum, offset] = std::mem::take(&mut aligned.operands).try_into().map_err(|_| "two operands are added")?;
    let offset = if beta == 1.0 { offset } else { Expression::Number(beta).binary("*", offset) };
    Ok(vec![aligned.result(call, Kind::Real, sum.binary("+", offset))])
}

pub(super) fn matmul(call: &mut Call<'_>) -> Results {
    let a = call.computed(0)?;
    let b = call.value(1)?;
    match b {
        Value::Constant(weight) if weight.shape.len() == 2 && !a.shape.is_empty() => {
            let path = call.path(&weight);
            dense(call, &a, &weight.permuted(&[1, 0]), None, &path)
        }
        other => {
            let b = call.compute(other);
            product(call, &a, &b)
        }
    }
}

/// The product of two tensors of matrices.
fn product(call: &mut Call<'_>, a: &Computed, b: &Computed) -> Results {
    let (rank_a, rank_b) = (a.shape.len(), b.shape.len());
    if rank_a < 2 || rank_b < 2 {
        return contraction::product(call, a, b);
    }
    let front_a = a.shape[..rank_a - 2].iter().rev();
    let front_b = b.shape[..rank_b - 2].iter().rev();
    let longer = rank_a.max(rank_b) - 2;
    let padded = |front: std::iter::Rev<std::slice::Iter<'_, usize>>| -> Vec<usize> {
        let mut sizes: Vec<usize> = front.copied().collect();
        sizes.resize(longer, 1);
        sizes
    };
    if padded(front_a) != padded(front_b) {
        return contraction::product(call, a, b);
    }
    let rank = rank_a.max(rank_b);
    let widened = |call: &mut Call<'_>, value: &Computed| {
        let shape = [vec![1; rank - value.shape.len()], value.shape.clone()].concat();
        super::views::reshaped(call, value, shape)
    };
    let (a, b) = (widened(call, a)?, widened(call, b)?);
    let mut dropped: Vec<bool> = a.dropped.iter().zip(&b.dropped).map(|(a, b)| *a || *b).collect();
    dropped[rank - 2] = false;
    dropped[rank - 1] = false;
    let left = call.with_dropped(&a, &dropped)?;
    let right = call.with_dropped(&b, &dropped)?;
    let mut shape = a.shape.clone();
    shape[rank - 1] = b.shape[rank - 1];
    if a.shape[rank - 1] != b.shape[rank - 2] {
        return Err(format!("[{}] and [{}] cannot be multiplied", listed(&a.shape), listed(&b.shape)).into());
    }
    let expression = Expression::Function("matmul".into(), vec![left, right]);
    Ok(vec![call.result(shape, dropped, Kind::Real, expression)])
}

/// A dense layer without a bias to which one is added: the same layer with the bias.
pub(super) fn with_bias(call: &mut Call<'_>) -> Result<Option<Vec<Value>>, Reason> {
    for (at, other) in [(0, 1), (1, 0)] {
        let (Some(Value::Computed(sum)), Some(Value::Constant(bias))) = (call.optional(at), call.optional(other))
        else {
            continue;
        };
        let name = call.node.input(at).unwrap_or_default();
        let is_used_once = call.translation.uses.get(name) == Some(&1);
        let Some((layer, operand)) = call.translation.layer_call(&sum.expression) else { continue };
        let layer = call.translation.network.layers[layer].clone();
        let outputs = *sum.shape.last().unwrap_or(&0);
        let fits = bias.elements.len() == outputs && bias.shape.last() == Some(&outputs);
        let [(_, weight)] = layer.tensors.as_slice() else { continue };
        if !is_used_once || !fits || layer.word != "linear" {
            continue;
        }
        let path =
            if layer.path.is_empty() || layer.path == call.node.scope { call.path(&bias) } else { layer.path.clone() };
        let kind = layer.kind.replace(", bias = false", "");
        let tensors = vec![("weight", weight.clone()), ("bias", bias.reshaped(vec![outputs]))];
        let layer = call.layer(&path, "linear", kind, tensors);
        let expression = Expression::Layer(layer, vec![operand]);
        return Ok(Some(vec![call.result(sum.shape, sum.dropped, Kind::Real, expression)]));
    }
    Ok(None)
}

impl super::Translation {
    /// The layer and its operand, if a value is the call of a layer with one operand.
    pub(super) fn layer_call(&self, value: &Expression) -> Option<(usize, Expression)> {
        let Expression::Value(at, 0) = value else { return None };
        let Expression::Layer(layer, operands) = &self.network.definitions[*at].expression else { return None };
        if let [operand] = operands.as_slice() { Some((*layer, operand.clone())) } else { None }
    }
}
