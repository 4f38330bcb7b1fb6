//! Recurrent layers, whose gates have another order in ONNX than in PyTorch.

use super::call::Call;
use super::value::{Computed, Value};
use super::{Reason, Results, permute, views};
use crate::constant::{Constant, Kind};
use crate::network::Expression;

/// What the recurrent layers differ in.
struct Cell {
    name: &'static str,
    word: &'static str,
    /// The gates of ONNX in the order of PyTorch.
    gates: &'static [usize],
    /// The results of a call.
    results: usize,
}

pub(super) fn lstm(call: &mut Call<'_>) -> Results {
    if call.optional(7).is_some_and(|one| !is_zero(&one)) || call.flag("input_forget", false) {
        return Err("its gates see the state of the cells, or are coupled".into());
    }
    has_activations(call, &["Sigmoid", "Tanh", "Tanh"])?;
    // input, output, forget, cell become input, forget, cell, output
    recurrent(call, &Cell { name: "LSTM", word: "lstm", gates: &[0, 2, 3, 1], results: 3 }, &[])
}

pub(super) fn gru(call: &mut Call<'_>) -> Results {
    has_activations(call, &["Sigmoid", "Tanh"])?;
    let more: &[&str] = if call.flag("linear_before_reset", false) { &[] } else { &["reset_after = false"] };
    // update, reset, new become reset, update, new
    recurrent(call, &Cell { name: "GRU", word: "gru", gates: &[1, 0, 2], results: 2 }, more)
}

pub(super) fn rnn(call: &mut Call<'_>) -> Results {
    let all = call.node.attributes.texts("activations").unwrap_or_default();
    let is_relu = !all.is_empty() && all.iter().all(|name| name.eq_ignore_ascii_case("relu"));
    if !is_relu {
        has_activations(call, &["Tanh"])?;
    }
    let more: &[&str] = if is_relu { &["nonlinearity = relu"] } else { &[] };
    recurrent(call, &Cell { name: "RNN", word: "rnn", gates: &[0], results: 2 }, more)
}

/// Refuses other functions than these in each direction.
fn has_activations(call: &Call<'_>, own: &[&str]) -> Result<(), Reason> {
    let all = call.node.attributes.texts("activations").unwrap_or_default();
    let same = all.iter().zip(own.iter().cycle()).all(|(name, own)| name.eq_ignore_ascii_case(own));
    if same { Ok(()) } else { Err(format!("its activations are {}", all.join(", ")).into()) }
}

fn is_zero(value: &Value) -> bool {
    super::constant(value).is_some_and(|constant| constant.elements.iter().all(|element| *element == 0.0))
}

/// One layer with its weights.
struct Layer {
    number: usize,
    directions: usize,
    hidden: usize,
}

fn recurrent(call: &mut Call<'_>, cell: &Cell, more: &[&str]) -> Results {
    if call.node.attributes.real("clip").is_some() {
        return Err("its gates are clipped".into());
    }
    let x = call.computed(0)?;
    let batch_first = call.flag("layout", false);
    let [first, second, inputs] = x.shape[..] else { return Err("its input has not three axes".into()) };
    if call.constant(1, "weight")?.shape.last() != Some(&inputs) {
        return Err(format!("its weights are not those of {inputs} inputs").into());
    }
    let (steps, samples) = if batch_first { (second, first) } else { (first, second) };
    if let Some(lengths) = call.optional_constant(4, "lengths")?
        && lengths.whole().iter().any(|length| usize::try_from(*length) != Ok(steps))
    {
        return Err("its sequences have several lengths".into());
    }
    let layer = layer(call, cell, more)?;
    let batch_axis = usize::from(!batch_first);
    let states = initial_states(call, cell)?;
    let mut results: Vec<Vec<Expression>> = vec![Vec::new(); cell.results];
    if samples > 16 {
        return Err(format!("it has a batch of {samples}: export the model with a batch of one").into());
    }
    for sample in 0..samples {
        let one = of_sample(call, &x, batch_axis, sample, false)?;
        let mut operands = vec![one];
        for state in &states {
            let own = of_sample(call, state, batch_axis, sample, layer.directions == 1)?;
            operands.push(if layer.directions == 1 { own } else { own.method("flatten", "") });
        }
        let expression = call.translation.define(Expression::Layer(layer.number, operands), cell.results);
        let Expression::Value(at, _) = expression else { return Err("a call of a layer is a value".into()) };
        for (number, result) in results.iter_mut().enumerate() {
            result.push(Expression::Value(at, number));
        }
    }
    let mut values = Vec::new();
    for (number, result) in results.into_iter().enumerate() {
        let sizes = if number == 0 { vec![steps] } else { Vec::new() };
        values.push(whole_result(call, &layer, result, &sizes, batch_first)?);
    }
    Ok(values)
}

/// The layer of the library with the weights in PyTorch's order.
fn layer(call: &mut Call<'_>, cell: &Cell, more: &[&str]) -> Result<Layer, Reason> {
    let (weight, recurrence) = (call.constant(1, "weight")?, call.constant(2, "weight of the recurrence")?);
    let bias = call.optional_constant(3, "bias")?;
    let count = cell.gates.len();
    let ([directions, rows, inputs], [_, _, hidden]) = (&weight.shape[..], &recurrence.shape[..]) else {
        return Err("its weights have not three axes".into());
    };
    let (directions, inputs, hidden) = (*directions, *inputs, *hidden);
    if *rows != count * hidden || recurrence.shape != [directions, count * hidden, hidden] || directions > 2 {
        return Err("its weights do not go together".into());
    }
    if bias.as_ref().is_some_and(|bias| bias.shape != [directions, 2 * count * hidden]) {
        return Err("its bias does not go with its weights".into());
    }
    let is_reversed = call.node.attributes.text("direction") == Some("reverse");
    let mut tensors: Vec<(String, Constant)> = Vec::new();
    for direction in 0..directions {
        let end = if direction == 0 { "" } else { "_reverse" };
        let layer = if is_reversed { "" } else { "_l0" };
        let mut add = |name: &str, tensor: &Constant, start: usize, shape: Vec<usize>| {
            let own = tensor.narrowed(0, direction, 1);
            let part = own.narrowed(1, start, count * hidden).reshaped(shape);
            tensors.push((format!("{name}{layer}{end}"), in_order(&part, cell.gates, hidden)));
        };
        add("weight_ih", &weight, 0, vec![count * hidden, inputs]);
        add("weight_hh", &recurrence, 0, vec![count * hidden, hidden]);
        if let Some(bias) = &bias {
            add("bias_ih", bias, 0, vec![count * hidden]);
            add("bias_hh", bias, count * hidden, vec![count * hidden]);
        }
    }
    let mut arguments = vec![format!("{inputs} => {hidden}")];
    arguments.extend(more.iter().map(|one| (*one).to_string()));
    if bias.is_none() {
        arguments.push("bias = false".into());
    }
    if directions == 2 {
        arguments.push("bidirectional = true".into());
    }
    let mut name = cell.name.to_string();
    if is_reversed {
        name.push_str("Direction");
        arguments.push("reversed = true".into());
    }
    let path = call.path(&weight);
    let tensors = tensors.iter().map(|(name, tensor)| (name.as_str(), tensor.clone())).collect();
    let number = call.layer(&path, cell.word, format!("{name}({})", arguments.join(", ")), tensors);
    Ok(Layer { number, directions, hidden })
}

/// The gates in another order: blocks of rows.
fn in_order(tensor: &Constant, gates: &[usize], hidden: usize) -> Constant {
    let row: usize = hidden * tensor.shape[1..].iter().product::<usize>();
    let elements =
        gates.iter().flat_map(|gate| tensor.elements[gate * row..(gate + 1) * row].iter().copied()).collect();
    Constant::new(Kind::Real, tensor.shape.clone(), elements)
}

/// The states to begin with, unless all are zero.
fn initial_states(call: &mut Call<'_>, cell: &Cell) -> Result<Vec<Computed>, Reason> {
    let given: Vec<Option<Value>> = (5..4 + cell.results).map(|at| call.optional(at)).collect();
    if given.iter().flatten().all(is_zero) {
        return Ok(Vec::new());
    }
    let mut states = Vec::new();
    for state in given {
        let state = state.ok_or("one of two states to begin with is missing")?;
        states.push(call.compute(state));
    }
    Ok(states)
}

/// A value of one sample, without the axis of the batch; a state of one direction without the axis of the directions too.
fn of_sample(
    call: &mut Call<'_>,
    value: &Computed,
    batch: usize,
    sample: usize,
    has_one_direction: bool,
) -> Result<Expression, Reason> {
    let mut dropped = vec![false; value.shape.len()];
    if dropped.len() != 3 {
        return Err("its input or state has not three axes".into());
    }
    if has_one_direction {
        dropped[1 - batch] = true;
    }
    if value.shape[batch] == 1 {
        dropped[batch] = true;
        return call.with_dropped(value, &dropped);
    }
    let whole = call.with_dropped(value, &dropped)?;
    let axis = dropped[..batch].iter().filter(|dropped| !**dropped).count();
    Ok(whole.method("select", &format!("{axis}, {sample}")))
}

/// A result of all samples in the shape of the model: `[T, D, B, H]`, or `[B, T, D, H]`.
fn whole_result(
    call: &mut Call<'_>,
    layer: &Layer,
    mut results: Vec<Expression>,
    steps: &[usize],
    batch_first: bool,
) -> Result<Value, Reason> {
    let samples = results.len();
    let width = layer.directions * layer.hidden;
    let (shape, dropped, expression) = if samples == 1 {
        let shape = [&[1], steps, &[width]].concat();
        let mut dropped = vec![false; shape.len()];
        dropped[0] = true;
        (shape, dropped, results.remove(0))
    } else {
        results.push(Expression::Text("axis = 0".into()));
        let shape = [&[samples], steps, &[width]].concat();
        let stacked = call.define(Expression::Function("stack".into(), results));
        (shape.clone(), vec![false; shape.len()], stacked)
    };
    let value = Computed::new(shape, dropped, expression);
    let value = views::reshaped(call, &value, [&[samples], steps, &[layer.directions, layer.hidden]].concat())?;
    let order: &[usize] = match (batch_first, steps.len()) {
        (true, 1) => &[0, 1, 2, 3],
        (true, _) => &[0, 1, 2],
        (false, 1) => &[1, 2, 0, 3],
        (false, _) => &[1, 0, 2],
    };
    Ok(Value::Computed(permute::permuted(call, &value, order)?))
}
