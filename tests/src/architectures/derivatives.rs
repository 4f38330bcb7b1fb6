//! Derivatives among the values of a network: its gradient is then one of second or third order.

use super::formulas::formula;
use super::sketch::{Operation, Sketch, Tensor, any, operation};

pub(super) const OPERATIONS: &[Operation] =
    &[operation(any, by_the_last), operation(any, by_the_input), operation(any, descent), operation(several, steps)];

fn several(shape: &[usize]) -> bool {
    shape.len() > 1
}

/// Of one number that has some curvature.
const NUMBERS: &[&str] =
    &["(H * H.sin()).sum()", "H.tanh().sum() * H.mean()", "H.softplus().mean()", "(H * H * H).sum().tanh()"];

fn by_the_last(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let number = sketch.pick(NUMBERS).replace('H', &name);
    sketch.define(&format!("derivative({number}, {name})"), shape);
}

/// In a layer the values may be those of another input.
fn by_the_input(sketch: &mut Sketch) {
    if sketch.depth > 0 {
        return by_the_last(sketch);
    }
    let (last, input) = (sketch.last(), sketch.tensors[0].clone());
    let number = sketch.pick(NUMBERS).replace('H', &last.name);
    sketch.define(&format!("derivative({number}, {})", input.name), input.shape);
}

/// Layers that follow a slope, in an array or alone.
fn descent(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let layer = formula(
        sketch,
        "Descent",
        "layer NAME(x: [N, ..]) -> y: [N, ..] {
    param w: [N] = uniform(1);
    z[n, ..] = w[n] * x[n, ..];
    e = z.sin().sum() * z.max();
    y = x - 0.3 * derivative(e, x);
}",
    );
    let layer = match sketch.once_in(2) {
        true => sketch.block(&format!("[{layer}(); 2]")),
        false => sketch.block(&format!("{layer}()")),
    };
    sketch.define(&format!("{layer}({name})"), shape);
}

/// A state that follows a slope from step to step.
fn steps(sketch: &mut Sketch) {
    let Tensor { name, shape } = sketch.last();
    let layer = formula(
        sketch,
        "Slope",
        "layer NAME(x: [T, ..]) -> y: [T, ..] {
    param w: [] = uniform(1);
    scan t: T REVERSED {
        carry h: [..] = zeros;
        z[..] = h[..] * w + x[t, ..];
        g = derivative((z * z.tanh()).sum(), h);
        y[t, ..] = g[..] + z[..];
        next h = 0.5 * h - 0.3 * g + z;
    }
}",
    );
    let reversed = sketch.pick(&["", ", reversed"]);
    if let Some(text) = sketch.formulas.last_mut() {
        *text = text.replace(" REVERSED", reversed);
    }
    let layer = sketch.block(&format!("{layer}()"));
    sketch.define(&format!("{layer}({name})"), shape);
}
