//! Activations with settings.

use super::Results;
use super::align::align;
use super::call::Call;
use super::elementwise::{apply, number, single};
use super::value::Value;
use crate::constant::Kind;
use crate::network::Expression;

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
