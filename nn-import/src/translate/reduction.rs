//! Reductions along axes.

use super::call::Call;
use super::contraction::{formula_of_present, letters};
use super::value::{Computed, Value, listed};
use super::{Results, views};
use crate::constant::Kind;

pub(super) fn reduce(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let rank = x.shape.len();
    let given = call.wholes("axes", 1)?.unwrap_or_default();
    if given.is_empty() && call.flag("noop_with_empty_axes", false) {
        return super::elementwise::identity(call);
    }
    let mut axes: Vec<usize> = if given.is_empty() { (0..rank).collect() } else { views::axes(&given, rank)? };
    axes.sort_unstable();
    axes.dedup();
    let kind = Value::Computed(x.clone()).kind();
    let own: Vec<usize> = axes.iter().filter_map(|axis| x.own_axis(*axis)).collect();
    let argument = match own.as_slice() {
        own if own.len() == x.present().len() => String::new(),
        [one] => format!("axis = {one}"),
        several => format!("axis = ({})", listed(several)),
    };
    // axes that the network does without have one place, over which nothing is to be done
    let is_nothing = own.is_empty();
    let reduced = |name: &str, x: crate::network::Expression| if is_nothing { x } else { x.method(name, &argument) };
    let expression = x.expression.clone();
    let expression = match call.node.operator.as_str() {
        "ReduceSum" => reduced("sum", expression),
        "ReduceMean" => reduced("mean", expression),
        "ReduceMax" => reduced("max", expression),
        "ReduceMin" => reduced("min", expression),
        "ReduceProd" => reduced("prod", expression),
        "ReduceL1" => reduced("sum", expression.method("abs", "")),
        "ReduceL2" if is_nothing => expression.method("abs", ""),
        "ReduceL2" => reduced("norm", expression),
        "ReduceLogSum" => reduced("sum", expression).method("ln", ""),
        "ReduceLogSumExp" => reduced("logsumexp", expression),
        _ => reduced("sum", expression.method("sq", "")),
    };
    let keeps = call.flag("keepdims", true);
    let (mut shape, mut dropped) = (Vec::new(), Vec::new());
    for axis in 0..rank {
        if !axes.contains(&axis) {
            shape.push(x.shape[axis]);
            dropped.push(x.dropped[axis]);
        } else if keeps {
            shape.push(1);
            dropped.push(true);
        }
    }
    Ok(vec![call.result(shape, dropped, kind, expression)])
}

/// The position of the greatest or least value along an axis, as a number.
pub(super) fn position(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let axis = call.axis(0, x.shape.len())?;
    let x = call.with_axes(&x, &[axis])?;
    let own = x.own_axis(axis).ok_or("the axis is not there")?;
    let size = x.shape[axis];
    let names = letters(x.present().len());
    let (all, letter) = (names.join(", "), &names[own]);
    let rest: Vec<&str> = names.iter().filter(|one| *one != letter).map(String::as_str).collect();
    let at = |name: &str| if rest.is_empty() { name.to_string() } else { format!("{name}[{}]", rest.join(", ")) };
    let best = if call.node.operator == "ArgMax" { "max" } else { "min" };
    let (choose, none) =
        if call.flag("select_last_index", false) { ("max", "-1".into()) } else { ("min", size.to_string()) };
    let body = format!(
        "{} = {best}[{letter}](x[{all}]);\n    {} = {choose}[{letter}: {size}](where(x[{all}] == {}, {letter}, {none}));",
        at("m"),
        at("y"),
        at("m"),
    );
    let (mut shape, mut dropped) = (x.shape.clone(), x.dropped.clone());
    shape[axis] = 1;
    dropped[axis] = true;
    let name = if best == "max" { "argmax" } else { "argmin" };
    let source = Computed { dropped: x.dropped.clone(), ..x.clone() };
    let text = format!(
        "(x: [{}]) -> y: [{}] {{\n    {body}\n}}",
        listed(&source.present()),
        listed(&super::value::present(&shape, &dropped)),
    );
    let name = call.formula(name, text);
    let expression = source.expression.method(&name, "");
    if !call.flag("keepdims", true) {
        shape.remove(axis);
        dropped.remove(axis);
    }
    Ok(vec![call.result(shape, dropped, Kind::Whole, expression)])
}

pub(super) fn cumulative_sum(call: &mut Call<'_>) -> Results {
    let x = call.computed(0)?;
    let axis = call.constant(1, "axis")?.whole();
    let axis = views::axes(&axis, x.shape.len())?.first().copied().ok_or("there is no axis")?;
    let x = call.with_axes(&x, &[axis])?;
    let own = x.own_axis(axis).ok_or("the axis is not there")?;
    let (exclusive, reversed) = (call.flag("exclusive", false), call.flag("reverse", false));
    if !exclusive && !reversed {
        let expression = x.expression.clone().method("cumsum", &format!("axis = {own}"));
        let kind = Value::Computed(x.clone()).kind();
        return Ok(vec![call.result(x.shape, x.dropped, kind, expression)]);
    }
    let names = letters(x.present().len());
    let (all, letter) = (names.join(", "), &names[own]);
    let other = all.replace(letter.as_str(), "q");
    let sign = match (exclusive, reversed) {
        (true, true) => ">",
        (true, false) => "<",
        (false, _) => ">=",
    };
    let body = format!("y[{all}] = sum[q: {}](where(q {sign} {letter}, x[{other}], 0));", x.shape[axis]);
    let (shape, kind) = (x.shape.clone(), Value::Computed(x.clone()).kind());
    Ok(vec![formula_of_present(call, "cumulative_sum", &x, shape, &body, kind)?])
}
