//! Operands in shapes that the language broadcasts.

use super::Reason;
use super::call::Call;
use super::value::{Computed, Element, Value, listed, present};
use crate::constant::{Constant, Kind, broadcast};
use crate::network::Expression;

/// A result that is elementwise, with its operands in a form that goes together.
pub(super) struct Aligned {
    pub(super) shape: Vec<usize>,
    pub(super) dropped: Vec<bool>,
    pub(super) operands: Vec<Expression>,
}

impl Aligned {
    /// The result of an expression of the operands.
    pub(super) fn result(self, call: &mut Call<'_>, kind: Kind, expression: Expression) -> Value {
        call.result(self.shape, self.dropped, kind, expression)
    }
}

/// Brings operands to shapes that the language broadcasts: as many axes, or a number.
pub(super) fn align(call: &mut Call<'_>, values: Vec<Value>) -> Result<Aligned, Reason> {
    let shapes: Vec<&[usize]> = values.iter().map(Value::shape).collect();
    let shape = broadcast(&shapes).ok_or("the shapes of its operands do not go together")?;
    let rank = shape.len();
    let mut dropped = vec![false; rank];
    for value in &values {
        if let Value::Computed(value) = value {
            let behind = rank - value.shape.len();
            for (axis, own) in value.dropped.iter().enumerate() {
                dropped[behind + axis] |= *own && shape[behind + axis] == 1;
            }
        }
    }
    let wanted = present(&shape, &dropped).len();
    // a constant of one number can be written as it, unless the shape of the result follows from it
    let others: Vec<&[usize]> = values.iter().filter(|value| uniform(value).is_none()).map(Value::shape).collect();
    let others = broadcast(&others).map(|own| [vec![1; rank - own.len()], own].concat());
    let are_numbers = others.as_ref() == Some(&shape);
    let mut operands = Vec::new();
    for value in values {
        operands.push(match value {
            Value::Constant(constant) => match uniform(&Value::Constant(constant.clone())) {
                Some(number) if are_numbers || constant.shape.is_empty() => Expression::Number(number),
                _ => aligned_constant(call, &constant, &dropped, wanted),
            },
            Value::Computed(value) => aligned_value(call, &value, &dropped, wanted)?,
        });
    }
    Ok(Aligned { shape, dropped, operands })
}

/// The number that all elements of a constant are.
fn uniform(value: &Value) -> Option<f64> {
    let constant = super::constant(value)?;
    let first = constant.elements.first()?;
    constant.elements.iter().all(|element| element == first).then_some(*first)
}

fn aligned_constant(call: &mut Call<'_>, constant: &Constant, dropped: &[bool], wanted: usize) -> Expression {
    let behind = dropped.len() - constant.shape.len();
    let sizes = present(&constant.shape, &dropped[behind..]);
    let shape = [vec![1; wanted - sizes.len()], sizes].concat();
    let constant = constant.reshaped(shape);
    call.compute(Value::Constant(constant)).expression
}

fn aligned_value(call: &mut Call<'_>, value: &Computed, dropped: &[bool], wanted: usize) -> Result<Expression, Reason> {
    if matches!(value.kind, Element::Index(_)) {
        return Err("it computes with an input of indices".into());
    }
    let behind = dropped.len() - value.shape.len();
    let expression = call.with_dropped(value, &dropped[behind..])?;
    let sizes = present(&value.shape, &dropped[behind..]);
    if sizes.is_empty() || sizes.len() == wanted {
        return Ok(expression);
    }
    let sizes = [vec![1; wanted - sizes.len()], sizes].concat();
    Ok(expression.method("reshape", &listed(&sizes)))
}
