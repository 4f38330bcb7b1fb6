//! Pooling, resampling and edges.

use super::MOST;
use super::sketch::{Operation, Sketch, Tensor, flat_image, image, list, operation, picture};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(image, pool),
    operation(image, pool),
    operation(|shape| image(shape) && shape[shape.len() - 1] > 4, pool_of_many_channels),
    operation(flat_image, adaptive_pool),
    operation(flat_image, global_pool),
    operation(flat_image, upsample_nearest),
    operation(picture, upsample_bilinear),
    operation(|shape| picture(shape) && shape[0] % 4 == 0, pixel_shuffle),
    operation(|shape| picture(shape) && shape[1] % 2 == 0 && shape[2] % 2 == 0, pixel_unshuffle),
    operation(image, pad),
];

/// How many windows there are, by PyTorch's rule.
fn pooled(size: usize, kernel: usize, stride: usize, padding: usize, dilation: usize, ceil: bool) -> usize {
    let room = size + 2 * padding - dilation * (kernel - 1) - 1;
    let count = (if ceil { room.div_ceil(stride) } else { room / stride }) + 1;
    // the last window begins inside or in front
    if ceil && (count - 1) * stride >= size + padding { count - 1 } else { count }
}

fn pool(sketch: &mut Sketch) {
    let last = sketch.last();
    pool_image(sketch, &last);
}

/// A pooling of what is as large as tensors may be: the most memory of a prediction is used there.
fn pool_of_many_channels(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let (axes, places) = (shape.len() - 1, shape[1..].iter().product::<usize>());
    let channels = (MOST / places).max(1);
    let layer = sketch.layer(&format!("Conv{axes}d({} => {channels}, kernel = 1)", shape[0]));
    let activation = sketch.pick(&["relu", "tanh"]);
    let wide = sketch.define(&format!("{layer}({name}).{activation}()"), [&[channels], &shape[1..]].concat());
    pool_image(sketch, &wide);
}

/// A pooling of any image before.
pub(super) fn pool_image(sketch: &mut Sketch, Tensor { name, shape }: &Tensor) -> Tensor {
    let axes = shape.len() - 1;
    let kind = sketch.pick(&["max", "max", "avg", "sum"]);
    let dilation = if kind == "max" && sketch.once_in(3) { 2 } else { 1 };
    let ceil = sketch.once_in(3);
    let kernels: Vec<usize> =
        shape[1..].iter().map(|size| 1 + sketch.random.below(3.min(1 + (size - 1) / dilation))).collect();
    let stride = sketch.random.below(4);
    let mut out = vec![shape[0]];
    let mut paddings = Vec::new();
    for (kernel, size) in kernels.iter().zip(&shape[1..]) {
        // with a dilation, a window could lie around an axis of one place
        let padding = if *size > dilation { sketch.random.below(2).min(kernel / 2) } else { 0 };
        paddings.push(padding);
        out.push(pooled(*size, *kernel, if stride == 0 { *kernel } else { stride }, padding, dilation, ceil));
    }
    let mut arguments = list(&kernels);
    for (name, value) in [("stride", stride), ("dilation", dilation - 1)] {
        if value > 0 {
            arguments += &format!(", {name} = {}", if name == "stride" { value } else { dilation });
        }
    }
    if paddings.iter().any(|padding| *padding > 0) {
        arguments += &format!(", padding = {}", list(&paddings));
    }
    arguments += if ceil { ", ceil_mode = true" } else { "" };
    if kind == "avg" {
        arguments += sketch.pick(&["", "", ", count_include_pad = false", ", divisor_override = 3"]);
    }
    sketch.define(&format!("{name}.{kind}_pool{axes}d({arguments})"), out)
}

fn adaptive_pool(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let axes = shape.len() - 1;
    let kind = sketch.pick(&["max", "avg"]);
    let out: Vec<usize> = (0..axes).map(|_| 1 + sketch.random.below(4)).collect();
    let value = format!("{name}.adaptive_{kind}_pool{axes}d({})", list(&out));
    sketch.define(&value, [vec![shape[0]], out].concat());
}

fn global_pool(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let kind = sketch.pick(&["max", "avg"]);
    sketch.define(&format!("{name}.global_{kind}_pool{}d()", shape.len() - 1), vec![shape[0]]);
}

/// One factor for all axes, or one for each.
fn factors(sketch: &mut Sketch, axes: usize) -> Vec<usize> {
    (0..axes).map(|_| 1 + sketch.random.below(3)).collect()
}

fn scaled(shape: &[usize], factors: &[usize]) -> Vec<usize> {
    let places = shape[1..].iter().zip(factors).map(|(size, factor)| size * factor);
    [shape[0]].into_iter().chain(places).collect()
}

fn upsample_nearest(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let factors = factors(sketch, shape.len() - 1);
    let value = format!("{name}.upsample_nearest{}d({})", shape.len() - 1, list(&factors));
    sketch.define(&value, scaled(&shape, &factors));
}

fn upsample_bilinear(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let factors = factors(sketch, 2);
    let corners = sketch.pick(&["", ", align_corners = true"]);
    let value = format!("{name}.upsample_bilinear2d({}{corners})", list(&factors));
    sketch.define(&value, scaled(&shape, &factors));
}

fn pixel_shuffle(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    sketch.define(&format!("{name}.pixel_shuffle(2)"), vec![shape[0] / 4, shape[1] * 2, shape[2] * 2]);
}

fn pixel_unshuffle(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    sketch.define(&format!("{name}.pixel_unshuffle(2)"), vec![shape[0] * 4, shape[1] / 2, shape[2] / 2]);
}

const SIDES: [&[[&str; 2]]; 3] = [
    &[["left", "right"]],
    &[["top", "bottom"], ["left", "right"]],
    &[["front", "back"], ["top", "bottom"], ["left", "right"]],
];

fn pad(sketch: &mut Sketch) {
    let Tensor { name, mut shape } = sketch.last();
    let axes = shape.len() - 1;
    let mode = sketch.pick(&["constant", "reflect", "replicate", "circular"]);
    let mut arguments = Vec::new();
    for (names, size) in SIDES[axes - 1].iter().zip(&mut shape[1..]) {
        let most = match mode {
            "reflect" => *size - 1,
            "circular" => *size,
            _ => 2,
        };
        let sides = names.map(|name| (name, sketch.random.below(1 + most.min(2))));
        for (side, count) in sides.into_iter().filter(|(_, count)| *count > 0) {
            arguments.push(format!("{side} = {count}"));
            *size += count;
        }
    }
    match mode {
        "constant" => arguments.push("value = 0.3".into()),
        _ => arguments.push(format!("mode = {mode}")),
    }
    sketch.define(&format!("{name}.pad{axes}d({})", arguments.join(", ")), shape);
}
