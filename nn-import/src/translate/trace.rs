//! Where the elements of a value come from, if nothing but its form was changed: by following the positions.

use super::Translation;
use crate::constant::{Constant, Kind, places, strided, strides};
use crate::network::Expression;

/// The value that a value has its elements from, and for each element its number there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Traced {
    pub(super) source: Expression,
    pub(super) positions: Vec<usize>,
}

/// Values with more elements are not followed.
const LIMIT: usize = 1 << 20;

impl Translation {
    /// Follows a value of some sizes through functions of the form.
    pub(super) fn trace(&self, value: &Expression, sizes: &[usize]) -> Option<Traced> {
        let mut chain = Vec::new();
        let mut at = value;
        loop {
            at = match at {
                Expression::Method(name, operands) if is_form(name) => {
                    chain.push((name.as_str(), arguments(operands)?));
                    operands.first()?
                }
                Expression::Value(definition, 0) => match &self.network.definitions[*definition].expression {
                    view @ Expression::Method(name, _) if is_form(name) => view,
                    _ => break,
                },
                _ => break,
            };
        }
        if sizes.iter().product::<usize>() > LIMIT {
            return None;
        }
        let own = self.sizes_of(at)?;
        let count: usize = own.iter().product();
        if count > LIMIT {
            return None;
        }
        #[allow(clippy::cast_precision_loss)] // below 2^20
        let numbers = (0..count).map(|number| number as f64).collect();
        let mut traced = Constant::new(Kind::Whole, own.to_vec(), numbers);
        for (name, arguments) in chain.into_iter().rev() {
            traced = formed(&traced, name, &arguments)?;
        }
        let positions = traced.whole().iter().filter_map(|number| usize::try_from(*number).ok()).collect();
        Some(Traced { source: at.clone(), positions })
    }
}

fn is_form(name: &str) -> bool {
    ["reshape", "flatten", "squeeze", "unsqueeze", "transpose", "permute", "select", "narrow"].contains(&name)
}

/// The numbers that a function of the form is given.
fn arguments(operands: &[Expression]) -> Option<Vec<usize>> {
    match operands {
        [_] => Some(Vec::new()),
        [_, Expression::Text(text)] => text.split(", ").map(|number| number.parse().ok()).collect(),
        _ => None,
    }
}

/// What a function of the form does.
fn formed(x: &Constant, name: &str, arguments: &[usize]) -> Option<Constant> {
    let rank = x.shape.len();
    let fits = |shape: &[usize]| shape.iter().product::<usize>() == x.elements.len();
    match (name, arguments) {
        ("flatten", []) => Some(x.reshaped(vec![x.elements.len()])),
        ("reshape", shape) if fits(shape) => Some(x.reshaped(shape.to_vec())),
        ("squeeze", [axis]) if x.shape.get(*axis) == Some(&1) => {
            let mut shape = x.shape.clone();
            shape.remove(*axis);
            Some(x.reshaped(shape))
        }
        ("unsqueeze", [axis]) if *axis <= rank => {
            let mut shape = x.shape.clone();
            shape.insert(*axis, 1);
            Some(x.reshaped(shape))
        }
        ("transpose", [a, b]) if *a < rank && *b < rank => {
            let mut order: Vec<usize> = (0..rank).collect();
            order.swap(*a, *b);
            Some(x.permuted(&order))
        }
        ("permute", order) if order.len() == rank => Some(x.permuted(order)),
        ("select", [axis, index]) if *axis < rank && *index < x.shape[*axis] => {
            let mut shape = x.shape.clone();
            shape.remove(*axis);
            Some(x.narrowed(*axis, *index, 1).reshaped(shape))
        }
        ("narrow", [axis, start, length]) if *axis < rank && start + length <= x.shape[*axis] => {
            Some(x.narrowed(*axis, *start, *length))
        }
        _ => None,
    }
}

/// The numbers of the elements of a part of a matrix, cut into heads: `[H, L, E]` of `[L, W]`, from a column on.
pub(super) fn heads(positions: usize, width: usize, column: usize, count: usize, each: usize) -> Vec<usize> {
    let start = |at: Vec<usize>| at[1] * width + column + at[0] * each + at[2];
    places(&[count, positions, each]).map(start).collect()
}

/// The numbers of the elements of heads side by side again: `[L, H*E]` of `[H, L, E]`.
pub(super) fn joined(positions: usize, count: usize, each: usize) -> Vec<usize> {
    #[allow(clippy::cast_precision_loss)] // few elements
    let numbers: Vec<f64> = (0..positions * count * each).map(|number| number as f64).collect();
    let own = strides(&[count, positions, each]);
    let moved = strided(&numbers, &[positions, count, each], &[own[1], own[0], own[2]]);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // numbers of elements
    moved.iter().map(|number| *number as usize).collect()
}
