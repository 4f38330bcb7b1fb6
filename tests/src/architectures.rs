//! Random architectures: what a user might write, in combinations that nobody thought of.

use crate::library::{Item, Part};
use crate::numbers::Random;

/// A network that is being made: the last tensor is the one that goes on.
struct Sketch {
    random: Random,
    layers: Vec<String>,
    statements: Vec<String>,
    tensors: Vec<Tensor>,
}

#[derive(Clone)]
struct Tensor {
    name: String,
    shape: Vec<usize>,
}

/// One way to go on: where it fits, and what it does.
struct Operation {
    fits: fn(&[usize]) -> bool,
    apply: fn(&mut Sketch),
}

const OPERATIONS: &[Operation] = &[
    Operation { fits: |_| true, apply: activation },
    Operation { fits: |_| true, apply: activation },
    Operation { fits: |shape| shape.len() < 3, apply: linear },
    Operation { fits: |shape| shape.len() < 3, apply: linear },
    Operation { fits: |shape| shape.len() < 3, apply: gate },
    Operation { fits: |shape| shape.len() < 3, apply: softmax },
    Operation { fits: |shape| shape.len() == 1 && shape[0] % 2 == 0, apply: split_axis },
    Operation { fits: |shape| shape.len() == 3, apply: convolution },
    Operation { fits: |shape| shape.len() == 3, apply: convolution },
    Operation { fits: |shape| shape.len() == 3, apply: max_pool },
    Operation { fits: |shape| shape.len() == 3, apply: shared_convolution },
    Operation { fits: |shape| shape.len() > 1, apply: flatten },
    Operation { fits: |shape| shape.iter().product::<usize>() < 60, apply: concat },
    Operation { fits: |_| true, apply: residual },
    Operation { fits: |shape| shape.len() < 3, apply: dropout },
];

impl Sketch {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9));
        let shape = match random.below(3) {
            0 => vec![1 + random.below(6)],
            1 => vec![1 + random.below(3), 1 + random.below(4)],
            _ => vec![1 + random.below(2), 3 + random.below(4), 3 + random.below(4)],
        };
        let input = Tensor { name: "x".into(), shape };
        Sketch { random, layers: Vec::new(), statements: Vec::new(), tensors: vec![input] }
    }

    fn last(&self) -> Tensor {
        self.tensors[self.tensors.len() - 1].clone()
    }

    /// Adds `let h1 = value;`.
    fn define(&mut self, value: &str, shape: Vec<usize>) {
        let name = format!("h{}", self.tensors.len());
        self.statements.push(format!("let {name} = {value};"));
        self.tensors.push(Tensor { name, shape });
    }

    /// Declares a layer and gives its name.
    fn layer(&mut self, declaration: &str) -> String {
        let name = format!("l{}", self.layers.len());
        self.layers.push(format!("{name}: {declaration},"));
        name
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.random.below(words.len())]
    }
}

fn activation(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let known = ["relu", "tanh", "sigmoid", "silu", "softplus", "gelu", "gelu_tanh", "elu", "leaky_relu", "sin", "sq"];
    let function = sketch.pick(&known);
    sketch.define(&format!("{name}.{function}()"), shape);
}

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
    sketch.define(&format!("{gate}({name}).sigmoid()"), shape.clone());
    let gate = sketch.last().name;
    sketch.define(&format!("{value}({name}) * {gate} + (1 - {gate}) * {name}"), shape);
}

fn softmax(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let function = sketch.pick(&["softmax", "log_softmax"]);
    sketch.define(&format!("{name}.{function}()"), shape);
}

fn split_axis(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let half = shape[0] / 2;
    sketch.define(&format!("{name}.reshape(2, {half})"), vec![2, half]);
}

/// Kernel, stride and padding of an axis, and what it becomes.
fn window(sketch: &mut Sketch, size: usize) -> [usize; 4] {
    let padding = sketch.random.below(2);
    let kernel = 1 + sketch.random.below(3.min(size + 2 * padding));
    let stride = 1 + sketch.random.below(2);
    [kernel, stride, padding, (size + 2 * padding - kernel) / stride + 1]
}

fn convolution(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let [kernel_h, stride_h, padding_h, height] = window(sketch, shape[1]);
    let [kernel_w, stride_w, padding_w, width] = window(sketch, shape[2]);
    let (from, to) = (shape[0], 1 + sketch.random.below(3));
    let bias = sketch.pick(&["", "", ", bias = false"]);
    let layer = sketch.layer(&format!(
        "Conv2d({from} => {to}, kernel = ({kernel_h}, {kernel_w}), stride = ({stride_h}, {stride_w}), padding = ({padding_h}, {padding_w}){bias})"
    ));
    sketch.define(&format!("{layer}({name})"), vec![to, height, width]);
}

/// The same layer twice, so that its gradient is a sum.
fn shared_convolution(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let layer = sketch.layer(&format!("Conv2d({0} => {0}, kernel = 3, padding = 1)", shape[0]));
    sketch.define(&format!("{layer}({layer}({name}).tanh())"), shape);
}

fn max_pool(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let [high, wide] = [1, 2].map(|axis| 1 + sketch.random.below(2.min(shape[axis])));
    let stride = 1 + sketch.random.below(2);
    let out = [shape[0], (shape[1] - high) / stride + 1, (shape[2] - wide) / stride + 1];
    sketch.define(&format!("{name}.max_pool2d(({high}, {wide}), stride = {stride})"), out.to_vec());
}

fn flatten(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    sketch.define(&format!("{name}.flatten()"), vec![shape.iter().product()]);
}

/// With a tensor before that agrees in all axes but one; with itself at least.
fn concat(sketch: &mut Sketch) {
    let last = sketch.last();
    let axis = sketch.random.below(last.shape.len());
    let agrees = |other: &&Tensor| {
        other.shape.len() == last.shape.len()
            && other.shape.iter().zip(&last.shape).enumerate().all(|(at, (a, b))| at == axis || a == b)
    };
    let others: Vec<Tensor> = sketch.tensors.iter().filter(agrees).cloned().collect();
    let other = &others[sketch.random.below(others.len())];
    let mut shape = last.shape.clone();
    shape[axis] += other.shape[axis];
    sketch.define(&format!("concat({}, {}, axis = {axis})", last.name, other.name), shape);
}

/// With a tensor before of the same shape; with itself at least.
fn residual(sketch: &mut Sketch) {
    let last = sketch.last();
    let others: Vec<Tensor> = sketch.tensors.iter().filter(|other| other.shape == last.shape).cloned().collect();
    let other = &others[sketch.random.below(others.len())];
    let operator = sketch.pick(&["+", "-", "*"]);
    sketch.define(&format!("{} {operator} 0.5 * {}", last.name, other.name), last.shape);
}

fn dropout(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    sketch.define(&format!("{name}.dropout(0.3)"), shape);
}

/// The random architecture of a seed.
#[must_use]
pub fn item(seed: u64) -> Item {
    let mut sketch = Sketch::new(seed);
    let steps = 2 + sketch.random.below(7);
    for _ in 0..steps {
        let shape = sketch.last().shape;
        let fitting: Vec<&Operation> = OPERATIONS.iter().filter(|operation| (operation.fits)(&shape)).collect();
        let operation = fitting[sketch.random.below(fitting.len())];
        (operation.apply)(&mut sketch);
    }
    let (loss, target) = loss(&mut sketch);
    let (input, output) = (&sketch.tensors[0], sketch.last());
    let text = format!(
        "pub struct Net {{\n    {}\n}}\nfn forward(x: {:?}) -> {:?} {{\n    {}\n    {}\n}}\n{loss}\n",
        sketch.layers.join("\n    "),
        input.shape,
        output.shape,
        sketch.statements.join("\n    "),
        output.name,
    );
    let input = part("x", &input.shape, (-1.0, 1.0));
    Item { name: format!("architecture_{seed}"), text, inputs: vec![input], targets: vec![target] }
}

/// A loss that takes outputs of the last shape, and its target.
fn loss(sketch: &mut Sketch) -> (String, Part) {
    let shape = sketch.last().shape;
    let reduction = sketch.pick(&["", "(reduction = sum)", "(reduction = batchmean)"]);
    let kinds = if shape.len() == 1 { 5 } else { 3 };
    match sketch.random.below(kinds) {
        0 => (format!("loss = mse{reduction};"), part("t", &shape, (-1.0, 1.0))),
        1 => (format!("loss = huber{reduction};"), part("t", &shape, (-1.0, 1.0))),
        2 => (format!("loss = bce_with_logits{reduction};"), part("t", &shape, (0.0, 1.0))),
        3 => {
            let text = format!("loss(t: {shape:?}) = cross_entropy(output, t) + 0.1 * mse(output, t);");
            (text, part("t", &shape, (0.0, 1.0)))
        }
        #[allow(clippy::cast_precision_loss)] // few classes
        _ => {
            let classes = Part { is_index: true, len: 1, ..part("t", &shape, (0.0, shape[0] as f64)) };
            ("loss = cross_entropy;".into(), classes)
        }
    }
}

fn part(name: &str, shape: &[usize], range: (f64, f64)) -> Part {
    Part { name: name.into(), kind: format!("{shape:?}"), len: shape.iter().product(), range, is_index: false }
}
