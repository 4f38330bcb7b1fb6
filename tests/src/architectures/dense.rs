//! Dense layers, tables and norms.

use super::sketch::{Operation, Sketch, Tensor, any, image, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(any, linear),
    operation(any, linear),
    operation(any, gate),
    operation(any, lookup),
    operation(any, attention),
];

pub(super) const NORMS: &[Operation] = &[
    operation(|shape| shape.len() < 5, batch_norm),
    operation(any, norm_of_last_axes),
    operation(any, group_norm),
    operation(image, instance_norm),
    operation(any, norm_without_parameters),
    operation(any, scale_channels),
];

fn linear(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let (from, to) = (shape[shape.len() - 1], 1 + sketch.random.below(6));
    let bias = sketch.pick(&["", "", ", bias = false"]);
    let layer = sketch.layer(&format!("Linear({from} => {to}{bias})"));
    *shape.last_mut().expect("a shape with axes") = to;
    sketch.define(&format!("{layer}({name})"), shape);
}

/// `a * sigmoid(b) + (1 - sigmoid(b)) * x`
fn gate(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let size = shape[shape.len() - 1];
    let [value, gate] = [0, 1].map(|_| sketch.layer(&format!("Linear({size} => {size})")));
    let gate = sketch.define(&format!("{gate}({name}).sigmoid()"), shape.clone()).name;
    sketch.define(&format!("{value}({name}) * {gate} + (1 - {gate}) * {name}"), shape);
}

/// Adds the rows of a table that classes in the input choose.
fn lookup(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let (count, size) = (shape[..shape.len() - 1].iter().product::<usize>(), shape[shape.len() - 1]);
    if sketch.depth > 0 {
        return linear(sketch); // only a network has inputs
    }
    let table = format!("Table{}", sketch.formulas.len());
    sketch.formulas.push(format!(
        "layer {table}<V => D>(i: index<V>[N]) -> y: [N, D] {{\n    param table: [V, D] = normal(0, 1);\n    y[n, d] = table[i[n], d];\n}}"
    ));
    let classes = 2 + sketch.random.below(3);
    // one class, or several in another shape, are seen as a list
    let (input, list) = match sketch.random.below(3) {
        0 if count == 1 => (sketch.input(&[], Some(classes)), ".unsqueeze(0)".to_string()),
        1 => (sketch.input(&[count, 1], Some(classes)), ".flatten()".to_string()),
        _ => (sketch.input(&[count], Some(classes)), String::new()),
    };
    let layer = sketch.layer(&format!("{table}({classes} => {size})"));
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    sketch.define(&format!("{name} + {layer}({input}{list}).reshape({})", sizes.join(", ")), shape);
}

/// Every row looks at every other one.
fn attention(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let size = shape[shape.len() - 1];
    let rows = shape[..shape.len() - 1].iter().product::<usize>();
    let formula = format!("attend{}", sketch.formulas.len());
    sketch.formulas.push(format!(
        "fn {formula}(q: [N, D], k: [N, D], v: [N, D]) -> y: [N, D] {{\n    s[i, j] = sum[d](q[i, d] * k[j, d]) / sqrt(D);\n    w = softmax(s);\n    y[i, d] = sum[j](w[i, j] * v[j, d]);\n}}"
    ));
    let flat = sketch.define(&format!("{name}.reshape({rows}, {size})"), vec![rows, size]).name;
    let [q, k, v] = [0, 1, 2].map(|_| sketch.layer(&format!("Linear({size} => {size}, bias = false)")));
    sketch.define(&format!("{formula}({q}({flat}), {k}({flat}), {v}({flat}))"), vec![rows, size]);
}

/// An argument `eps`, or none.
fn eps(sketch: &mut Sketch) -> &'static str {
    sketch.pick(&["", ", eps = 0.1", ", eps = 0.01"])
}

fn batch_norm(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axes = shape.len().saturating_sub(1).max(1);
    let (eps, rest) =
        (eps(sketch), sketch.pick(&["", "", ", affine = false", ", training = false", ", momentum = 0.3"]));
    let layer = sketch.layer(&format!("BatchNorm{axes}d({}{eps}{rest})", shape[0]));
    sketch.define(&format!("{layer}({name})"), shape);
}

fn norm_of_last_axes(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let from = sketch.random.below(shape.len());
    let sizes = super::sketch::list(&shape[from..]);
    let kind = sketch.pick(&["LayerNorm", "RMSNorm"]);
    let (eps, affine) = (eps(sketch), sketch.pick(&["", "", ", elementwise_affine = false"]));
    let bias = if kind == "LayerNorm" { sketch.pick(&["", "", ", bias = false"]) } else { "" };
    let layer = sketch.layer(&format!("{kind}({sizes}{eps}{affine}{bias})"));
    sketch.define(&format!("{layer}({name})"), shape);
}

fn group_norm(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let groups = sketch.groups(shape[0]);
    let (eps, affine) = (eps(sketch), sketch.pick(&["", ", affine = false"]));
    let layer = sketch.layer(&format!("GroupNorm({groups}, {}{eps}{affine})", shape[0]));
    sketch.define(&format!("{layer}({name})"), shape);
}

fn instance_norm(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let (eps, affine) = (eps(sketch), sketch.pick(&["", ", affine = true"]));
    let layer = sketch.layer(&format!("InstanceNorm{}d({}{eps}{affine})", shape.len() - 1, shape[0]));
    sketch.define(&format!("{layer}({name})"), shape);
}

fn norm_without_parameters(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let groups = sketch.groups(shape[0]);
    let call = if sketch.once_in(2) { "instance_norm(eps = 0.1)".into() } else { format!("group_norm({groups})") };
    sketch.define(&format!("{name}.{call}"), shape);
}

/// A factor and an offset for each channel, computed from the sample.
fn scale_channels(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let (len, channels) = (shape.iter().product::<usize>(), shape[0]);
    let [weight, bias] = [0, 1].map(|_| sketch.layer(&format!("Linear({len} => {channels})")));
    sketch
        .define(&format!("scale_channels({name}, {weight}({name}.flatten()).tanh(), {bias}({name}.flatten()))"), shape);
}
