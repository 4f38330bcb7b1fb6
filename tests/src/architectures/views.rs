//! Tensors that are viewed and also read as images: with padding, stride and dilation, several times.
//!
//! A view shares the memory of its tensor, and padding changes how that lies: both together have to be right.

use super::branches::restore;
use super::convolutions::convolve;
use super::pooling::pool_image;
use super::sketch::{Operation, Sketch, Tensor, image, operation};

pub(super) const OPERATIONS: &[Operation] = &[
    operation(image, views_beside_images),
    operation(image, views_beside_images),
    operation(image, image_of_a_view),
    operation(image, view_between_convolutions),
];

/// The tensor that is viewed, which is written in several ways, and what else has to be used: the last tensor, if
/// one before it is viewed.
fn source(sketch: &mut Sketch) -> (Tensor, Vec<Tensor>) {
    let last = sketch.last();
    if sketch.once_in(4) {
        let other = sketch.other(|other| image(&other.shape));
        let rest = if other.name == last.name { Vec::new() } else { vec![flat(sketch, &last)] };
        return (other, rest);
    }
    (written(sketch, last), Vec::new())
}

fn written(sketch: &mut Sketch, last: Tensor) -> Tensor {
    let axes = last.shape.len() - 1;
    let channels = last.shape[0];
    let value = match sketch.random.below(5) {
        0 => return convolve(sketch, &last),
        1 => format!("{}.{}()", last.name, sketch.pick(&["tanh", "relu", "sin"])),
        2 => format!("{}.max_pool{axes}d(3, stride = 1, padding = 1)", last.name),
        3 => {
            let layer = sketch.layer(&format!("Conv{axes}d({channels} => {channels}, kernel = 3, padding = 1)"));
            format!("{} + {layer}({})", last.name, last.name)
        }
        _ => {
            let layer = sketch.layer(&format!("Conv{axes}d({channels} => {channels}, kernel = 1, bias = false)"));
            format!("{layer}({})", last.name)
        }
    };
    sketch.define(&value, last.shape)
}

/// All elements of a tensor along one axis, by one view or several.
fn flat(sketch: &mut Sketch, tensor: &Tensor) -> Tensor {
    let Tensor { name, shape } = tensor;
    let len: usize = shape.iter().product();
    let view = match sketch.random.below(6) {
        0 => format!("{name}.reshape({len})"),
        1 => format!("{name}.unsqueeze({}).flatten()", sketch.random.below(shape.len() + 1)),
        2 => format!("{name}.reshape(1, {len}).squeeze(0)"),
        3 => format!("{name}.reshape({}, {}).flatten()", shape[0], len / shape[0]),
        _ => format!("{name}.flatten()"),
    };
    let view = if sketch.once_in(4) { format!("0.5 * {view}") } else { view };
    sketch.define(&view, vec![len])
}

/// What windows make of an image.
fn windows(sketch: &mut Sketch, tensor: &Tensor) -> Tensor {
    if sketch.once_in(4) { pool_image(sketch, tensor) } else { convolve(sketch, tensor) }
}

/// Everything side by side along one axis, and an image again half of the time.
fn join(sketch: &mut Sketch, parts: &[Tensor], shape: &[usize]) {
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let len = parts.iter().map(|part| part.shape[0]).sum();
    sketch.define(&format!("concat({})", names.join(", ")), vec![len]);
    if sketch.once_in(2) {
        restore(sketch, shape);
    }
}

/// One tensor as it lies, and what several windows see of it.
fn views_beside_images(sketch: &mut Sketch) {
    let (source, mut parts) = source(sketch);
    let (count, viewed) = (1 + sketch.random.below(3), sketch.random.below(3));
    for at in 0..=count {
        if at == viewed.min(count) {
            parts.push(flat(sketch, &source));
        } else {
            let seen = windows(sketch, &source);
            parts.push(flat(sketch, &seen));
        }
    }
    join(sketch, &parts, &source.shape);
}

/// The sizes of an image of so many elements.
fn sizes(sketch: &mut Sketch, mut rest: usize) -> Vec<usize> {
    let axes = 1 + sketch.random.below(2);
    let mut sizes = Vec::new();
    for _ in 0..axes {
        let divisors: Vec<usize> = (1..=rest).filter(|size| rest.is_multiple_of(*size)).collect();
        let size = divisors[sketch.random.below(divisors.len())];
        sizes.push(size);
        rest /= size;
    }
    sizes.push(rest);
    sizes
}

fn view(sketch: &mut Sketch, tensor: &Tensor) -> Tensor {
    let sizes = sizes(sketch, tensor.shape.iter().product());
    let words: Vec<String> = sizes.iter().map(ToString::to_string).collect();
    sketch.define(&format!("{}.reshape({})", tensor.name, words.join(", ")), sizes)
}

/// The same elements as two images of different shapes, each seen through windows.
fn image_of_a_view(sketch: &mut Sketch) {
    let (source, mut parts) = source(sketch);
    let view = view(sketch, &source);
    for image in [&view, &source] {
        let seen = windows(sketch, image);
        parts.push(flat(sketch, &seen));
    }
    if sketch.once_in(2) {
        parts.push(flat(sketch, &view));
    }
    join(sketch, &parts, &source.shape);
}

/// Windows of a view of what windows saw, beside what they saw.
fn view_between_convolutions(sketch: &mut Sketch) {
    let (source, mut parts) = source(sketch);
    let seen = windows(sketch, &source);
    let view = view(sketch, &seen);
    let again = windows(sketch, &view);
    parts.extend([flat(sketch, &again), flat(sketch, &seen)]);
    join(sketch, &parts, &source.shape);
}
