//! Arithmetic of known tensors.

use super::making::expanded;
use super::{Node, Operands, Results, operand};
use crate::constant::{Constant, Kind, broadcast};

pub(super) fn fold(node: &Node, operands: Operands<'_>) -> Option<Results> {
    let name = node.operator.as_str();
    let result = if let Some(function) = unary(name) {
        operand(operands, 0).map(|x| Constant { name: None, ..x.map(function) })
    } else if name == "Where" {
        choose(operands)
    } else if matches!(name, "Sum" | "Max" | "Min") {
        operand(operands, 0).and_then(|first| {
            let rest = (1..operands.len()).map(|at| operand(operands, at));
            rest.into_iter().try_fold(first.clone(), |all, next| binary(name, &all, next?))
        })
    } else if matches!(name, "Equal" | "Less" | "LessOrEqual" | "Greater" | "GreaterOrEqual") || apply(name).is_some() {
        operand(operands, 0).and_then(|a| binary(name, a, operand(operands, 1)?))
    } else {
        return None;
    };
    Some(result.map(|result| vec![result]))
}

fn unary(name: &str) -> Option<fn(f64) -> f64> {
    Some(match name {
        "Neg" => |x| -x,
        "Abs" => f64::abs,
        "Sqrt" => f64::sqrt,
        "Floor" => f64::floor,
        "Ceil" => f64::ceil,
        "Round" => f64::round_ties_even,
        "Exp" => f64::exp,
        "Log" => f64::ln,
        "Sin" => f64::sin,
        "Cos" => f64::cos,
        "Reciprocal" => |x| 1.0 / x,
        "Not" => |x| 1.0 - x,
        _ => return None,
    })
}

fn apply(name: &str) -> Option<fn(f64, f64) -> f64> {
    Some(match name {
        "Add" | "Sum" => |a, b| a + b,
        "Sub" => |a, b| a - b,
        "Mul" => |a, b| a * b,
        "Div" => |a, b| a / b,
        "Pow" => f64::powf,
        "Max" => f64::max,
        "Min" => f64::min,
        "Mod" => |a, b| a - b * (a / b).floor(),
        "And" => |a, b| a * b,
        "Or" => f64::max,
        "Xor" | "Equal" => |a, b| f64::from(a != b),
        _ => return None,
    })
}

fn binary(name: &str, a: &Constant, b: &Constant) -> Result<Constant, String> {
    let shape = broadcast(&[&a.shape, &b.shape]).ok_or("the shapes do not go together")?;
    let (wide_a, wide_b) = (expanded(a, shape.clone()), expanded(b, shape.clone()));
    let compare: Option<fn(&f64, &f64) -> bool> = match name {
        "Equal" => Some(|a, b| a == b),
        "Less" => Some(|a, b| a < b),
        "LessOrEqual" => Some(|a, b| a <= b),
        "Greater" => Some(|a, b| a > b),
        "GreaterOrEqual" => Some(|a, b| a >= b),
        _ => None,
    };
    let pairs = wide_a.elements.iter().zip(wide_b.elements.iter());
    if let Some(compare) = compare {
        return Ok(Constant::new(Kind::Truth, shape, pairs.map(|(a, b)| f64::from(compare(a, b))).collect()));
    }
    let function = apply(name).ok_or_else(|| format!("`{name}` is not known"))?;
    let is_whole = a.kind == Kind::Whole && name == "Div";
    let element = |(a, b): (&f64, &f64)| {
        let result = function(*a, *b);
        if is_whole { result.trunc() } else { result }
    };
    Ok(Constant::new(a.kind, shape, pairs.map(element).collect()))
}

fn choose(operands: Operands<'_>) -> Result<Constant, String> {
    let (condition, a, b) = (operand(operands, 0)?, operand(operands, 1)?, operand(operands, 2)?);
    let shape = broadcast(&[&condition.shape, &a.shape, &b.shape]).ok_or("the shapes do not go together")?;
    let [condition, a_wide, b_wide] = [condition, a, b].map(|one| expanded(one, shape.clone()));
    let choose = |((condition, a), b): ((&f64, &f64), &f64)| if *condition != 0.0 { *a } else { *b };
    let elements =
        condition.elements.iter().zip(a_wide.elements.iter()).zip(b_wide.elements.iter()).map(choose).collect();
    Ok(Constant::new(a.kind, shape, elements))
}
