//! Operators that work on each element.

use super::call::Call;
use super::value::{Computed, Element, Value, listed, present};
use super::{Reason, Results};
use crate::constant::{Constant, Kind, broadcast};
use crate::graph::making;
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
    call.to_computed(Value::Constant(constant)).expression
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

pub(super) fn clip(call: &mut Call<'_>) -> Results {
    let bounds = (call.number("min", 1)?, call.number("max", 2)?);
    let least = |bound: f64| bound > f64::from(f32::MIN) && bound.is_finite();
    let most = |bound: f64| bound < f64::from(f32::MAX) && bound.is_finite();
    let (low, high) = (bounds.0.filter(|bound| least(*bound)), bounds.1.filter(|bound| most(*bound)));
    apply(call, |x| match (low, high) {
        (Some(0.0), Some(6.0)) => x.method("relu6", ""),
        (Some(0.0), None) => x.method("relu", ""),
        (None, None) => x,
        // the upper bound holds where the bounds are in the wrong order
        (Some(low), Some(high)) => x.method("clamp", &format!("{}, {}", number(low), number(high))),
        (Some(low), None) => x.method("clamp", &format!("min = {}", number(low))),
        (None, Some(high)) => x.method("clamp", &format!("max = {}", number(high))),
    })
}

/// Activations with settings: the default of ONNX, and the name and default of the library.
pub(super) fn activation(call: &mut Call<'_>) -> Results {
    let (operator, name, default, argument, own) = match call.node.operator.as_str() {
        "LeakyRelu" => ("alpha", "leaky_relu", 0.01, "slope", 0.01),
        "Elu" => ("alpha", "elu", 1.0, "alpha", 1.0),
        _ => ("alpha", "celu", 1.0, "alpha", 1.0),
    };
    let value = call.real(operator, default);
    let is_own = single(value) == single(own);
    let text = if is_own { String::new() } else { format!("{argument} = {}", number(value)) };
    apply(call, |x| x.method(name, &text))
}

pub(super) fn selu(call: &mut Call<'_>) -> Results {
    let (alpha, gamma) = (call.real("alpha", 1.673_263_2), call.real("gamma", 1.050_701));
    if (alpha - 1.673_263_2).abs() < 1e-6 && (gamma - 1.050_701).abs() < 1e-6 {
        return apply(call, |x| x.method("selu", ""));
    }
    let text = format!("alpha = {}", number(alpha));
    apply(call, |x| Expression::Number(gamma).binary("*", x.method("elu", &text)))
}

pub(super) fn hard_sigmoid(call: &mut Call<'_>) -> Results {
    let (alpha, beta) = (call.real("alpha", 0.2), call.real("beta", 0.5));
    if (alpha - 1.0 / 6.0).abs() < 1e-6 && beta == 0.5 {
        return apply(call, |x| x.method("hardsigmoid", ""));
    }
    apply(call, |x| {
        let line = Expression::Number(alpha).binary("*", x).binary("+", Expression::Number(beta));
        line.method("clamp", "0, 1")
    })
}

pub(super) fn gelu(call: &mut Call<'_>) -> Results {
    let name = if call.node.attributes.text("approximate") == Some("tanh") { "gelu_tanh" } else { "gelu" };
    apply(call, |x| x.method(name, ""))
}

pub(super) fn thresholded_relu(call: &mut Call<'_>) -> Results {
    let alpha = call.real("alpha", 1.0);
    let value = call.value(0)?;
    let mut aligned = align(call, vec![value])?;
    let x = call.define(aligned.operands.remove(0));
    let condition = x.clone().binary(">", Expression::Number(alpha));
    let expression = Expression::Function("where".into(), vec![condition, x, Expression::Number(0.0)]);
    Ok(vec![aligned.result(call, Kind::Real, expression)])
}

pub(super) fn shrink(call: &mut Call<'_>) -> Results {
    let (lambd, bias) = (call.real("lambd", 0.5), call.real("bias", 0.0));
    let same = single(lambd) == single(bias);
    let name = if bias == 0.0 {
        "hardshrink"
    } else if same {
        "softshrink"
    } else {
        return Err("its `bias` is neither 0 nor `lambd`".into());
    };
    let text = if single(lambd) == 0.5 { String::new() } else { number(lambd) };
    apply(call, |x| x.method(name, &text))
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

pub(super) fn prelu(call: &mut Call<'_>) -> Results {
    let slope = call.value(1)?;
    let x = call.computed(0)?;
    // [C] and [C, 1, 1] are a slope for each channel
    if let Value::Constant(slope) = &slope
        && x.shape.len() > 1
        && x.shape[0] == 1
    {
        let count = slope.elements.len();
        let is_channels = count == 1 || slope.shape.first() == Some(&count) && count == x.shape[1];
        let is_last = slope.shape.len() == 1 && count > 1 && x.shape.len() > 2;
        if is_channels && !is_last {
            let weight = slope.reshaped(vec![count]);
            let path = call.path(slope);
            let kind = if count == 1 { "PReLU()".into() } else { format!("PReLU({count})") };
            let layer = call.layer(&path, "prelu", kind, vec![("weight", weight)]);
            let mut dropped = vec![false; x.shape.len()];
            dropped[0] = true;
            let operand = call.with_dropped(&x, &dropped)?;
            return Ok(vec![call.result(x.shape, dropped, Kind::Real, Expression::Layer(layer, vec![operand]))]);
        }
    }
    let mut aligned = align(call, vec![Value::Computed(x), slope])?;
    let [x, slope] = std::mem::take(&mut aligned.operands).try_into().map_err(|_| "it takes two operands")?;
    let x = call.define(x);
    let condition = x.clone().binary(">", Expression::Number(0.0));
    let expression = Expression::Function("where".into(), vec![condition, x.clone(), slope.binary("*", x)]);
    Ok(vec![aligned.result(call, Kind::Real, expression)])
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
    if f64::from(single(number)) == number { format!("{}", single(number)) } else { format!("{number}") }
}
