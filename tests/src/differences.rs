//! Derived gradients against finite differences. Its text is also a module of generated crates.

/// The steps that are tried. The rule is exact but for terms in the fourth power of the step, so that the
/// first is long enough for rounding not to matter; a shorter one is for where it crosses a kink.
pub const STEPS: [f64; 4] = [1e-4, 1e-5, 1e-6, 1e-7];

/// A difference with which no shorter step is tried.
const SMALL: f64 = 1e-9;

/// The derivative of a function at zero by the five-point rule.
pub fn derivative(step: f64, mut function: impl FnMut(f64) -> f64) -> f64 {
    let mut pair = |step: f64| function(step) - function(-step);
    (8.0 * pair(step) - pair(2.0 * step)) / (12.0 * step)
}

/// The greatest element of a gradient. Where that is zero everywhere but for the rounding of the loss, such as
/// that of cross entropy by what is added to all classes, it says nothing, and differences are absolute.
pub fn scale(gradients: &[Vec<f64>], loss: f64) -> f64 {
    let steepest = gradients.iter().flatten().fold(0.0f64, |largest, g| largest.max(g.abs()));
    if steepest > 1e-12 * loss.abs() { steepest } else { 1.0 }
}

/// The greatest difference between a gradient and finite differences of the loss, relative to the
/// greatest element of the gradient: about `picks` elements of every tensor, and for every tensor a
/// direction in which all its elements change.
pub fn worst(
    tensors: &mut [Vec<f64>],
    gradients: &[Vec<f64>],
    picks: usize,
    loss: &mut dyn FnMut(&[Vec<f64>]) -> f64,
) -> Result<f64, String> {
    // how far a difference can be off because the loss itself is rounded
    let here = loss(tensors).abs();
    let scale = scale(gradients, here);
    let mut worst = 0.0f64;
    for (at, gradient) in gradients.iter().enumerate() {
        if gradient.len() != tensors[at].len() {
            return Err(format!("a gradient of {} elements for {}", gradient.len(), tensors[at].len()));
        }
        for direction in directions(gradient.len(), picks) {
            let derived: f64 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
            let weight: f64 = gradient.iter().zip(&direction).map(|(g, d)| (g * d).abs()).sum();
            let mut error = f64::INFINITY;
            for step in STEPS {
                let numeric = derivative(step, |step| along(tensors, at, &direction, step, loss));
                let off = (numeric - derived).abs() - f64::EPSILON * here / step;
                // what is not a number stays infinitely wrong
                if off.is_finite() {
                    error = error.min(off.max(0.0) / weight.max(scale));
                }
                if error < SMALL {
                    break;
                }
            }
            worst = worst.max(error);
        }
    }
    Ok(worst)
}

/// The loss where one tensor is moved in a direction.
fn along(
    tensors: &mut [Vec<f64>],
    at: usize,
    direction: &[f64],
    step: f64,
    loss: &mut dyn FnMut(&[Vec<f64>]) -> f64,
) -> f64 {
    let original = tensors[at].clone();
    for (moved, slope) in tensors[at].iter_mut().zip(direction) {
        *moved += step * slope;
    }
    let loss = loss(tensors);
    tensors[at] = original;
    loss
}

/// Single elements, and all of them together without a pattern that a mistake could cancel in.
fn directions(len: usize, picks: usize) -> Vec<Vec<f64>> {
    let mut directions = Vec::new();
    for element in (0..len).step_by(len.div_ceil(picks).max(1)) {
        let mut direction = vec![0.0; len];
        direction[element] = 1.0;
        directions.push(direction);
    }
    #[allow(clippy::cast_precision_loss)] // tensors of tests are small
    directions.push((0..len).map(|at| ((at * at + 3 * at) as f64 + 0.5).sin()).collect());
    directions
}
