//! Axes that change places.

use super::call::Call;
use super::value::{Computed, Element, Value, listed};
use super::{Reason, Results};
use crate::graph::making;
use crate::network::Expression;

pub(super) fn transpose(call: &mut Call<'_>) -> Results {
    let value = call.computed(0)?;
    let order = making::order(call.node, value.shape.len())?;
    permuted(call, &value, &order).map(|value| vec![Value::Computed(value)])
}

/// The axes in another order; those that the network does without cost nothing.
pub(super) fn permuted(call: &mut Call<'_>, value: &Computed, order: &[usize]) -> Result<Computed, Reason> {
    let shape: Vec<usize> = order.iter().map(|axis| value.shape[*axis]).collect();
    let dropped: Vec<bool> = order.iter().map(|axis| value.dropped[*axis]).collect();
    let own: Vec<usize> = order.iter().filter_map(|axis| value.own_axis(*axis)).collect();
    let sizes = value.present();
    // axes of size 1 change places without moving an element
    let long: Vec<usize> = own.iter().copied().filter(|axis| sizes[*axis] != 1).collect();
    let changed: Vec<usize> = own.iter().enumerate().filter(|(at, axis)| at != *axis).map(|(at, _)| at).collect();
    if !changed.is_empty() && matches!(value.kind, Element::Index(_)) {
        return Err("the axes of an input of indices change places".into());
    }
    let expression = if changed.is_empty() {
        value.expression.clone()
    } else if let Some((base, order)) = call.translation.unpermuted(&value.expression, own.len()) {
        // the axes changed places before: once is enough
        reordered(base, &own.iter().map(|axis| order[*axis]).collect::<Vec<_>>())
    } else if long.is_sorted() {
        let moved: Vec<usize> = own.iter().map(|axis| sizes[*axis]).collect();
        value.expression.clone().method("reshape", &listed(&moved))
    } else {
        reordered(value.expression.clone(), &own)
    };
    let expression = call.define(expression);
    Ok(Computed { shape, dropped, expression, ..value.clone() })
}

/// A value of the network with its axes in another order.
fn reordered(value: Expression, order: &[usize]) -> Expression {
    let changed: Vec<usize> = order.iter().enumerate().filter(|(at, axis)| at != *axis).map(|(at, _)| at).collect();
    match changed[..] {
        [] => value,
        [a, b] => value.method("transpose", &format!("{a}, {b}")),
        _ => value.method("permute", &listed(order)),
    }
}

impl super::Translation {
    /// The value that a value has the axes of in another order, and the order.
    fn unpermuted(&self, value: &Expression, rank: usize) -> Option<(Expression, Vec<usize>)> {
        let Expression::Value(at, 0) = value else { return None };
        let Expression::Method(name, operands) = &self.network.definitions[*at].expression else { return None };
        let [base, Expression::Text(text)] = operands.as_slice() else { return None };
        let numbers: Vec<usize> = text.split(", ").map(|one| one.parse().ok()).collect::<Option<_>>()?;
        match (name.as_str(), numbers.as_slice()) {
            ("transpose", [a, b]) if *a < rank && *b < rank => {
                let mut order: Vec<usize> = (0..rank).collect();
                order.swap(*a, *b);
                Some((base.clone(), order))
            }
            ("permute", order) if order.len() == rank => Some((base.clone(), order.to_vec())),
            _ => None,
        }
    }
}
