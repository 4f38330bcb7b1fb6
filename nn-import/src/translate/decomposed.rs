//! Layer norms that exporters take apart: a quotient, then a factor and an offset.

use super::Reason;
use super::call::Call;
use super::norm::layer_norm_of;
use super::value::{Computed, Value};
use crate::constant::{Constant, Kind};
use crate::network::Expression;

/// `(x - mean) / sqrt(mean of squares + eps)` along the last axis, without parameters.
pub(super) fn quotient(call: &mut Call<'_>, results: &[Value]) -> Result<Option<Vec<Value>>, Reason> {
    let [Value::Computed(result)] = results else { return Ok(None) };
    let Some((x, eps)) = call.translation.normed(&result.expression) else { return Ok(None) };
    let value = Computed { expression: x, ..result.clone() };
    let more = if (eps - 1e-5).abs() < 1e-9 { Vec::new() } else { vec![format!("eps = {}", super::number(eps))] };
    layer_norm_of(call, &value, result.shape.len() - 1, None, None, ("LayerNorm", more)).map(Some)
}

/// A layer norm without a factor or an offset that is given one: the same layer with it.
pub(super) fn affine(call: &mut Call<'_>) -> Result<Option<Vec<Value>>, Reason> {
    let is_offset = call.node.operator == "Add";
    for (at, other) in [(0, 1), (1, 0)] {
        let (Some(Value::Computed(normed)), Some(Value::Constant(one))) = (call.optional(at), call.optional(other))
        else {
            continue;
        };
        let Some((layer, x)) = call.translation.layer_call(&normed.expression) else { continue };
        let layer = call.translation.network.layers[layer].clone();
        let count = *normed.shape.last().unwrap_or(&0);
        let Some(arguments) = layer.kind.strip_prefix("LayerNorm(").and_then(|rest| rest.strip_suffix(')')) else {
            continue;
        };
        let is_bare = arguments.ends_with("elementwise_affine = false");
        let has_factor = arguments.ends_with("bias = false");
        let fits = one.elements.len() == count && one.shape.last() == Some(&count);
        if !fits || !(is_bare || has_factor && is_offset) {
            continue;
        }
        let more: Vec<String> = arguments.split(", ").filter(|one| one.starts_with("eps")).map(String::from).collect();
        let ones = Constant { name: one.name.clone(), ..Constant::new(Kind::Real, vec![count], vec![1.0; count]) };
        let weight = match (is_offset, layer.tensors.first()) {
            (false, _) => one.clone(),
            (true, Some((_, weight))) => weight.clone(),
            (true, None) => ones,
        };
        let value = Computed { expression: x, ..normed.clone() };
        let axis = normed.shape.len() - 1;
        let bias = is_offset.then_some(&one);
        return layer_norm_of(call, &value, axis, Some(&weight), bias, ("LayerNorm", more)).map(Some);
    }
    Ok(None)
}

impl super::Translation {
    /// The value that is normed, and `eps`.
    fn normed(&self, value: &Expression) -> Option<(Expression, f64)> {
        let Expression::Binary("/", distance, deviation) = self.resolved(value) else { return None };
        let Expression::Binary("-", x, mean) = self.resolved(distance) else { return None };
        if self.mean_of_last(mean)? != **x {
            return None;
        }
        let Expression::Method(name, operands) = self.resolved(self.widened(deviation)) else { return None };
        let Expression::Binary("+", variance, eps) = self.resolved(operands.first().filter(|_| name == "sqrt")?) else {
            return None;
        };
        let squares = self.mean_of_last(variance)?;
        let is_square = match self.resolved(&squares) {
            Expression::Method(name, operands) => name == "sq" && operands.first() == Some(distance),
            Expression::Binary("*", a, b) => a == distance && b == distance,
            _ => false,
        };
        let (Expression::Number(eps), true) = (&**eps, is_square) else { return None };
        Some(((**x).clone(), *eps))
    }

    /// A value without axes of size 1 that it was given.
    pub(super) fn widened<'a>(&'a self, value: &'a Expression) -> &'a Expression {
        match self.resolved(value) {
            Expression::Method(name, operands) if name == "unsqueeze" || name == "reshape" => {
                operands.first().unwrap_or(value)
            }
            _ => value,
        }
    }

    /// What a value is the mean of along the last axis.
    pub(super) fn mean_of_last(&self, value: &Expression) -> Option<Expression> {
        let Expression::Method(name, operands) = self.resolved(self.widened(value)) else { return None };
        let operand = operands.first().filter(|_| name == "mean")?;
        let last = self.sizes_of(operand)?.len().checked_sub(1)?;
        let axis = match operands.get(1) {
            Some(Expression::Text(text)) => text.strip_prefix("axis = ")?.parse().ok()?,
            None => 0,
            Some(_) => return None,
        };
        (axis == last).then(|| operand.clone())
    }
}
