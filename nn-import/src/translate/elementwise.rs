//! Operators that work on each element.

use super::align::align;
use super::call::Call;
use super::value::{Element, Value};
use super::{Reason, Results};
use crate::constant::{Constant, Kind};
use crate::graph::making;
use crate::network::Expression;

/// All operands, which are at least one.
pub(super) fn operands(call: &Call<'_>) -> Result<Vec<Value>, Reason> {
    (0..call.node.inputs.len().max(1)).map(|at| call.value(at)).collect()
}

/// A function of a number, with arguments.
pub(super) fn apply(call: &mut Call<'_>, build: impl FnOnce(Expression) -> Expression) -> Results {
    let value = call.value(0)?;
    let kind = value.kind();
    let mut aligned = align(call, vec![value])?;
    let expression = build(aligned.operands.remove(0));
    Ok(vec![aligned.result(call, kind, expression)])
}

/// The language's function of the same meaning.
pub(super) fn unary(call: &mut Call<'_>) -> Results {
    let name = match call.node.operator.as_str() {
        "Log" => "ln",
        "LogSigmoid" => "log_sigmoid",
        "Erf" => "erf",
        "HardSwish" => "hardswish",
        "Softsign" => "softsign",
        other => &other.to_lowercase(),
    };
    apply(call, |x| x.method(name, ""))
}

pub(super) fn identity(call: &mut Call<'_>) -> Results {
    let value = call.value(0)?;
    Ok(vec![value])
}

/// What the reader of the file knew that it cannot be said.
pub(super) fn refused(call: &mut Call<'_>) -> Results {
    Err(call.node.attributes.text("reason").unwrap_or_default().into())
}

/// Without an effect in a prediction; its mask is of no use.
pub(super) fn dropout(call: &mut Call<'_>) -> Results {
    let training = call.optional_constant(2, "training mode")?.and_then(|mode| mode.number());
    let rate = call.number("ratio", 1)?;
    if training.is_some_and(|mode| mode != 0.0) && rate != Some(0.0) {
        return Err("it is a dropout in training: export the model with `model.eval()`".into());
    }
    let value = call.value(0)?;
    let mask = Constant::new(Kind::Truth, value.shape().to_vec(), vec![1.0; value.shape().iter().product()]);
    Ok(vec![value, Value::Constant(mask)])
}

pub(super) fn cast(call: &mut Call<'_>) -> Results {
    let value = call.value(0)?;
    let to = match call.node.operator.as_str() {
        "CastLike" => call.value(1)?.kind(),
        _ => match call.whole("to", 1) {
            1 | 10 | 11 | 16 => Kind::Real,
            2..=7 | 12 | 13 => Kind::Whole,
            9 => Kind::Truth,
            other => return Err(format!("there is no cast to the type {other}").into()),
        },
    };
    let from = value.kind();
    let computed = match &value {
        Value::Computed(computed) => computed,
        // the type is that of a value that is computed
        Value::Constant(constant) => return Ok(vec![Value::Constant(making::cast_to(constant, to))]),
    };
    if matches!(computed.kind, Element::Index(_)) && to == Kind::Whole {
        return Ok(vec![value]);
    }
    let mut aligned = align(call, vec![value])?;
    let x = aligned.operands.remove(0);
    let expression = match (from, to) {
        (Kind::Real, Kind::Whole) => x.method("trunc", ""),
        (Kind::Real | Kind::Whole, Kind::Truth) => chosen(x, "!=", Expression::Number(0.0)),
        _ => x,
    };
    Ok(vec![aligned.result(call, to, expression)])
}

/// `where(a < b, 1, 0)`.
pub(super) fn chosen(a: Expression, comparison: &'static str, b: Expression) -> Expression {
    let (comparison, one, other) = if comparison == "!=" { ("==", 0.0, 1.0) } else { (comparison, 1.0, 0.0) };
    let condition = a.binary(comparison, b);
    Expression::Function("where".into(), vec![condition, Expression::Number(one), Expression::Number(other)])
}

pub(super) fn arithmetic(call: &mut Call<'_>) -> Results {
    let values = operands(call)?;
    let kind = values[0].kind();
    let operator = match call.node.operator.as_str() {
        "Add" | "Sum" | "Mean" => "+",
        "Sub" => "-",
        "Mul" => "*",
        _ => "/",
    };
    let is_whole_quotient = operator == "/" && kind == Kind::Whole;
    let count = values.len();
    let mut aligned = align(call, values)?;
    let operands = std::mem::take(&mut aligned.operands);
    let mut expression =
        operands.into_iter().reduce(|all, next| joined(all, operator, next)).ok_or("it has no operand")?;
    if is_whole_quotient {
        expression = expression.method("trunc", "");
    }
    if call.node.operator == "Mean" {
        #[allow(clippy::cast_precision_loss)] // few operands
        let count = count as f64;
        expression = expression.binary("/", Expression::Number(count));
    }
    Ok(vec![aligned.result(call, kind, expression)])
}

/// Two operands and an operator; one that changes nothing is left out.
fn joined(a: Expression, operator: &'static str, b: Expression) -> Expression {
    let neutral = Expression::Number(if matches!(operator, "+" | "-") { 0.0 } else { 1.0 });
    match operator {
        "+" | "*" if a == neutral => b,
        _ if b == neutral => a,
        _ => a.binary(operator, b),
    }
}

/// Functions of two numbers or more.
pub(super) fn several(call: &mut Call<'_>) -> Results {
    let values = operands(call)?;
    let kind = values[0].kind();
    let name = match call.node.operator.as_str() {
        "Max" => "max",
        "Min" => "min",
        _ => "pow",
    };
    let exponent = values.get(1).and_then(super::constant).and_then(Constant::number);
    let mut aligned = align(call, values)?;
    let mut operands = std::mem::take(&mut aligned.operands);
    let expression = match (name, exponent) {
        ("pow", Some(2.0)) => operands.remove(0).method("sq", ""),
        ("pow", Some(0.5)) => operands.remove(0).method("sqrt", ""),
        ("pow", Some(1.0)) => operands.remove(0),
        _ => {
            let join = |a, b| Expression::Function(name.into(), vec![a, b]);
            operands.into_iter().reduce(join).ok_or("it has no operand")?
        }
    };
    Ok(vec![aligned.result(call, kind, expression)])
}

pub(super) fn modulo(call: &mut Call<'_>) -> Results {
    let values = operands(call)?;
    let kind = values[0].kind();
    let truncates = call.flag("fmod", false);
    let mut aligned = align(call, values)?;
    let [a, b] = std::mem::take(&mut aligned.operands).try_into().map_err(|_| "it takes two operands")?;
    let expression = if truncates {
        Expression::Function("fmod".into(), vec![a, b])
    } else {
        // the sign is that of the divisor
        let a = call.define(a);
        let quotient = a.clone().binary("/", b.clone()).method("floor", "");
        a.binary("-", b.binary("*", quotient))
    };
    Ok(vec![aligned.result(call, kind, expression)])
}

pub(super) fn comparison(call: &mut Call<'_>) -> Results {
    let sign = match call.node.operator.as_str() {
        "Less" => "<",
        "LessOrEqual" => "<=",
        "Greater" => ">",
        "GreaterOrEqual" => ">=",
        _ => "==",
    };
    let values = operands(call)?;
    let mut aligned = align(call, values)?;
    let [a, b] = std::mem::take(&mut aligned.operands).try_into().map_err(|_| "it takes two operands")?;
    Ok(vec![aligned.result(call, Kind::Truth, chosen(a, sign, b))])
}

/// Truth values are 1 and 0.
pub(super) fn logic(call: &mut Call<'_>) -> Results {
    let values = operands(call)?;
    let mut aligned = align(call, values)?;
    let mut operands = std::mem::take(&mut aligned.operands).into_iter();
    let first = operands.next().ok_or("it has no operand")?;
    let function = |name: &str, a, b| Expression::Function(name.into(), vec![a, b]);
    let expression = match (call.node.operator.as_str(), operands.next()) {
        ("Not", None) => Expression::Number(1.0).binary("-", first),
        ("And", Some(b)) => first.binary("*", b),
        ("Or", Some(b)) => function("max", first, b),
        ("Xor", Some(b)) => first.binary("-", b).method("abs", ""),
        _ => return Err("it has another number of operands".into()),
    };
    Ok(vec![aligned.result(call, Kind::Truth, expression)])
}

/// `Where`: the condition is a comparison if it is one and nothing else takes it.
pub(super) fn choose(call: &mut Call<'_>) -> Results {
    let values = operands(call)?;
    let kind = values.get(1).map_or(Kind::Real, Value::kind);
    let mut aligned = align(call, values)?;
    let [condition, a, b] = std::mem::take(&mut aligned.operands).try_into().map_err(|_| "it takes three operands")?;
    let condition = match call.translation.comparison(&condition) {
        Some(comparison) => comparison,
        None => condition.binary("!=", Expression::Number(0.0)),
    };
    let (condition, a, b) = match condition {
        Expression::Binary("!=", x, y) => (x.binary("==", *y), b, a),
        other => (other, a, b),
    };
    let expression = Expression::Function("where".into(), vec![condition, a, b]);
    Ok(vec![aligned.result(call, kind, expression)])
}

impl super::Translation {
    /// The comparison that a truth value is `where(…, 1, 0)` or `where(…, 0, 1)` of.
    fn comparison(&self, truth: &Expression) -> Option<Expression> {
        let Expression::Value(at, 0) = truth else { return None };
        let Expression::Function(name, parts) = &self.network.definitions[*at].expression else { return None };
        match (name.as_str(), parts.as_slice()) {
            ("where", [condition, Expression::Number(1.0), Expression::Number(0.0)]) => Some(condition.clone()),
            _ => None,
        }
    }
}

pub(super) fn negative(call: &mut Call<'_>) -> Results {
    apply(call, |x| Expression::Negative(Box::new(x)))
}

pub(super) fn reciprocal(call: &mut Call<'_>) -> Results {
    apply(call, |x| Expression::Number(1.0).binary("/", x))
}

/// Whether a number is none, or infinite.
pub(super) fn is_nan(call: &mut Call<'_>) -> Results {
    let both = (call.flag("detect_positive", true), call.flag("detect_negative", true));
    let value = call.value(0)?;
    let mut aligned = align(call, vec![value])?;
    let x = call.define(aligned.operands.remove(0));
    let infinity = Expression::Number(f64::INFINITY);
    let expression = match (call.node.operator.as_str(), both) {
        ("IsInf", (true, true)) => chosen(x.method("abs", ""), "==", infinity),
        ("IsInf", (true, false)) => chosen(x, "==", infinity),
        ("IsInf", _) => chosen(x, "==", Expression::Negative(Box::new(infinity))),
        // what is not a number differs from itself
        _ => chosen(x.clone(), "!=", x),
    };
    Ok(vec![aligned.result(call, Kind::Truth, expression)])
}

/// The nearest `f32`, in which models say their settings.
#[allow(clippy::cast_possible_truncation)] // rounds
pub(super) fn single(number: f64) -> f32 {
    number as f32
}

/// A number as it is written: the shortest text of the same `f32`, if it is one.
pub(crate) fn number(number: f64) -> String {
    if number == f64::INFINITY {
        return "infinity".into();
    }
    if number == f64::NEG_INFINITY {
        return "-infinity".into();
    }
    if number.is_nan() {
        return "(infinity - infinity)".into();
    }
    // whole numbers have a limit in the language
    let is_large = number.abs() >= 1e15;
    match (f64::from(single(number)) == number, is_large) {
        (true, false) => format!("{}", single(number)),
        (true, true) => format!("{:e}", single(number)),
        (false, false) => format!("{number}"),
        (false, true) => format!("{number:e}"),
    }
}
