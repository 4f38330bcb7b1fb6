//! Norms, and what divides by a sum along an axis.

use super::call::Call;
use super::contraction::{formula_of_present, letters};
use super::elementwise::number;
use super::value::{Computed, Value, listed};
use super::{Reason, Results, views};
use crate::constant::{Constant, Kind};
use crate::network::Expression;

/// `eps` as an argument, unless it is the default of the library.
fn eps(call: &Call<'_>, default: f64) -> Result<Vec<String>, Reason> {
    let eps = call.real("epsilon", default);
    if eps < 0.0 {
        return Err(format!("its epsilon is {eps}").into());
    }
    Ok(if (eps - 1e-5).abs() < 1e-9 { Vec::new() } else { vec![format!("eps = {}", number(eps))] })
}

pub(super) fn batch_norm(call: &mut Call<'_>) -> Results {
    if call.flag("training_mode", false) {
        return Err("it is a batch norm in training: export the model with `model.eval()`".into());
    }
    let x = call.computed(0)?;
    let [weight, bias, mean, variance] =
        [(1, "scale"), (2, "bias"), (3, "mean"), (4, "variance")].map(|(at, what)| call.constant(at, what));
    let (weight, bias, mean, variance) = (weight?, bias?, mean?, variance?);
    let channels = weight.elements.len();
    if x.shape.len() < 2 || x.shape[1] != channels {
        return Err("it is not one factor for each channel".into());
    }
    if call.real("epsilon", 1e-5) == 0.0 {
        return Err("its epsilon is 0".into());
    }
    let word = if x.shape.len() == 3 { "BatchNorm1d" } else { "BatchNorm2d" };
    let kind = format!("{word}({})", listed(&[vec![channels.to_string()], eps(call, 1e-5)?].concat()));
    let path = call.path(&weight);
    let tensors = vec![("weight", weight), ("bias", bias), ("running_mean", mean), ("running_var", variance)];
    let layer = call.layer(&path, "norm", kind, tensors);
    let (expression, is_one) = call.for_each_sample(&x, |_, x| Ok(Expression::Layer(layer, vec![x])))?;
    views::sampled(call, x.shape, is_one, expression)
}

/// Layer norms and norms by the root of the mean square.
pub(super) fn layer_norm(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let axis = call.axis(-1, x.shape.len())?;
    let used = (1..3).any(|at| call.node.outputs.get(at).is_some_and(|name| call.translation.uses.contains_key(name)));
    let is_rms = call.node.operator == "RMSNormalization";
    let weight = call.optional_constant(1, "scale")?;
    let bias = call.optional_constant(2, "bias")?;
    let word = if is_rms { "RMSNorm" } else { "LayerNorm" };
    let mut more = eps(call, 1e-5)?;
    if is_rms && more.is_empty() {
        more = vec!["eps = 1e-5".into()];
    }
    let mut results = layer_norm_of(call, &x, axis, weight.as_ref(), bias.as_ref(), (word, more))?;
    if used {
        results.extend(statistics(call, &x, axis)?);
    }
    Ok(results)
}

/// The mean over the axes from one on, and one over the deviation.
fn statistics(call: &mut Call<'_>, x: &Computed, axis: usize) -> Results {
    let axes: Vec<usize> = (axis..x.shape.len()).collect();
    let x = call.with_axes(x, &axes)?;
    let own = format!("{}, keepdim = true", own_axes(&x, &axes));
    let mut shape = x.shape.clone();
    shape[axis..].fill(1);
    let mean = call.define(x.expression.clone().method("mean", &own));
    let variance = x.expression.binary("-", mean.clone()).method("sq", "").method("mean", &own);
    let eps = Expression::Number(call.real("epsilon", 1e-5));
    let inverse = Expression::Number(1.0).binary("/", variance.binary("+", eps).method("sqrt", ""));
    let results = [mean, inverse].map(|one| call.result(shape.clone(), x.dropped.clone(), Kind::Real, one));
    Ok(results.into())
}

/// A norm over the axes from one on.
pub(super) fn layer_norm_of(
    call: &mut Call<'_>,
    x: &Computed,
    axis: usize,
    weight: Option<&Constant>,
    bias: Option<&Constant>,
    (word, more): (&str, Vec<String>),
) -> Results {
    let sizes = x.shape[axis..].to_vec();
    let count: usize = sizes.iter().product();
    let x = call.with_axes(x, &(axis..x.shape.len()).collect::<Vec<_>>())?;
    let fitted = |one: &Constant| -> Result<Constant, Reason> {
        if one.elements.len() == count {
            Ok(one.reshaped(sizes.clone()))
        } else {
            Err("its scale has another shape".into())
        }
    };
    let mut tensors = Vec::new();
    let written = if let [one] = sizes.as_slice() { one.to_string() } else { format!("({})", listed(&sizes)) };
    let mut arguments = [vec![written], more].concat();
    let path = weight.map(|weight| call.path(weight)).unwrap_or_else(|| call.node.scope.clone());
    match (weight, bias) {
        (Some(weight), Some(bias)) => {
            tensors.push(("weight", fitted(weight)?));
            tensors.push(("bias", fitted(bias)?));
        }
        (Some(weight), None) => {
            tensors.push(("weight", fitted(weight)?));
            if word == "LayerNorm" {
                arguments.push("bias = false".into());
            }
        }
        (None, _) => arguments.push("elementwise_affine = false".into()),
    }
    let layer = call.layer(&path, "norm", format!("{word}({})", arguments.join(", ")), tensors);
    Ok(vec![call.result(x.shape, x.dropped, Kind::Real, Expression::Layer(layer, vec![x.expression]))])
}

pub(super) fn instance_norm(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let (weight, bias) = (call.constant(1, "scale")?, call.constant(2, "bias")?);
    let rank = x.shape.len();
    if !(3..=5).contains(&rank) {
        return Err("it is no image of 1 to 3 axes".into());
    }
    let mut arguments = vec![x.shape[1].to_string()];
    arguments.extend(eps(call, 1e-5)?);
    let is_plain = weight.elements.iter().all(|one| *one == 1.0) && bias.elements.iter().all(|zero| *zero == 0.0);
    let path = call.path(&weight);
    let tensors = if is_plain { Vec::new() } else { vec![("weight", weight), ("bias", bias)] };
    if !is_plain {
        arguments.push("affine = true".into());
    }
    let layer = call.layer(&path, "norm", format!("InstanceNorm{}d({})", rank - 2, arguments.join(", ")), tensors);
    let (expression, is_one) = call.for_each_sample(&x, |_, x| Ok(Expression::Layer(layer, vec![x])))?;
    views::sampled(call, x.shape, is_one, expression)
}

pub(super) fn group_norm(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let (weight, bias) = (call.constant(1, "scale")?, call.constant(2, "bias")?);
    let groups = usize::try_from(call.whole("num_groups", 1)).unwrap_or(0).max(1);
    let channels = *x.shape.get(1).ok_or("it has no channels")?;
    if channels % groups != 0 {
        return Err(format!("its {channels} channels are not a multiple of {groups} groups").into());
    }
    // in version 18 there is one factor for each group
    let wide = |one: &Constant| -> Result<Constant, Reason> {
        if one.elements.len() == channels {
            return Ok(one.clone());
        }
        if one.elements.len() != groups {
            return Err("its scale is neither for channels nor for groups".into());
        }
        let each = channels / groups;
        Ok(Constant::new(Kind::Real, vec![channels], (0..channels).map(|at| one.elements[at / each]).collect()))
    };
    let arguments = [vec![groups.to_string(), channels.to_string()], eps(call, 1e-5)?].concat();
    let path = call.path(&weight);
    let tensors = vec![("weight", wide(&weight)?), ("bias", wide(&bias)?)];
    let layer = call.layer(&path, "norm", format!("GroupNorm({})", arguments.join(", ")), tensors);
    let (expression, is_one) = call.for_each_sample(&x, |_, x| Ok(Expression::Layer(layer, vec![x])))?;
    views::sampled(call, x.shape, is_one, expression)
}

pub(super) fn local_response_norm(call: &mut Call<'_>) -> Results {
    let size = call.whole("size", 1);
    let (alpha, beta, bias) = (call.real("alpha", 0.0001), call.real("beta", 0.75), call.real("bias", 1.0));
    let x = call.computed(0)?;
    let (expression, is_one) = call.for_each_sample(&x, |call, image| {
        // the window begins (size - 1)/2 channels before, which is the library's for odd sizes
        if size % 2 == 1 {
            let arguments = format!("{size}, alpha = {}, beta = {}, k = {}", number(alpha), number(beta), number(bias));
            return Ok(image.method("local_response_norm", &arguments));
        }
        let text = format!(
            "(x: [C, ..]) -> y: [C, ..] {{\n    s[c: C, ..] = sum[j: {size}](sq(pad(x[c + j - {}, ..], 0)));\n    \
             y[c, ..] = x[c, ..] / pow({} + {} / {size} * s[c, ..], {});\n}}",
            (size - 1) / 2,
            number(bias),
            number(alpha),
            number(beta),
        );
        let name = call.formula("local_response", text);
        Ok(image.method(&name, ""))
    })?;
    views::sampled(call, x.shape, is_one, expression)
}

/// Own axes of a value as an argument; all of them are present.
fn own_axes(x: &Computed, axes: &[usize]) -> String {
    let own: Vec<usize> = axes.iter().filter_map(|axis| x.own_axis(*axis)).collect();
    if let [one] = own.as_slice() { format!("axis = {one}") } else { format!("axis = ({})", listed(&own)) }
}

pub(super) fn mean_variance(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let list = call.node.attributes.wholes("axes").map_or_else(|| vec![0, 2, 3], <[i64]>::to_vec);
    let axes: Vec<usize> = views::axes(&list, x.shape.len())?;
    let x = call.with_axes(&x, &axes)?;
    let own = own_axes(&x, &axes);
    let mean = x.expression.clone().method("mean", &format!("{own}, keepdim = true"));
    let distance = call.define(x.expression.clone().binary("-", mean));
    let deviation =
        distance.clone().method("sq", "").method("mean", &format!("{own}, keepdim = true")).method("sqrt", "");
    let expression = distance.binary("/", deviation.binary("+", Expression::Number(1e-9)));
    Ok(vec![call.result(x.shape, x.dropped, Kind::Real, expression)])
}

pub(super) fn lp_norm(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let axis = call.axis(-1, x.shape.len())?;
    let x = call.with_axes(&x, &[axis])?;
    let own = own_axes(&x, &[axis]);
    let whole = call.define(x.expression.clone());
    let norm = match call.whole("p", 2) {
        1 => whole.clone().method("abs", "").method("sum", &format!("{own}, keepdim = true")),
        _ => whole.clone().method("norm", &format!("{own}, keepdim = true")),
    };
    // a vector of zeros stays one
    let norm = Expression::Function("max".into(), vec![norm, Expression::Number(f64::from(f32::MIN_POSITIVE))]);
    Ok(vec![call.result(x.shape, x.dropped, Kind::Real, whole.binary("/", norm))])
}

/// Along one axis; before version 13 along all axes from one on, as if they were one.
pub(super) fn softmax(call: &mut Call<'_>) -> Results {
    let name = if call.node.operator == "Softmax" { "softmax" } else { "log_softmax" };
    let x = call.computed(0)?;
    let is_old = call.node.opset < 13;
    let axis = call.axis(if is_old { 1 } else { -1 }, x.shape.len().max(1))?;
    if x.shape.is_empty() {
        return Err("it has no axis".into());
    }
    let long = x.shape[axis + 1..].iter().any(|size| *size != 1);
    if is_old && long {
        let flat = [x.shape[..axis].to_vec(), vec![x.shape[axis..].iter().product()]].concat();
        let shape = x.shape.clone();
        let flat = views::reshaped(call, &x, flat)?;
        let flat = call.with_axes(&flat, &[axis])?;
        let expression = call.define(flat.expression.clone().method(name, ""));
        let value = views::reshaped(call, &Computed { expression, ..flat }, shape)?;
        return Ok(vec![Value::Computed(value)]);
    }
    let x = call.with_axes(&x, &[axis])?;
    let own = x.own_axis(axis).ok_or("the axis is not there")?;
    let is_last = own + 1 == x.present().len();
    let arguments = if is_last { String::new() } else { format!("axis = {own}") };
    let expression = x.expression.clone().method(name, &arguments);
    Ok(vec![call.result(x.shape, x.dropped, Kind::Real, expression)])
}

/// 1 at the first position of the greatest value, else 0.
pub(super) fn hardmax(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let is_old = call.node.opset < 13;
    let axis = call.axis(if is_old { 1 } else { -1 }, x.shape.len())?;
    if is_old && x.shape[axis + 1..].iter().any(|size| *size != 1) {
        return Err("it is over several axes".into());
    }
    let x = call.with_axes(&x, &[axis])?;
    let own = x.own_axis(axis).ok_or("the axis is not there")?;
    let letters = letters(x.present().len());
    let (all, size) = (letters.join(", "), x.shape[axis]);
    let letter = &letters[own];
    let other = all.replace(letter.as_str(), "q");
    let rest: Vec<&str> = letters.iter().filter(|one| *one != letter).map(String::as_str).collect();
    let at = |name: &str| if rest.is_empty() { name.to_string() } else { format!("{name}[{}]", rest.join(", ")) };
    let body = format!(
        "{} = max[q](x[{other}]);\n    {} = min[q: {size}](where(x[{other}] == {}, q, {size}));\n    \
         y[{all}] = where({letter} == {}, 1, 0);",
        at("m"),
        at("first"),
        at("m"),
        at("first"),
    );
    let shape = x.shape.clone();
    Ok(vec![formula_of_present(call, "hardmax", &x, shape, &body, Kind::Real)?])
}
