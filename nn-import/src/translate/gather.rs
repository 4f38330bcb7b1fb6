//! Elements chosen by indices.

use super::Results;
use super::call::Call;
use super::contraction::letters;
use super::value::{Computed, Element, Value, listed, present};
use super::views;
use crate::constant::{Constant, Kind};
use crate::graph::{Graph, axis};
use crate::network::Expression;

/// The bound of an input of whole numbers that chooses from a stored tensor, perhaps in another shape.
pub(super) fn bound(input: &str, graph: &Graph) -> Option<usize> {
    let mut names = vec![input];
    let mut bound: Option<usize> = None;
    for node in &graph.nodes {
        let Some(at) = node.inputs.iter().position(|name| names.contains(&name.as_str())) else { continue };
        match node.operator.as_str() {
            "Gather" if at == 1 => {
                let table = node.input(0)?;
                let of_input = graph.inputs.iter().find(|input| input.name == table).map(|input| &input.shape);
                let shape = graph.constants.get(table).map(|table| &table.shape).or(of_input)?;
                let axis = axis(node.attributes.whole("axis").unwrap_or(0), shape.len()).ok()?;
                let own = shape[axis];
                bound = Some(bound.map_or(own, |bound| bound.min(own)));
            }
            "Cast" | "Reshape" | "Squeeze" | "Unsqueeze" | "Identity" | "Flatten" | "Shape" if at == 0 => {
                names.extend(node.outputs.iter().map(String::as_str));
            }
            _ => return None,
        }
    }
    bound
}

pub(super) fn gather(call: &mut Call<'_>) -> Results {
    let (x, indices) = (call.value(0)?, call.value(1)?);
    let at = call.axis(0, x.shape().len())?;
    let shape = [&x.shape()[..at], indices.shape(), &x.shape()[at + 1..]].concat();
    match indices {
        Value::Constant(indices) => {
            let x = call.compute(x);
            gather_known(call, &x, at, &indices, shape)
        }
        Value::Computed(indices) => gather_by_input(call, x, at, &indices, shape),
    }
}

/// At places that are known.
fn gather_known(call: &mut Call<'_>, x: &Computed, at: usize, indices: &Constant, shape: Vec<usize>) -> Results {
    let kind = Value::Computed(x.clone()).kind();
    let chosen: Vec<usize> =
        indices.whole().iter().map(|index| axis(*index, x.shape[at])).collect::<Result<_, String>>()?;
    let dropped = [&x.dropped[..at], &vec![false; indices.shape.len()], &x.dropped[at + 1..]].concat();
    if x.dropped[at] && indices.shape.is_empty() {
        return Ok(vec![Value::Computed(Computed { shape, dropped, ..x.clone() })]);
    }
    let x = call.with_axes(x, &[at])?;
    let own = x.own_axis(at).ok_or("the axis is not there")?;
    let follows = chosen.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if let ([one], []) = (chosen.as_slice(), indices.shape.as_slice()) {
        let expression = x.expression.clone().method("select", &format!("{own}, {one}"));
        return Ok(vec![call.result(shape, dropped, kind, expression)]);
    }
    if follows && indices.shape.len() == 1 {
        let whole = chosen.len() == x.shape[at];
        let part = format!("{own}, {}, {}", chosen[0], chosen.len());
        let expression = if whole { x.expression.clone() } else { x.expression.clone().method("narrow", &part) };
        return Ok(vec![call.result(shape, dropped, kind, expression)]);
    }
    if chosen.len() > 4096 {
        return Err(format!("it takes {} places, which the source would list", chosen.len()).into());
    }
    let after = x.present().len() - own - 1;
    let all = letters(own + 1 + after);
    let mut places = all.clone();
    places[own] = format!("S[{}]", all[own]);
    let flat = [x.present()[..own].to_vec(), vec![chosen.len()], x.present()[own + 1..].to_vec()].concat();
    let text = format!(
        "<places: S: [K]>(x: [{}]) -> y: [{}] {{\n    y[{}] = x[{}];\n}}",
        listed(&x.present()),
        listed(&flat),
        all.join(", "),
        places.join(", "),
    );
    let name = call.formula("take", text);
    let expression = x.expression.clone().method(&name, &format!("places = ({})", listed(&chosen)));
    let expression = call.define(expression);
    let flat_shape = [&x.shape[..at], &[chosen.len()], &x.shape[at + 1..]].concat();
    let flat_dropped = [&x.dropped[..at], &[false], &x.dropped[at + 1..]].concat();
    let value = Computed { shape: flat_shape, dropped: flat_dropped, kind: x.kind, expression };
    let value = views::reshaped(call, &value, shape)?;
    Ok(vec![Value::Computed(value)])
}

/// At places that an input says.
fn gather_by_input(call: &mut Call<'_>, x: Value, at: usize, indices: &Computed, shape: Vec<usize>) -> Results {
    let Element::Index(bound) = indices.kind else {
        return Err("its indices are computed, and no input of indices".into());
    };
    let sizes = indices.present();
    let own_dropped = indices.dropped.clone();
    if let (Value::Constant(table), 0) = (&x, at)
        && table.shape.len() == 2
        && table.kind == Kind::Real
    {
        let width = table.shape[1];
        let path = call.path(table);
        let kind = format!("Embedding({} => {width})", table.shape[0]);
        let layer = call.layer(&path, "embedding", kind, vec![("weight", table.clone())]);
        let dropped = [own_dropped, vec![false]].concat();
        let expression = Expression::Layer(layer, vec![indices.expression.clone()]);
        return Ok(vec![call.result(shape, dropped, Kind::Real, expression)]);
    }
    let kind = x.kind();
    let x = call.compute(x);
    let x = call.with_axes(&x, &[at])?;
    let own = x.own_axis(at).ok_or("the axis is not there")?;
    let own_sizes = x.present();
    let dropped = [&x.dropped[..at], &own_dropped, &x.dropped[at + 1..]].concat();
    let all = letters(own_sizes.len() + sizes.len() - 1);
    let inner = &all[own..own + sizes.len()];
    let index = if inner.is_empty() { "at".to_string() } else { format!("at[{}]", inner.join(", ")) };
    let places = [&all[..own], &[index], &all[own + sizes.len()..]].concat();
    let declared = if sizes.is_empty() { String::new() } else { format!("[{}]", listed(&sizes)) };
    let target = if all.is_empty() { "y".into() } else { format!("y[{}]", all.join(", ")) };
    let text = format!(
        "(x: [{}], at: index<{bound}>{declared}) -> y: [{}] {{\n    {target} = x[{}];\n}}",
        listed(&own_sizes),
        listed(&present(&shape, &dropped)),
        places.join(", "),
    );
    let name = call.formula("gather", text);
    let expression = Expression::Method(name, vec![x.expression.clone(), indices.expression.clone()]);
    Ok(vec![call.result(shape, dropped, kind, expression)])
}

/// Of each row another place: as a sum over all places, of which one counts.
pub(super) fn gather_elements(call: &mut Call<'_>) -> Results {
    let (x, indices) = (call.computed(0)?, call.constant(1, "indices")?);
    let at = call.axis(0, x.shape.len())?;
    if indices.elements.len() > 4096 || indices.shape.len() != x.shape.len() {
        return Err("its indices are too many to be listed in the source".into());
    }
    if (0..x.shape.len()).any(|other| other != at && indices.shape[other] > x.shape[other]) {
        return Err("it has more indices than elements".into());
    }
    let chosen: Vec<usize> =
        indices.whole().iter().map(|index| axis(*index, x.shape[at])).collect::<Result<_, String>>()?;
    let names = letters(x.shape.len());
    let mut places = names.clone();
    places[at] = format!("S[{}]", names.join(", "));
    let text = format!(
        "<places: S: [{}]>(x: [{}]) -> y: [{}] {{\n    y[{}] = x[{}];\n}}",
        listed(&indices.shape),
        listed(&x.shape),
        listed(&indices.shape),
        names.join(", "),
        places.join(", "),
    );
    let name = call.formula("take", text);
    let kind = Value::Computed(x.clone()).kind();
    let operand = call.with_all(&x)?;
    let expression = operand.method(&name, &format!("places = {}", nested(&chosen, &indices.shape)));
    let dropped = vec![false; indices.shape.len()];
    Ok(vec![call.result(indices.shape, dropped, kind, expression)])
}

/// Numbers in parentheses for each axis.
pub(super) fn nested<T: ToString>(elements: &[T], shape: &[usize]) -> String {
    let Some((count, rest)) = shape.split_first() else { return listed(elements) };
    if rest.is_empty() {
        return format!("({})", listed(elements));
    }
    let rows: Vec<String> = elements.chunks(elements.len() / count.max(&1)).map(|row| nested(row, rest)).collect();
    format!("({})", rows.join(", "))
}
