//! Functions that exporters take apart, and layers: several operators that are one of the language.

use super::call::Call;
use super::value::Value;
use super::{Results, attention, decomposed, elementwise, expanded_norm, linear, multihead, norm};
use crate::network::Expression;

/// A sum: perhaps the bias of a dense layer.
pub(super) fn add(call: &mut Call<'_>) -> Results {
    if let Some(results) = linear::with_bias(call)? {
        return with_heads(call, results);
    }
    let results = match decomposed::affine(call)? {
        Some(normed) => normed,
        None => elementwise::arithmetic(call)?,
    };
    let results = expanded_norm::layer_norm(call, &results)?.unwrap_or(results);
    Ok(multihead::encoder(call, &results).unwrap_or(results))
}

/// A quotient: perhaps a norm.
pub(super) fn divide(call: &mut Call<'_>) -> Results {
    let results = elementwise::arithmetic(call)?;
    Ok(decomposed::quotient(call, &results)?.unwrap_or(results))
}

/// A dense layer: perhaps the end of attention with several heads.
pub(super) fn gemm(call: &mut Call<'_>) -> Results {
    let results = linear::gemm(call)?;
    with_heads(call, results)
}

fn with_heads(call: &mut Call<'_>, results: Vec<Value>) -> Results {
    remember(call, &results);
    Ok(multihead::attention(call, &results)?.unwrap_or(results))
}

/// A norm: perhaps the end of a block of a transformer.
pub(super) fn layer_norm(call: &mut Call<'_>) -> Results {
    let results = norm::layer_norm(call)?;
    Ok(multihead::encoder(call, &results).unwrap_or(results))
}

/// Notes the sizes of results for what follows from them.
fn remember(call: &mut Call<'_>, results: &[Value]) {
    for result in results {
        if let Value::Computed(result) = result {
            call.translation.remember(&result.expression, &result.present());
        }
    }
}

/// A product of matrices: perhaps the end of attention.
pub(super) fn matmul(call: &mut Call<'_>) -> Results {
    match attention::attention(call)? {
        Some(results) => Ok(results),
        None => linear::matmul(call),
    }
}

/// A product of factors: perhaps an activation.
pub(super) fn multiply(call: &mut Call<'_>) -> Results {
    if let Some(normed) = decomposed::affine(call)? {
        return Ok(normed);
    }
    let results = elementwise::arithmetic(call)?;
    let [Value::Computed(product)] = results.as_slice() else { return Ok(results) };
    let mut factors = Vec::new();
    call.translation.factors(&product.expression, &mut factors);
    let Some((x, name)) = call.translation.activation(&factors) else { return Ok(results) };
    let expression = call.define(x.method(name, ""));
    Ok(vec![Value::Computed(super::value::Computed { expression, ..product.clone() })])
}

impl super::Translation {
    /// What a value is computed by, if it is one of the network.
    pub(super) fn resolved<'a>(&'a self, value: &'a Expression) -> &'a Expression {
        match value {
            Expression::Value(at, 0) => &self.network.definitions[*at].expression,
            other => other,
        }
    }

    /// The factors of a product of products.
    fn factors(&self, value: &Expression, factors: &mut Vec<Expression>) {
        if factors.len() > 4 {
            return;
        }
        match self.resolved(value) {
            Expression::Binary("*", a, b) => {
                self.factors(a, factors);
                self.factors(b, factors);
            }
            Expression::Binary("/", a, b) if **b == Expression::Number(2.0) => {
                self.factors(a, factors);
                factors.push(Expression::Number(0.5));
            }
            _ => factors.push(value.clone()),
        }
    }

    /// The activation that a product is, with its operand.
    fn activation(&self, factors: &[Expression]) -> Option<(Expression, &'static str)> {
        if let [a, b] = factors {
            return [(a, b), (b, a)].into_iter().find_map(|(x, gate)| Some((x.clone(), self.gate(x, gate)?)));
        }
        let half = factors.contains(&Expression::Number(0.5));
        if factors.len() != 3 || !half {
            return None;
        }
        factors.iter().find_map(|x| {
            let is_gelu = |factor: &Expression| self.is_one_plus_erf(factor, x);
            factors.iter().any(is_gelu).then(|| (x.clone(), "gelu"))
        })
    }

    /// The activation that a value times a gate of the same value is.
    fn gate(&self, x: &Expression, gate: &Expression) -> Option<&'static str> {
        let Expression::Method(name, operands) = self.resolved(gate) else { return None };
        let operand = operands.first()?;
        match name.as_str() {
            "sigmoid" if operand == x => Some("silu"),
            "hardsigmoid" if operand == x => Some("hardswish"),
            "tanh" => match self.resolved(operand) {
                Expression::Method(name, inner) if name == "softplus" && inner.first() == Some(x) => Some("mish"),
                _ => None,
            },
            _ => None,
        }
    }

    /// `1 + erf(x / sqrt(2))`.
    fn is_one_plus_erf(&self, value: &Expression, x: &Expression) -> bool {
        let Expression::Binary("+", a, b) = self.resolved(value) else { return false };
        let one = Expression::Number(1.0);
        let erf = if **a == one { b } else { a };
        if **a != one && **b != one {
            return false;
        }
        let Expression::Method(name, operands) = self.resolved(erf) else { return false };
        let Some(operand) = operands.first().filter(|_| name == "erf") else { return false };
        let near = |number: f64, wanted: f64| (number - wanted).abs() < 1e-5;
        match self.resolved(operand) {
            Expression::Binary("/", inner, by) => {
                **inner == *x && matches!(**by, Expression::Number(by) if near(by, std::f64::consts::SQRT_2))
            }
            Expression::Binary("*", a, b) => [(a, b), (b, a)].into_iter().any(|(inner, by)| {
                **inner == *x && matches!(**by, Expression::Number(by) if near(by, std::f64::consts::FRAC_1_SQRT_2))
            }),
            _ => false,
        }
    }
}
