//! Edges around tensors.

use super::call::Call;
use super::contraction::{formula_of_present, letters};
use super::elementwise::number;
use super::value::Value;
use super::{Reason, Results, views};
use crate::network::Expression;

pub(super) fn pad(call: &mut Call<'_>) -> Results {
    let pads = match call.node.attributes.wholes("paddings") {
        Some(old) => old.to_vec(),
        None => call.wholes("pads", 1)?.ok_or("there are no pads")?,
    };
    let value = call.number("value", 2)?.unwrap_or(0.0);
    let mode = call.node.attributes.text("mode").unwrap_or("constant").to_string();
    let x = call.computed(0)?;
    let rank = x.shape.len();
    let named = match call.wholes("axes", 3)? {
        Some(list) => views::axes(&list, rank)?,
        None => (0..rank).collect(),
    };
    if pads.iter().any(|side| side.unsigned_abs() > 1 << 31) {
        return Err("its pads are larger than any image".into());
    }
    if pads.len() != 2 * named.len() {
        return Err("its pads are not two for each axis".into());
    }
    let mut sides = vec![(0, 0); rank];
    for (at, axis) in named.iter().enumerate() {
        sides[*axis] = (pads[at], pads[named.len() + at]);
    }
    let padded: Vec<usize> = (0..rank).filter(|axis| sides[*axis] != (0, 0)).collect();
    if padded.is_empty() {
        return Ok(vec![Value::Computed(x)]);
    }
    let x = call.with_axes(&x, &padded)?;
    let mut shape = x.shape.clone();
    for axis in &padded {
        let size = i64::try_from(shape[*axis]).unwrap_or(i64::MAX) + sides[*axis].0 + sides[*axis].1;
        shape[*axis] = usize::try_from(size).map_err(|_| "an axis is cut to less than nothing")?;
    }
    let repeated = padded.iter().map(|axis| (x.shape[*axis], sides[*axis].0.max(sides[*axis].1)));
    if let Some((size, side)) = repeated.clone().find(|(size, side)| !goes_around(&mode, *size, *side)) {
        return Err(format!("its mode `{mode}` with {side} on a side goes with an axis longer than {size}").into());
    }
    let is_once_around = mode != "wrap" || repeated.clone().all(|(size, side)| goes_around("symmetric", size, side));
    if let Some(text) = library(&x.dropped, &sides, value, &mode).filter(|_| is_once_around) {
        let (dropped, expression) = (x.dropped.clone(), text(x.expression.clone()));
        return Ok(vec![call.result(shape, dropped, crate::constant::Kind::Real, expression)]);
    }
    let own: Vec<usize> = (0..rank).filter(|axis| !x.dropped[*axis]).collect();
    let is_wider = |axis: usize| sides[axis].0 >= 0 && sides[axis].1 >= 0;
    if mode == "constant" && padded == own[..1] && own.len() > 1 && is_wider(padded[0]) {
        let expression = first_axis(call, x.expression.clone(), sides[padded[0]], value);
        return Ok(vec![call.result(shape, x.dropped, crate::constant::Kind::Real, expression)]);
    }
    let letters = letters(own.len());
    let mut places = Vec::new();
    for (letter, axis) in letters.iter().zip(&own) {
        places.push(place(letter, sides[*axis], x.shape[*axis], &mode)?);
    }
    let read = format!("x[{}]", places.join(", "));
    let read = if mode == "constant" { format!("pad({read}, {})", number(value)) } else { read };
    let body = format!("y[{}] = {read};", letters.join(", "));
    let kind = Value::Computed(x.clone()).kind();
    Ok(vec![formula_of_present(call, "padded", &x, shape, &body, kind)?])
}

/// More places of the first axis, by a formula for tensors of any size.
fn first_axis(call: &mut Call<'_>, x: Expression, (front, back): (i64, i64), value: f64) -> Expression {
    let value = number(value);
    if front == 0 && back > 0 {
        let text = format!("<more: N>(x: [C, ..]) -> y: [C + N, ..] {{\n    y[c, ..] = pad(x[c, ..], {value});\n}}");
        let name = call.formula("pad_first", text);
        return x.method(&name, &format!("more = {back}"));
    }
    let text = format!(
        "<before: B, behind: N>(x: [C, ..]) -> y: [C + B + N, ..] {{\n    y[c, ..] = pad(x[c - B, ..], {value});\n}}"
    );
    let name = call.formula("pad_first", text);
    x.method(&name, &format!("before = {front}, behind = {back}"))
}

/// Whether an axis is long enough for so many elements more on a side.
fn goes_around(mode: &str, size: usize, side: i64) -> bool {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    match mode {
        "reflect" => side < size,
        "symmetric" => side <= size,
        _ => true,
    }
}

/// Where a place of the result lies on an axis.
fn place(letter: &str, (front, back): (i64, i64), size: usize, mode: &str) -> Result<String, Reason> {
    if (front, back) == (0, 0) {
        return Ok(letter.into());
    }
    let own = match front {
        0 => letter.to_string(),
        1.. => format!("{letter} - {front}"),
        _ => format!("{letter} + {}", -front),
    };
    let last = size.saturating_sub(1);
    Ok(match mode {
        "constant" => own,
        "edge" => format!("min(max({own}, 0), {last})"),
        "reflect" => format!("{last} - abs({last} - abs({own}))"),
        // the place at the edge is repeated
        "symmetric" => format!("{last} + 0.5 - abs({size} - abs({own} + 0.5))"),
        "wrap" => format!("{own} - floor(({own})/{size})*{size}"),
        other => return Err(format!("its mode is `{other}`").into()),
    })
}

/// What the library calls it: padding of an image whose axes stand behind the channels.
fn library(
    dropped: &[bool],
    sides: &[(i64, i64)],
    value: f64,
    mode: &str,
) -> Option<impl Fn(Expression) -> Expression + use<>> {
    let rank = sides.len().checked_sub(2).filter(|rank| (1..=3).contains(rank))?;
    let is_image = dropped[0] && dropped[1..].iter().all(|dropped| !dropped) && sides[1] == (0, 0);
    let none_is_negative = sides.iter().all(|(front, back)| *front >= 0 && *back >= 0);
    if !is_image || !none_is_negative || !value.is_finite() {
        return None;
    }
    let mut arguments: Vec<String> =
        sides[2..].iter().flat_map(|(front, back)| [front.to_string(), back.to_string()]).collect();
    match mode {
        "constant" if value == 0.0 => {}
        "constant" => arguments.push(format!("value = {}", number(value))),
        "edge" => arguments.push("mode = replicate".into()),
        "reflect" => arguments.push("mode = reflect".into()),
        "wrap" => arguments.push("mode = circular".into()),
        _ => return None,
    }
    Some(move |x: Expression| x.method(&format!("pad{rank}d"), &arguments.join(", ")))
}
