//! Operations on each element, and along one axis.

use super::sketch::{Operation, Sketch, Tensor, any, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(any, activation),
    operation(any, activation),
    operation(any, bounded),
    operation(any, arithmetic),
    operation(any, dropout),
    operation(any, softmax),
    operation(any, parametric),
    operation(|shape| shape.iter().any(|size| size % 2 == 0), glu),
];

const ACTIVATIONS: &[&str] = &[
    "relu",
    "leaky_relu",
    "leaky_relu(slope = 0.2)",
    "elu",
    "elu(alpha = 0.7)",
    "celu(alpha = 1.3)",
    "selu",
    "gelu",
    "gelu_tanh",
    "silu",
    "mish",
    "sigmoid",
    "log_sigmoid",
    "softplus",
    "softplus(beta = 2.5, threshold = 3)",
    "softsign",
    "tanh",
    "tanhshrink",
    "sq",
    "sin",
    "cos",
    "erf",
];

fn activation(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let function = sketch.pick(ACTIVATIONS);
    let call = if function.ends_with(')') { function.to_string() } else { format!("{function}()") };
    sketch.define(&format!("{name}.{call}"), shape);
}

const BOUNDED: &[&str] = &[
    "relu6()",
    "hardsigmoid()",
    "hardswish()",
    "hardtanh()",
    "hardtanh(min_val = -0.3, max_val = 0.7)",
    "clamp(min = -0.4)",
    "clamp(max = 0.6)",
    "clamp(min = -0.4, max = 0.6)",
    "softshrink(0.2)",
    "abs()",
];

fn bounded(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let call = sketch.pick(BOUNDED);
    sketch.define(&format!("{name}.{call}"), shape);
}

fn arithmetic(sketch: &mut Sketch) {
    let Tensor { name: x, shape } = sketch.last();
    let values = [
        format!("0.3 * {x} - 0.2"),
        format!("{x} / (1 + {x} * {x})"),
        format!("1 - {x}.exp() / 3"),
        format!("({x} * {x} + 0.5).sqrt()"),
        format!("(1.5 + {x}.tanh()).ln()"),
        format!("{x}.max(-{x} / 2 + 0.1)"),
        format!("-{x}.tanh().exp_m1()"),
        format!("pow({x}.abs() + 0.3, 1.5)"),
    ];
    let value = values[sketch.random.below(values.len())].clone();
    sketch.define(&value, shape);
}

fn dropout(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    sketch.define(&format!("{name}.dropout(0.3)"), shape);
}

fn softmax(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let function = sketch.pick(&["softmax", "log_softmax", "softmin"]);
    let axis = sketch.random.below(shape.len());
    sketch.define(&format!("{name}.{function}(axis = {axis})"), shape);
}

/// With a slope that is learned.
fn parametric(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let slopes = if sketch.once_in(2) { String::new() } else { format!("({})", shape[0]) };
    let layer = sketch.layer(&format!("PReLU{slopes}"));
    sketch.define(&format!("{layer}({name})"), shape);
}

fn glu(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let even: Vec<usize> = (0..shape.len()).filter(|axis| shape[*axis] % 2 == 0).collect();
    let axis = even[sketch.random.below(even.len())];
    shape[axis] /= 2;
    sketch.define(&format!("{name}.glu(axis = {axis})"), shape);
}
