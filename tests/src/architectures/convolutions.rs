//! Convolutions along one to three axes, and back.

use super::sketch::{Operation, Sketch, Tensor, image, list, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(image, convolution),
    operation(image, convolution),
    operation(image, convolution),
    operation(image, transposed),
    operation(image, shared_convolution),
    operation(image, convolution_with_given_weight),
];

/// The windows along one axis.
struct Windows {
    kernel: usize,
    stride: usize,
    dilation: usize,
    sides: (usize, usize),
}

impl Windows {
    /// How many there are along an axis of `size`.
    fn count(&self, size: usize) -> usize {
        (size + self.sides.0 + self.sides.1 - self.dilation * (self.kernel - 1) - 1) / self.stride + 1
    }
}

/// Paddings of the axes: as text and by side; `None` for `same`.
fn padding(sketch: &mut Sketch, axes: usize) -> (String, Option<Vec<(usize, usize)>>) {
    let zero = vec![(0, 0); axes];
    match sketch.random.below(6) {
        0 => (String::new(), Some(zero)),
        1 => (", padding = valid".into(), Some(zero)),
        2 => (", padding = same".into(), None),
        3 => (", padding = 1".into(), Some(vec![(1, 1); axes])),
        4 if axes > 1 => {
            let each: Vec<usize> = (0..axes).map(|_| sketch.random.below(3)).collect();
            (format!(", padding = {}", list(&each)), Some(each.iter().map(|one| (*one, *one)).collect()))
        }
        _ => {
            let sides: Vec<(usize, usize)> =
                (0..axes).map(|_| (sketch.random.below(3), sketch.random.below(3))).collect();
            let words: Vec<String> = sides.iter().map(|(before, behind)| format!("({before}, {behind})")).collect();
            let text = if axes == 1 { words[0].clone() } else { format!("({})", words.join(", ")) };
            (format!(", padding = {text}"), Some(sides))
        }
    }
}

/// One number for all axes, or one for each.
fn numbers(sketch: &mut Sketch, axes: usize, below: usize) -> Vec<usize> {
    let first = 1 + sketch.random.below(below);
    let same = sketch.once_in(2);
    (0..axes).map(|_| if same { first } else { 1 + sketch.random.below(below) }).collect()
}

/// An argument with a number for each axis; one number if they are equal.
fn argument(name: &str, values: &[usize]) -> String {
    let same = values.iter().all(|value| *value == values[0]);
    match same {
        true if values[0] == 1 && name != "kernel" => String::new(),
        true => format!(", {name} = {}", values[0]),
        false => format!(", {name} = {}", list(values)),
    }
}

/// Windows that fit into axes of these sizes, with their arguments.
fn windows(sketch: &mut Sketch, sizes: &[usize], most: usize) -> (Vec<Windows>, String, bool) {
    let axes = sizes.len();
    let (padding, sides) = padding(sketch, axes);
    let (mut kernels, dilations) = (numbers(sketch, axes, most), numbers(sketch, axes, 2));
    let strides = if sides.is_some() { numbers(sketch, axes, 3) } else { vec![1; axes] };
    let mut all = Vec::new();
    for axis in 0..axes {
        let dilation = dilations[axis];
        let inside = |(before, behind): &(usize, usize)| sizes[axis] + before + behind;
        let room = sides.as_ref().map_or(usize::MAX, |sides| inside(&sides[axis]));
        while dilation * (kernels[axis] - 1) + 1 > room {
            kernels[axis] -= 1;
        }
        let span = dilation * (kernels[axis] - 1);
        let sides = sides.as_ref().map_or((span / 2, span - span / 2), |sides| sides[axis]);
        all.push(Windows { kernel: kernels[axis], stride: strides[axis], dilation, sides });
    }
    let text = [("kernel", &kernels), ("stride", &strides), ("dilation", &dilations)];
    let arguments: String = text.iter().map(|(name, values)| argument(name, values)).collect();
    let pads = all.iter().any(|windows| windows.sides != (0, 0));
    (all, format!("{arguments}{padding}"), pads)
}

fn convolution(sketch: &mut Sketch) {
    let last = sketch.last();
    convolve(sketch, &last);
}

/// A convolution of any image before.
pub(super) fn convolve(sketch: &mut Sketch, Tensor { name, shape }: &Tensor) -> Tensor {
    let axes = shape.len() - 1;
    let (windows, mut arguments, pads) = windows(sketch, &shape[1..], 3);
    let (from, groups) = (shape[0], sketch.groups(shape[0]));
    let to = groups * (1 + sketch.random.below(if groups > 1 { 2 } else { 3 }));
    if groups > 1 {
        arguments += &format!(", groups = {groups}");
    }
    arguments += sketch.pick(&["", "", ", bias = false"]);
    let fits = |most: usize| {
        let sides = windows.iter().zip(&shape[1..]);
        sides.into_iter().all(|(windows, size)| windows.sides.0.max(windows.sides.1) + most <= *size)
    };
    let (repeats, reflects) = (fits(0), fits(1));
    arguments += match sketch.random.below(6) {
        0 if pads => ", padding_mode = replicate",
        1 if pads && repeats => ", padding_mode = circular",
        2 if pads && reflects => ", padding_mode = reflect",
        _ => "",
    };
    let layer = sketch.layer(&format!("Conv{axes}d({from} => {to}{arguments})"));
    let counts = windows.iter().zip(&shape[1..]).map(|(windows, size)| windows.count(*size));
    let shape = [to].into_iter().chain(counts).collect();
    sketch.define(&format!("{layer}({name})"), shape)
}

fn transposed(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axes = shape.len() - 1;
    let (kernels, strides, dilations) = (numbers(sketch, axes, 3), numbers(sketch, axes, 2), numbers(sketch, axes, 2));
    let (from, groups) = (shape[0], sketch.groups(shape[0]));
    let to = groups * (1 + sketch.random.below(2));
    let (mut paddings, mut more, mut out) = (vec![0; axes], vec![0; axes], vec![to]);
    for axis in 0..axes {
        let whole = (shape[axis + 1] - 1) * strides[axis] + dilations[axis] * (kernels[axis] - 1) + 1;
        paddings[axis] = sketch.random.below(2).min((whole - 1) / 2);
        more[axis] = sketch.random.below(strides[axis].max(dilations[axis]));
        out.push(whole - 2 * paddings[axis] + more[axis]);
    }
    let mut arguments =
        argument("kernel", &kernels) + &argument("stride", &strides) + &argument("dilation", &dilations);
    arguments += &format!(", padding = {}, output_padding = {}", list(&paddings), list(&more));
    if groups > 1 {
        arguments += &format!(", groups = {groups}");
    }
    arguments += sketch.pick(&["", "", ", bias = false"]);
    let layer = sketch.layer(&format!("ConvTranspose{axes}d({from} => {to}{arguments})"));
    sketch.define(&format!("{layer}({name})"), out);
}

/// The same layer twice, so that its gradient is a sum.
fn shared_convolution(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axes = shape.len() - 1;
    let layer = sketch.layer(&format!("Conv{axes}d({0} => {0}, kernel = 3, padding = 1)", shape[0]));
    sketch.define(&format!("{layer}({layer}({name}).tanh())"), shape);
}

/// With weights that are computed from the sample.
fn convolution_with_given_weight(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axes = shape.len() - 1;
    let (windows, arguments, _) = windows(sketch, &shape[1..], 2);
    let (arguments, same) = (arguments.replace(", padding = valid", ""), arguments.contains("same"));
    let (channels, to) = (shape[0], 1 + sketch.random.below(2));
    if same || axes == 3 {
        return convolution(sketch);
    }
    let kernels: Vec<usize> = windows.iter().map(|windows| windows.kernel).collect();
    let len: usize = kernels.iter().product::<usize>() * channels * to;
    let dense = sketch.layer(&format!("Linear({channels} => {len})"));
    let sizes: Vec<usize> = [to, channels].iter().chain(&kernels).copied().collect();
    let means = format!("{name}.global_avg_pool{axes}d()");
    let weight = sketch.define(&format!("{dense}({means}).reshape{}", list(&sizes)), sizes).name;
    let rest = arguments.split(", ").filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let kernel = argument("kernel", &kernels);
    let rest = format!(", {rest}").replacen(&kernel, "", 1);
    let rest = if rest == ", " { String::new() } else { rest };
    let counts = windows.iter().zip(&shape[1..]).map(|(windows, size)| windows.count(*size));
    let out = [to].into_iter().chain(counts).collect();
    sketch.define(&format!("conv{axes}d({name}, {weight}{rest})"), out);
}
