//! What changes the order, number and sizes of axes.

use super::sketch::{Operation, Sketch, Tensor, any, list, operation};

fn several(shape: &[usize]) -> bool {
    shape.len() > 1
}

pub(super) const OPERATIONS: &[Operation] = &[
    operation(several, flatten),
    operation(any, reshape),
    operation(several, transpose),
    operation(several, permute),
    operation(any, narrow),
    operation(several, select),
    operation(any, flip),
    operation(any, repeat),
    operation(several, reduce),
    operation(several, reduce),
    operation(several, reduce_two),
    operation(|shape| shape.len() < 4, unsqueeze),
    operation(|shape| several(shape) && shape.contains(&1), squeeze),
    operation(|shape| shape.iter().all(|size| *size < 7) && shape.len() < 3, triangle),
];

fn axis(sketch: &mut Sketch, shape: &[usize]) -> usize {
    sketch.random.below(shape.len())
}

/// An axis as it is written: from the beginning or from the end.
fn written(sketch: &mut Sketch, axis: usize, axes: usize) -> String {
    if sketch.once_in(2) { axis.to_string() } else { format!("-{}", axes - axis) }
}

fn flatten(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    sketch.define(&format!("{name}.flatten()"), vec![shape.iter().product()]);
}

fn reshape(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let mut rest: usize = shape.iter().product();
    let mut sizes = Vec::new();
    for _ in 0..sketch.random.below(3) {
        let divisors: Vec<usize> = (1..=rest).filter(|size| rest.is_multiple_of(*size)).collect();
        let size = divisors[sketch.random.below(divisors.len())];
        sizes.push(size);
        rest /= size;
    }
    sizes.push(rest);
    let words: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    sketch.define(&format!("{name}.reshape({})", words.join(", ")), sizes);
}

fn transpose(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let a = axis(sketch, &shape);
    let b = (a + 1 + sketch.random.below(shape.len() - 1)) % shape.len();
    let words = [written(sketch, a, shape.len()), written(sketch, b, shape.len())];
    shape.swap(a, b);
    sketch.define(&format!("{name}.transpose({})", words.join(", ")), shape);
}

fn permute(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let mut order: Vec<usize> = (0..shape.len()).collect();
    for at in (1..order.len()).rev() {
        order.swap(at, sketch.random.below(at + 1));
    }
    let sizes = order.iter().map(|axis| shape[*axis]).collect();
    let words: Vec<String> = order.iter().map(ToString::to_string).collect();
    sketch.define(&format!("{name}.permute({})", words.join(", ")), sizes);
}

fn narrow(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let axis = axis(sketch, &shape);
    let length = 1 + sketch.random.below(shape[axis]);
    let start = sketch.random.below(shape[axis] - length + 1);
    shape[axis] = length;
    sketch.define(&format!("{name}.narrow({axis}, {start}, {length})"), shape);
}

fn select(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let axis = axis(sketch, &shape);
    let index = sketch.random.below(shape[axis]);
    shape.remove(axis);
    sketch.define(&format!("{name}.select({axis}, {index})"), shape);
}

fn flip(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axis = axis(sketch, &shape);
    let word = written(sketch, axis, shape.len());
    sketch.define(&format!("{name}.flip(axis = {word})"), shape);
}

fn repeat(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let axis = axis(sketch, &shape);
    let copies: Vec<String> = (0..shape.len()).map(|at| if at == axis { "2".into() } else { "1".into() }).collect();
    shape[axis] *= 2;
    sketch.define(&format!("{name}.repeat({})", copies.join(", ")), shape);
}

fn reduction(sketch: &mut Sketch) -> &'static str {
    sketch.pick(&["sum", "mean", "max", "min", "prod"])
}

fn reduce(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let (axis, function) = (axis(sketch, &shape), reduction(sketch));
    let word = written(sketch, axis, shape.len());
    let keep = sketch.once_in(2);
    if keep {
        shape[axis] = 1;
    } else {
        shape.remove(axis);
    }
    sketch.define(&format!("{name}.{function}(axis = {word}, keepdim = {keep})"), shape);
}

/// Over two axes, which stay, so that there are axes left.
fn reduce_two(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let a = axis(sketch, &shape);
    let b = (a + 1 + sketch.random.below(shape.len() - 1)) % shape.len();
    let function = reduction(sketch);
    (shape[a], shape[b]) = (1, 1);
    sketch.define(&format!("{name}.{function}(axis = {}, keepdim = true)", list(&[a, b])), shape);
}

fn unsqueeze(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let axis = sketch.random.below(shape.len() + 1);
    shape.insert(axis, 1);
    sketch.define(&format!("{name}.unsqueeze({axis})"), shape);
}

fn squeeze(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let axis = shape.iter().position(|size| *size == 1).expect("an axis of one place");
    let word = written(sketch, axis, shape.len());
    shape.remove(axis);
    sketch.define(&format!("{name}.squeeze({word})"), shape);
}

/// Sums up to each place, with a formula of its own.
fn triangle(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let formula = format!("triangle{}", sketch.formulas.len());
    sketch.formulas.push(format!(
        "fn {formula}(x: [.., N]) -> y: [.., N] {{\n    y[.., n] = sum[k: N](where(k <= n, x[.., k], 0.1 * x[.., n] * x[.., k]));\n}}"
    ));
    sketch.define(&format!("{formula}({name})"), shape);
}
