//! Layer norms as Keras computes them: `x * s + (bias - mean * s)`, where `s` is the factor over the deviation.

use super::Reason;
use super::call::Call;
use super::norm::layer_norm_of;
use super::value::{Computed, Value};
use crate::constant::{Constant, Kind};
use crate::network::Expression;

/// What a norm is made of.
struct Found {
    x: Expression,
    weight: Option<Expression>,
    bias: Expression,
    eps: f64,
}

/// The layer that a sum is the end of.
pub(super) fn layer_norm(call: &mut Call<'_>, results: &[Value]) -> Result<Option<Vec<Value>>, Reason> {
    let [Value::Computed(result)] = results else { return Ok(None) };
    let Some(found) = call.translation.expanded_norm(&result.expression) else { return Ok(None) };
    let (Some(axis), Some(count)) = (result.shape.len().checked_sub(1), result.shape.last().copied()) else {
        return Ok(None);
    };
    let ones = || Some(Constant::new(Kind::Real, vec![count], vec![1.0; count]));
    let weight = match &found.weight {
        Some(weight) => call.translation.vector(weight, count),
        None => ones(),
    };
    let (Some(weight), Some(bias)) = (weight, call.translation.vector(&found.bias, count)) else { return Ok(None) };
    let path = bias.name.clone().or_else(|| weight.name.clone()).unwrap_or_default();
    // a name of a tensor is that of a layer and of its tensor
    let weight = Constant { name: Some(format!("{path}.weight")).filter(|_| !path.is_empty()), ..weight };
    let more =
        if (found.eps - 1e-5).abs() < 1e-9 { Vec::new() } else { vec![format!("eps = {}", super::number(found.eps))] };
    let value = Computed { expression: found.x, ..result.clone() };
    layer_norm_of(call, &value, axis, Some(&weight), Some(&bias), ("LayerNorm", more)).map(Some)
}

impl super::Translation {
    fn expanded_norm(&self, sum: &Expression) -> Option<Found> {
        let Expression::Binary("+", scaled, rest) = self.resolved(sum) else { return None };
        let Expression::Binary("*", x, factor) = self.resolved(scaled) else { return None };
        let (bias, mean) = self.offset(rest, factor)?;
        let (weight, deviation) = match self.resolved(factor) {
            Expression::Binary("*", deviation, weight) => (Some((**weight).clone()), &**deviation),
            _ => (None, &**factor),
        };
        let eps = self.inverse_deviation(deviation, x)?;
        (self.mean_of_last(&mean)? == **x).then(|| Found { x: (**x).clone(), weight, bias, eps })
    }

    /// `bias - mean * s` or `-mean * s + bias`: the bias and the mean.
    fn offset(&self, rest: &Expression, factor: &Expression) -> Option<(Expression, Expression)> {
        let product = |value: &Expression| match self.resolved(value) {
            Expression::Binary("*", mean, own) if **own == *factor => Some((**mean).clone()),
            _ => None,
        };
        match self.resolved(rest) {
            Expression::Binary("-", bias, value) => Some(((**bias).clone(), product(value)?)),
            Expression::Binary("+", value, bias) => {
                let negative = product(value)?;
                let Expression::Negative(mean) = self.resolved(self.widened(&negative)) else { return None };
                Some(((**bias).clone(), (**mean).clone()))
            }
            _ => None,
        }
    }

    /// `1 / sqrt(mean((x - mean(x))^2) + eps)`: what is added.
    fn inverse_deviation(&self, value: &Expression, x: &Expression) -> Option<f64> {
        let Expression::Binary("/", one, root) = self.resolved(self.widened(value)) else { return None };
        let Expression::Method(name, operands) = self.resolved(root) else { return None };
        let inside = operands.first().filter(|_| name == "sqrt" && **one == Expression::Number(1.0))?;
        let Expression::Binary("+", variance, eps) = self.resolved(inside) else { return None };
        let squares = self.mean_of_last(variance)?;
        let Expression::Method(name, operands) = self.resolved(&squares) else { return None };
        let distance = operands.first().filter(|_| name == "sq")?;
        let Expression::Binary("-", a, b) = self.resolved(distance) else { return None };
        let is_distance =
            [(a, b), (b, a)].into_iter().any(|(own, mean)| **own == *x && self.mean_of_last(mean) == Some(x.clone()));
        match **eps {
            Expression::Number(eps) if is_distance => Some(eps),
            _ => None,
        }
    }

    /// The elements of a parameter along the last axis, or of a number for all of them.
    fn vector(&self, value: &Expression, count: usize) -> Option<Constant> {
        match value {
            Expression::Number(number) => Some(Constant::new(Kind::Real, vec![count], vec![*number; count])),
            Expression::Parameter(layer) => {
                let (_, tensor) = self.network.layers[*layer].tensors.first()?;
                (tensor.elements.len() == count).then(|| tensor.reshaped(vec![count]))
            }
            _ => None,
        }
    }
}
