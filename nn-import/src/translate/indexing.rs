//! Parts of tensors, chosen by numbers.

use super::call::Call;
use super::contraction::{formula, formula_of_present, letters};
use super::gather::nested;
use super::value::{Element, Value, listed};
use super::{Results, views};
use crate::graph::parts;

pub(super) fn slice(call: &mut Call<'_>) -> Results {
    let starts = call.wholes("starts", 1)?.ok_or("there are no starts")?;
    let ends = call.wholes("ends", 2)?.ok_or("there are no ends")?;
    let (axes, steps) = (call.wholes("axes", 3)?, call.wholes("steps", 4)?);
    let x = call.computed(0)?;
    let list = parts::sliced(&x.shape, &starts, &ends, axes.as_deref(), steps.as_deref())?;
    let list: Vec<parts::Part> = list
        .into_iter()
        .filter(|part| (part.start, part.step, part.length) != (0, 1, x.shape[part.axis]))
        .filter(|part| x.shape[part.axis] != 1 || part.length != 1)
        .collect();
    if list.iter().any(|part| part.length == 0) {
        return Err("its result has no elements".into());
    }
    let kind = Value::Computed(x.clone()).kind();
    let x = call.with_axes(&x, &list.iter().map(|part| part.axis).collect::<Vec<_>>())?;
    if list.is_empty() {
        return Ok(vec![Value::Computed(x)]);
    }
    let mut shape = x.shape.clone();
    for part in &list {
        shape[part.axis] = part.length;
    }
    let own = |axis: usize| x.own_axis(axis).unwrap_or(0);
    let is_plain = |part: &parts::Part| part.step == 1 || part.length == 1;
    let is_flip = |part: &parts::Part| part.step == -1 && part.length == x.shape[part.axis];
    if list.iter().all(|part| is_plain(part) || is_flip(part)) {
        let mut expression = x.expression.clone();
        for part in &list {
            let axis = own(part.axis);
            expression = if is_plain(part) {
                expression.method("narrow", &format!("{axis}, {}, {}", part.start, part.length))
            } else {
                expression.method("flip", &format!("axis = {axis}"))
            };
        }
        return Ok(vec![call.result(shape, x.dropped, kind, expression)]);
    }
    let letters = letters(x.present().len());
    let mut places = letters.clone();
    for part in &list {
        let letter = &letters[own(part.axis)];
        places[own(part.axis)] = match part.step {
            1 => format!("{letter} + {}", part.start),
            2.. => format!("{letter}*{} + {}", part.step, part.start),
            _ => format!("{} - {letter}*{}", part.start, -part.step),
        };
    }
    let body = format!("y[{}] = x[{}];", letters.join(", "), places.join(", "));
    Ok(vec![formula_of_present(call, "every", &x, shape, &body, kind)?])
}

pub(super) fn one_hot(call: &mut Call<'_>) -> Results {
    let indices = call.computed(0)?;
    let depth = call.constant(1, "depth")?.number().ok_or("its depth is no single number")?;
    let values = call.constant(2, "values")?;
    let [off, on] = values.elements[..] else { return Err("its values are not two".into()) };
    let rank = indices.shape.len();
    let at = call.axis(-1, rank + 1)?;
    if matches!(indices.kind, Element::Index(_)) {
        return Err("it is of an input of indices".into());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a small size
    let size = depth as usize;
    let mut shape = indices.shape.clone();
    shape.insert(at, size);
    let mut names = letters(rank);
    let own = names.join(", ");
    let read = if rank == 0 { "x".into() } else { format!("x[{own}]") };
    names.insert(at, "q".into());
    let (off, on) = (super::elementwise::number(off), super::elementwise::number(on));
    // ONNX counts negative indices from the end
    let off = if call.flag("from_end", true) { format!("where(q == {read} + {size}, {on}, {off})") } else { off };
    let body = format!("y[{}] = where(q == {read}, {on}, {off});", names.join(", "));
    let kind = values.kind;
    formula(call, "one_hot", &indices, shape, &body, kind)
}

/// The part of matrices above or below a diagonal.
pub(super) fn trilu(call: &mut Call<'_>) -> Results {
    let k = call.optional_constant(1, "diagonal")?.and_then(|k| k.number()).unwrap_or(0.0);
    let is_upper = call.flag("upper", true);
    let x = call.computed(0)?;
    let rank = x.shape.len();
    if rank < 2 {
        return Err("it is no matrix".into());
    }
    let x = call.with_axes(&x, &[rank - 2, rank - 1])?;
    let names = letters(x.present().len());
    let [.., row, column] = names.as_slice() else { return Err("it is no matrix".into()) };
    let all = names.join(", ");
    let bound = format!("{row} + {}", super::elementwise::number(k));
    let kept = format!("x[{all}]");
    let body = if is_upper {
        format!("y[{all}] = where({column} < {bound}, 0, {kept});")
    } else {
        format!("y[{all}] = where({column} > {bound}, 0, {kept});")
    };
    let (shape, kind) = (x.shape.clone(), Value::Computed(x.clone()).kind());
    Ok(vec![formula_of_present(call, "trilu", &x, shape, &body, kind)?])
}

/// The first places of each sequence from their end, as many as its length says.
pub(super) fn reverse(call: &mut Call<'_>) -> Results {
    let lengths = call.constant(1, "lengths")?.whole();
    let x = call.computed(0)?;
    let rank = x.shape.len();
    let list = [call.whole("batch_axis", 1), call.whole("time_axis", 0)];
    let [batch, time] = *views::axes(&list, rank)? else { return Err("it has not two axes".into()) };
    let x = call.with_axes(&x, &[batch, time])?;
    let size = i64::try_from(x.shape[time]).unwrap_or(i64::MAX);
    if lengths.len() != x.shape[batch] || lengths.iter().any(|length| !(0..=size).contains(length)) || batch == time {
        return Err("its lengths are not one for each sequence".into());
    }
    let kind = Value::Computed(x.clone()).kind();
    let (own_batch, own_time) = (x.own_axis(batch).unwrap_or(0), x.own_axis(time).unwrap_or(0));
    if lengths.iter().all(|length| *length == size) {
        let expression = x.expression.clone().method("flip", &format!("axis = {own_time}"));
        return Ok(vec![call.result(x.shape, x.dropped, kind, expression)]);
    }
    let row = |length: i64| (0..size).map(move |at| if at < length { length - 1 - at } else { at });
    let places: Vec<i64> = lengths.iter().flat_map(|length| row(*length)).collect();
    let names = letters(x.present().len());
    let mut read = names.clone();
    read[own_time] = format!("S[{}, {}]", names[own_batch], names[own_time]);
    let sizes = listed(&x.present());
    let text = format!(
        "<places: S: [{}, {size}]>(x: [{sizes}]) -> y: [{sizes}] {{\n    y[{}] = x[{}];\n}}",
        lengths.len(),
        names.join(", "),
        read.join(", "),
    );
    let name = call.formula("reverse", text);
    let argument = format!("places = {}", nested(&places, &[lengths.len(), x.shape[time]]));
    let expression = x.expression.clone().method(&name, &argument);
    Ok(vec![call.result(x.shape, x.dropped, kind, expression)])
}
