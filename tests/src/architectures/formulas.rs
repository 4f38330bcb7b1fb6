//! What users write themselves: formulas with the notation that few layers of the library need.

use super::sketch::{Operation, Sketch, Tensor, any, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(any, of_the_batch),
    operation(any, spread),
    operation(|shape| shape.len() == 2, parts),
    operation(any, clipped),
    operation(any, table),
    operation(several, digits),
    operation(any, noise),
    operation(any, along_an_axis),
    operation(any, numbers),
    operation(any, by_word),
    operation(several, choose),
    operation(any, own_parameter),
    operation(any, filled),
];

fn several(shape: &[usize]) -> bool {
    shape.len() > 1
}

/// A formula under a name of its own, which is `NAME` in the text.
pub(super) fn formula(sketch: &mut Sketch, name: &str, text: &str) -> String {
    let name = format!("{name}{}", sketch.formulas.len());
    sketch.formulas.push(text.replace("NAME", &name));
    name
}

/// Mean and size over the batch while training, what is remembered of them otherwise.
fn of_the_batch(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let layer = formula(
        sketch,
        "Usual",
        "layer NAME<C>(x: [C, ..]) -> y: [C, ..] {
    state usual: [C] = zeros;
    state power: [C] = ones;
    train {
        m[c] = mean[batch, ..](x[c, ..]);
        p[c] = mean[batch, ..](sq(x[c, ..]));
        next usual[c] = 0.9 * usual[c] + 0.1 * m[c];
        next power = p;
        y[c, ..] = (x[c, ..] - m[c]) / sqrt(p[c] + 0.3);
    }
    infer { y[c, ..] = (x[c, ..] - usual[c]) / sqrt(power[c] + 0.3); }
}",
    );
    let layer = sketch.layer(&format!("{layer}({})", shape[0]));
    sketch.define(&format!("{layer}({name})"), shape);
}

/// A result in two parts, each of which is a sum: of products, and of what is no product. One of them may be read with a padding.
fn parts(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let product = "sum[k](x[k, o] * x[i, o])";
    let distance = "sum[k](sqrt(sq(x[k, o] - x[i, o]) + 0.2))";
    let [first, second] = if sketch.once_in(2) { [product, distance] } else { [distance, product] };
    let padding = sketch.pick(&["0", "1", "-0.5"]);
    let text = format!(
        "fn NAME(x: [K, O]) -> y: [2 * K, O] {{
    y[K + i, o] = {first};
    y[i: K, o] = {second};
}}
fn ends_of_NAME(y: [N, O]) -> z: [N, O] {{ z[n, o] = y[n, o] - 0.5 * pad(y[n, o + 1], {padding}); }}"
    );
    let function = formula(sketch, "parts", &text);
    sketch.define(&format!("ends_of_{function}({function}({name}))"), vec![2 * shape[0], shape[1]]);
}

/// Adds each element to several places.
fn spread(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let layer = formula(
        sketch,
        "Spread",
        "layer NAME(x: [.., N]) -> y: [.., 2*N + 1] {
    param weight: [3] = normal(0, 1);
    y[.., 2*n + k] += weight[k] * x[.., n];
}",
    );
    let layer = sketch.layer(&format!("{layer}()"));
    let last = shape.last_mut().expect("a shape with axes");
    *last = 2 * *last + 1;
    sketch.define(&format!("{layer}({name})"), shape);
}

/// The same, to what was there before, without the places outside.
fn clipped(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let layer = formula(
        sketch,
        "Clipped",
        "layer NAME(x: [.., N]) -> y: [.., N] {
    param weight: [3] = normal(0, 1);
    y[.., n] = tanh(x[.., n]);
    clip(y[.., n + k - 1]) += weight[k] * x[.., n];
}",
    );
    let layer = sketch.layer(&format!("{layer}()"));
    sketch.define(&format!("{layer}({name})"), shape);
}

/// Positions that are computed for every choice of the indices.
fn table(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let function = formula(
        sketch,
        "neighbours",
        "fn NAME(x: [.., N]) -> y: [.., N] { y[.., n] = x[.., min(n + 1, N - 1)] * 0.5 - x[.., floor(n / 2)]; }",
    );
    sketch.define(&format!("{name}.{function}()"), shape);
}

/// Two axes as the digits of one.
fn digits(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let text = "fn NAME(x: [A, B, ..]) -> y: [A*B, ..] { y[b*A + a, ..] = x[a, b, ..]; }";
    let function = formula(sketch, "digits", text);
    let together = [&[shape[0] * shape[1]], &shape[2..]].concat();
    sketch.define(&format!("{name}.{function}()"), together);
}

fn noise(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let text = "fn NAME(x: [..]) -> y: [..] { train { y[..] = x[..] * (0.5 + random()); } infer { y = x; } }";
    let function = formula(sketch, "noise", text);
    sketch.define(&format!("{name}.{function}()"), shape);
}

fn along_an_axis(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let function = formula(
        sketch,
        "away",
        "fn NAME<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
    m[.., R..] = mean[n](x[.., n, R..]);
    v[.., R..] = var[n](x[.., n, R..]);
    y[.., n, R..] = (x[.., n, R..] - m[.., R..]) * (1 + v[.., R..]);
}",
    );
    let axis = sketch.random.below(shape.len());
    sketch.define(&format!("{name}.{function}(axis = {axis})"), shape);
}

/// With constants as an argument.
fn numbers(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let text = "fn NAME<weight: W: [N] = 1>(x: [.., N]) -> y: [.., N] { y[.., n] = W[n] * x[.., n]; }";
    let function = formula(sketch, "weighted", text);
    let count = shape[shape.len() - 1];
    let words: Vec<String> = (0..count).map(|_| format!("{:.2}", sketch.random.uniform(-1.0, 1.0))).collect();
    let weight = if count == 1 { words[0].clone() } else { format!("({})", words.join(", ")) };
    sketch.define(&format!("{name}.{function}(weight = {weight})"), shape);
}

/// What is computed depends on an argument.
fn by_word(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let layer = formula(
        sketch,
        "ByWord",
        "layer NAME<C, how: one_of(add, scale) = add>(x: [C, ..]) -> y: [C, ..] {
    require 0 < C, \"there are no channels\";
    param weight: [C] = ones;
    if how == add { y[c, ..] = weight[c] + x[c, ..]; } else { y[c, ..] = weight[c] * x[c, ..]; }
}",
    );
    let how = sketch.pick(&["", ", how = add", ", how = scale"]);
    let layer = sketch.layer(&format!("{layer}({}{how})", shape[0]));
    sketch.define(&format!("{layer}({name})"), shape);
}

/// The place of the last axis that an input says.
fn choose(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    if sketch.depth > 0 {
        return noise(sketch); // only a network has inputs
    }
    let text = "fn NAME(x: [.., N], i: index<N>) -> y: [..] { y[..] = x[.., i]; }";
    let function = formula(sketch, "choose", text);
    let classes = shape.pop().expect("a shape with axes");
    let input = sketch.input(&[], Some(classes));
    sketch.define(&format!("{function}({name}, {input})"), shape);
}

/// A parameter that belongs to no layer.
fn own_parameter(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let parameter = sketch.layer(&format!("param {shape:?} = normal(0, 1)"));
    let value = sketch.pick(&["X + P", "X * P", "(X + P).tanh()"]).replace('X', &name).replace('P', &parameter);
    sketch.define(&value, shape);
}

/// Tensors of one number, which is written or computed.
fn filled(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let value = sketch.pick(&[
        "X * full(SHAPE, 0.3) + ones(SHAPE)",
        "X + full(SHAPE, X.mean())",
        "stack(X, zeros(SHAPE), axis = 0).sum(axis = 0)",
    ]);
    let value = value.replace('X', &name).replace("SHAPE", &format!("{shape:?}"));
    sketch.define(&value, shape);
}
