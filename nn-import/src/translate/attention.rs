//! Attention, which exporters take apart: a softmax of scaled products, times values.

use super::call::Call;
use super::value::{Computed, Value};
use super::{Reason, permute};
use crate::constant::{Constant, Kind};
use crate::graph::Node;
use crate::network::Expression;

/// `softmax(query @ key.T / sqrt(E) + mask) @ value`, if a product is the last one of such attention.
pub(super) fn attention(call: &mut Call<'_>) -> Result<Option<Vec<Value>>, Reason> {
    let Some(found) = find(call) else { return Ok(None) };
    let Found { query, key, turned, is_causal } = found;
    let value = call.computed(1)?;
    let rank = query.shape.len();
    if rank < 2 || key.shape.len() != rank || value.shape.len() != rank {
        return Ok(None);
    }
    let key = if turned {
        key
    } else {
        let order: Vec<usize> = (0..rank - 2).chain([rank - 1, rank - 2]).collect();
        permute::permuted(call, &key, &order)?
    };
    if query.shape[..rank - 2] != key.shape[..rank - 2] || query.shape[..rank - 2] != value.shape[..rank - 2] {
        return Ok(None);
    }
    let mut dropped: Vec<bool> =
        (0..rank).map(|at| query.dropped[at] || key.dropped[at] || value.dropped[at]).collect();
    dropped[rank - 2..].fill(false);
    let mut operands = Vec::new();
    for one in [&query, &key, &value] {
        operands.push(call.with_dropped(one, &dropped)?);
    }
    if is_causal {
        operands.push(Expression::Text("causal = true".into()));
    }
    let mut shape = query.shape.clone();
    shape[rank - 1] = value.shape[rank - 1];
    let expression = Expression::Function("scaled_dot_product_attention".into(), operands);
    Ok(Some(vec![call.result(shape, dropped, Kind::Real, expression)]))
}

/// What the product in front of the softmax is of.
struct Found {
    query: Computed,
    key: Computed,
    /// Whether the key has the positions in front of the channels.
    turned: bool,
    is_causal: bool,
}

fn find(call: &Call<'_>) -> Option<Found> {
    let softmax = producer(call, call.node.input(0)?, "Softmax")?;
    let rank = i64::try_from(call.value(0).ok()?.shape().len()).ok()?;
    let axis = softmax.attributes.whole("axis").unwrap_or(-1);
    if axis != -1 && axis != rank - 1 {
        return None;
    }
    let mut scores = softmax.input(0)?.to_string();
    let mut is_causal = false;
    if let Some(sum) = producer(call, &scores, "Add") {
        let mask = constant(call, sum.input(1)?)?;
        is_causal = causal(&mask)?;
        scores = sum.input(0)?.to_string();
    }
    let mut scale = 1.0;
    scores = unscaled(call, &scores, &mut scale);
    let product = producer(call, &scores, "MatMul")?;
    let query = unscaled(call, product.input(0)?, &mut scale);
    let mut key = unscaled(call, product.input(1)?, &mut scale);
    let mut turned = false;
    if let Some(transpose) = producer(call, &key, "Transpose") {
        let order = transpose.attributes.wholes("perm")?;
        let rank = i64::try_from(order.len()).ok()?;
        let swaps = order.iter().zip(0..).all(|(at, own)| {
            *at == if own == rank - 1 {
                rank - 2
            } else if own == rank - 2 {
                rank - 1
            } else {
                own
            }
        });
        if swaps {
            key = unscaled(call, transpose.input(0)?, &mut scale);
            turned = true;
        }
    }
    let [query, key] = [query, key].map(|name| match call.translation.values.get(&name) {
        Some(Value::Computed(value)) => Some(value.clone()),
        _ => None,
    });
    let (query, key) = (query?, key?);
    #[allow(clippy::cast_precision_loss)] // few channels
    let wanted = 1.0 / (*query.shape.last()? as f64).sqrt();
    ((scale / wanted - 1.0).abs() < 1e-5).then_some(Found { query, key, turned, is_causal })
}

/// The operator that gives a value, if it is of a kind.
fn producer<'a>(call: &'a Call<'_>, name: &str, operator: &str) -> Option<&'a Node> {
    call.translation.producers.get(name).map(std::rc::Rc::as_ref).filter(|node| node.operator == operator)
}

fn constant(call: &Call<'_>, name: &str) -> Option<Constant> {
    call.translation.values.get(name).and_then(super::constant).cloned()
}

/// A value without a factor or divisor, which the scale takes.
fn unscaled(call: &Call<'_>, name: &str, scale: &mut f64) -> String {
    for (operator, is_quotient) in [("Mul", false), ("Div", true)] {
        let Some(node) = producer(call, name, operator) else { continue };
        let (Some(x), Some(by)) = (node.input(0), node.input(1)) else { continue };
        let Some(factor) = constant(call, by).and_then(|factor| factor.number()) else { continue };
        *scale *= if is_quotient { 1.0 / factor } else { factor };
        return x.to_string();
    }
    name.to_string()
}

/// Whether a mask leaves to each position those up to its own (`true`) or all (`false`); `None` if it is another one.
fn causal(mask: &Constant) -> Option<bool> {
    if mask.elements.iter().all(|element| *element == 0.0) {
        return Some(false);
    }
    let [.., rows, columns] = mask.shape[..] else { return None };
    let is_causal = rows == columns
        && mask.elements.iter().enumerate().all(|(at, element)| {
            let (row, column) = (at / columns % rows, at % columns);
            if column > row { *element < -1e30 } else { *element == 0.0 }
        });
    is_causal.then_some(true)
}
