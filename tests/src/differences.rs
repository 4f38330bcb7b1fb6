//! Derived gradients against finite differences. Its text is also a module of generated crates.

/// The step. The rule is exact but for terms in its fourth power, so that it can be long enough for
/// rounding not to matter, and short enough to stay clear of kinks.
const STEP: f64 = 1e-4;

/// Elements of one tensor that are looked at one by one.
const PICKS: usize = 24;

/// The derivative of a function at zero by the five-point rule.
pub fn derivative(mut function: impl FnMut(f64) -> f64) -> f64 {
    let mut pair = |step: f64| function(step) - function(-step);
    (8.0 * pair(STEP) - pair(2.0 * STEP)) / (12.0 * STEP)
}

/// The greatest difference between a gradient and finite differences of the loss, relative to the
/// greatest element of the gradient: some elements of every tensor, and for every tensor a direction in
/// which all its elements change.
pub fn worst(
    tensors: &mut [Vec<f64>],
    gradients: &[Vec<f64>],
    loss: &mut dyn FnMut(&[Vec<f64>]) -> f64,
) -> Result<f64, String> {
    let steepest = gradients.iter().flatten().fold(0.0f64, |largest, g| largest.max(g.abs()));
    // where the gradient is zero everywhere, the loss must not change
    let scale = if steepest > 0.0 { steepest } else { 1.0 };
    let mut worst = 0.0f64;
    for (at, gradient) in gradients.iter().enumerate() {
        if gradient.len() != tensors[at].len() {
            return Err(format!("a gradient of {} elements for {}", gradient.len(), tensors[at].len()));
        }
        let original = tensors[at].clone();
        let mut compare = |direction: &[f64]| {
            let numeric = derivative(|step| {
                for ((moved, start), slope) in tensors[at].iter_mut().zip(&original).zip(direction) {
                    *moved = start + step * slope;
                }
                loss(tensors)
            });
            tensors[at].clone_from(&original);
            let derived: f64 = gradient.iter().zip(direction).map(|(g, d)| g * d).sum();
            let weight: f64 = gradient.iter().zip(direction).map(|(g, d)| (g * d).abs()).sum();
            let error = (numeric - derived).abs() / weight.max(scale);
            worst = if error.is_nan() { f64::INFINITY } else { worst.max(error) };
        };
        for element in (0..gradient.len()).step_by(gradient.len().div_ceil(PICKS).max(1)) {
            let mut direction = vec![0.0; gradient.len()];
            direction[element] = 1.0;
            compare(&direction);
        }
        // slopes without a pattern that a mistake could cancel in
        let direction: Vec<f64> = (0..gradient.len()).map(|at| ((at * at + 3 * at) as f64 + 0.5).sin()).collect();
        compare(&direction);
    }
    Ok(worst)
}
