//! Ways that part and meet again, and layers of layers.

use super::sketch::{Operation, Sketch, Tensor, any, image, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(any, residual),
    operation(any, residual),
    operation(any, concat),
    operation(any, concat),
    operation(|shape| shape.len() < 4, stack),
    operation(any, broadcast),
    operation(any, broadcast),
    operation(any, whole),
    operation(image, squeeze_and_excite),
    operation(image, inception),
    operation(image, dense_block),
    operation(|shape| image(shape) && shape[1..].iter().all(|size| *size > 1), u_net),
    operation(any, second_input),
    operation(any, input_of_other_rank),
    operation(any, shared_dense),
];

pub(super) const BLOCKS: &[Operation] =
    &[operation(any, array), operation(any, array_with_condition), operation(any, layer_used_twice)];

/// With a tensor before of the same shape; with itself at least.
fn residual(sketch: &mut Sketch) {
    let last = sketch.last();
    let other = sketch.other(|other| other.shape == last.shape);
    let operator = sketch.pick(&["+", "-", "*"]);
    sketch.define(&format!("{} {operator} 0.5 * {}", last.name, other.name), last.shape);
}

/// With one or two tensors before that agree in all axes but one; with itself at least.
fn concat(sketch: &mut Sketch) {
    let last = sketch.last();
    let axis = sketch.random.below(last.shape.len());
    let agrees = |other: &Tensor| {
        other.shape.len() == last.shape.len()
            && other.shape.iter().zip(&last.shape).enumerate().all(|(at, (a, b))| at == axis || a == b)
    };
    let (mut names, mut shape) = (vec![last.name.clone()], last.shape.clone());
    for _ in 0..=sketch.random.below(2) {
        let other = sketch.other(agrees);
        shape[axis] += other.shape[axis];
        names.push(other.name);
    }
    sketch.define(&format!("concat({}, axis = {axis})", names.join(", ")), shape);
}

fn stack(sketch: &mut Sketch) {
    let last = sketch.last();
    let other = sketch.other(|other| other.shape == last.shape);
    let axis = sketch.random.below(last.shape.len() + 1);
    let mut shape = last.shape;
    shape.insert(axis, 2);
    sketch.define(&format!("stack({}, {}, axis = {axis})", last.name, other.name), shape);
}

/// With what is brought together along some axes.
fn broadcast(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axis = sketch.random.below(shape.len());
    let function = sketch.pick(&["sum", "mean", "max", "min", "prod"]);
    let operator = sketch.pick(&["+", "-", "*"]);
    let gate = format!("{name}.{function}(axis = {axis}, keepdim = true)");
    let value = match sketch.random.below(3) {
        0 => format!("{gate} {operator} {name}"),
        1 => format!("{name} {operator} {gate}.sigmoid()"),
        _ => format!("{name} / (1.5 + {gate}.tanh())"),
    };
    sketch.define(&value, shape);
}

/// With one number that all elements give.
fn whole(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let function = sketch.pick(&["sum", "mean", "max", "min"]);
    sketch.define(&format!("{name} * (0.5 + {name}.{function}().tanh())"), shape);
}

fn squeeze_and_excite(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let (channels, axes) = (shape[0], shape.len() - 1);
    let down = sketch.layer(&format!("Linear({channels} => 2)"));
    let up = sketch.layer(&format!("Linear(2 => {channels})"));
    let places = ["1", "1, 2", "1, 2, 3"][axes - 1];
    let axis = if axes == 1 { places.to_string() } else { format!("({places})") };
    let gate = sketch.define(&format!("{up}({down}({name}.mean(axis = {axis})).silu()).sigmoid()"), vec![channels]);
    let ones = vec![", 1"; axes].concat();
    sketch.define(&format!("{name} * {}.reshape({channels}{ones})", gate.name), shape);
}

/// Convolutions of several sizes and pooling side by side.
fn inception(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let (channels, axes) = (shape[0], shape.len() - 1);
    let one = sketch.layer(&format!("Conv{axes}d({channels} => 1, kernel = 1)"));
    let three = sketch.layer(&format!("Conv{axes}d({channels} => 2, kernel = 3, padding = same)"));
    let pool = sketch.pick(&["max", "avg"]);
    let pooled = format!("{name}.{pool}_pool{axes}d(3, stride = 1, padding = 1)");
    shape[0] = 3 + channels;
    sketch.define(&format!("concat({one}({name}), {three}({name}).tanh(), {pooled}, axis = 0)"), shape);
}

/// Each convolution sees all that was computed before it.
fn dense_block(sketch: &mut Sketch) {
    for _ in 0..2 {
        let Tensor { name, mut shape } = sketch.last();
        let axes = shape.len() - 1;
        let layer = sketch.layer(&format!("Conv{axes}d({} => 1, kernel = 3, padding = 1)", shape[0]));
        let activation = sketch.pick(&["relu", "tanh"]);
        shape[0] += 1;
        sketch.define(&format!("concat({name}, {layer}({name}).{activation}(), axis = 0)"), shape);
    }
}

/// Down to half the size and up again, beside what there was.
fn u_net(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let (channels, axes) = (shape[0], shape.len() - 1);
    let down = sketch.pick(&["max", "avg"]);
    let middle = sketch.layer(&format!("Conv{axes}d({channels} => 2, kernel = 3, padding = 1)"));
    let odd: Vec<usize> = shape[1..].iter().map(|size| size % 2).collect();
    let odd = super::sketch::list(&odd);
    let up = sketch.layer(&format!("ConvTranspose{axes}d(2 => 2, kernel = 2, stride = 2, output_padding = {odd})"));
    let small: Vec<usize> = [2].into_iter().chain(shape[1..].iter().map(|size| size / 2)).collect();
    let low = sketch.define(&format!("{middle}({name}.{down}_pool{axes}d(2)).silu()"), small).name;
    shape[0] = channels + 2;
    sketch.define(&format!("concat({name}, {up}({low}), axis = 0)"), shape);
}

fn second_input(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    if sketch.depth > 0 {
        return residual(sketch); // only a network has inputs
    }
    let mut given = shape.clone();
    if sketch.once_in(2) {
        given[0] = 1;
    }
    let input = sketch.input(&given, None);
    let operator = sketch.pick(&["+", "*"]);
    sketch.define(&format!("{name} {operator} {input}"), shape);
}

/// A few numbers of their own, which give a gate for each channel.
fn input_of_other_rank(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    if sketch.depth > 0 {
        return residual(sketch); // only a network has inputs
    }
    let count = 1 + sketch.random.below(4);
    let (input, layer) = (sketch.input(&[count], None), sketch.layer(&format!("Linear({count} => {})", shape[0])));
    let ones = vec![", 1"; shape.len() - 1].concat();
    sketch.define(&format!("{name} * {layer}({input}).sigmoid().reshape({}{ones})", shape[0]), shape);
}

/// One layer for this tensor and for another, whose other axes may differ.
fn shared_dense(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let size = shape[shape.len() - 1];
    let other = sketch.other(|other| other.shape.last() == Some(&size)).name;
    let layer = sketch.layer(&format!("Linear({size} => {size})"));
    sketch.define(&format!("{layer}({name}) * (0.5 + {layer}({other}).mean().tanh())"), shape);
}

/// Makes the last tensor one of this shape.
pub(super) fn restore(sketch: &mut Sketch, shape: &[usize]) {
    let last = sketch.last();
    if last.shape == shape {
        return;
    }
    let (from, to) = (last.shape.iter().product::<usize>(), shape.iter().product::<usize>());
    let flat = if last.shape.len() == 1 { last.name } else { format!("{}.flatten()", last.name) };
    let dense = sketch.layer(&format!("Linear({from} => {to})"));
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    sketch.define(&format!("{dense}({flat}).reshape({})", sizes.join(", ")), shape.to_vec());
}

/// A layer of its own that keeps a shape, and its name; with a condition it has a second input of that shape.
fn block(sketch: &mut Sketch, shape: &[usize], has_condition: bool) -> String {
    let mut body = Sketch::new(sketch.random.clone(), shape.to_vec());
    if has_condition {
        body.tensors.insert(0, Tensor { name: "condition".into(), shape: shape.to_vec() });
    }
    body.formulas = std::mem::take(&mut sketch.formulas);
    body.depth = sketch.depth + 1;
    let steps = 1 + body.random.below(3);
    (0..steps).for_each(|_| super::step(&mut body));
    restore(&mut body, shape);
    sketch.formulas = std::mem::take(&mut body.formulas);
    let name = format!("Block{}", sketch.formulas.len());
    let sizes = ["A", "B", "C", "D", "E", "F"][..shape.len()].join(", ");
    let (second, joined) = if has_condition {
        (format!(", condition: [{sizes}]"), join_condition(&mut body, shape))
    } else {
        (String::new(), String::new())
    };
    sketch.random = body.random.clone();
    let mut text = format!("layer {name}(x: [{sizes}]{second}) -> y: [{sizes}] {{\n");
    body.layers.iter().for_each(|layer| text += &format!("    {layer}\n"));
    body.statements.iter().for_each(|(name, value)| text += &format!("    {name} = {value};\n"));
    let skip = sketch.pick(&["", " + x", " + 0.3 * x"]);
    text += &format!("    y = {}.tanh(){joined}{skip};\n}}", body.last().name);
    sketch.formulas.push(text);
    name
}

/// The condition as it is, or through a convolution that reads outside of it.
fn join_condition(body: &mut Sketch, shape: &[usize]) -> String {
    if !image(shape) || body.once_in(3) {
        return " + 0.5 * condition".into();
    }
    let around = body.pick(&["kernel = 3, padding = 1", "kernel = 2, padding = (0, 1)", "kernel = 3, padding = same"]);
    let around = if shape.len() == 2 { around } else { "kernel = 3, padding = 1" };
    let layer = body.layer(&format!("Conv{}d({1} => {1}, {around})", shape.len() - 1, shape[0]));
    let plain = body.pick(&["", " + 0.3 * condition"]);
    format!(" + {layer}(condition){plain}")
}

fn array(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    if sketch.depth > 1 {
        return residual(sketch);
    }
    let layers = array_of(sketch, &shape, false);
    sketch.define(&format!("{layers}({name})"), shape);
}

fn array_with_condition(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    if sketch.depth > 1 {
        return residual(sketch);
    }
    let condition = if sketch.depth == 0 && sketch.once_in(3) {
        sketch.input(&shape, None)
    } else {
        sketch.other(|other| other.shape == shape).name
    };
    let layers = array_of(sketch, &shape, true);
    sketch.define(&format!("{layers}({name}, {condition})"), shape);
}

fn array_of(sketch: &mut Sketch, shape: &[usize], has_condition: bool) -> String {
    let block = block(sketch, shape, has_condition);
    let count = 1 + sketch.random.below(3);
    sketch.block(&format!("[{block}(); {count}]"))
}

fn layer_used_twice(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    if sketch.depth > 1 {
        return residual(sketch);
    }
    let block = block(sketch, &shape, false);
    let layer = sketch.block(&format!("{block}()"));
    sketch.define(&format!("{layer}({layer}({name}).sin()) - {name}"), shape);
}
