//! Derived gradients against finite differences. Its text is also a module of generated crates.
//!
//! A difference over a step `h` is wrong in two ways. The function is rounded, and all that it is computed from: how far
//! that moves its result is measured (`noise`). The rule multiplies it by up to 18/12 and divides it by `h`: this error
//! grows as the step shrinks. The rule is exact for polynomials of the fourth degree only: that error is in `h⁴`, and shrinks
//! with the step. A step ten times shorter has 10⁻⁴ of it, so that the difference between the results of two such
//! steps estimates it for the longer one, together with the rounding of the shorter one. Where the longer step crosses
//! a kink, the two differ by far more, and the bound says so too. So every step has a bound from what was measured,
//! without a look at the derived value, and the step with the least bound is the one that counts.

use crate::numbers::{is_rounding, largest};

/// The steps that are tried, each a tenth of the one before; the last is there for the bound of the one before.
const STEPS: [f64; 6] = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8];

/// The steps between the points that the noise of a function is measured at: far more than the rounding of a point, and
/// so few that the function is a polynomial of the third degree there.
const NOISE_STEP: f64 = 1e-10;

/// How many standard deviations of its noise a function is off: more in one of 16000 cases.
const DEVIATIONS: f64 = 4.0;

/// With a bound this small, relative to what the difference is measured by, no shorter step is tried.
const SMALL: f64 = 1e-10;

/// A derivative by finite differences.
#[derive(Debug, Clone, Copy)]
pub struct Numeric {
    /// The derivative.
    pub value: f64,
    /// How far it may be off because the function is rounded.
    pub rounding: f64,
    /// How far it may be off altogether.
    pub bound: f64,
}

/// The derivative at zero of a function that is off by `noise`. A bound of less than `scale` times a small number is
/// good enough.
pub fn derivative(noise: f64, scale: f64, mut function: impl FnMut(f64) -> f64) -> Numeric {
    let mut best = Numeric { value: f64::NAN, rounding: f64::INFINITY, bound: f64::INFINITY };
    let mut longer = five_points(STEPS[0], &mut function);
    for pair in STEPS.windows(2) {
        let shorter = five_points(pair[1], &mut function);
        let rounding = 18.0 / 12.0 * noise / pair[0];
        let bound = rounding + (longer - shorter).abs();
        if bound < best.bound {
            best = Numeric { value: longer, rounding, bound };
        }
        if best.bound <= SMALL * scale {
            break;
        }
        longer = shorter;
    }
    best
}

/// The five-point rule.
fn five_points(step: f64, function: &mut impl FnMut(f64) -> f64) -> f64 {
    let mut pair = |step: f64| function(step) - function(-step);
    (8.0 * pair(step) - pair(2.0 * step)) / (12.0 * step)
}

/// How far the elements of a function are off because the function is rounded and all that it is computed from, each
/// measured where the function moves a little: `function` takes a distance. Fourth differences have nothing left of a
/// smooth function, and errors that are independent of each other add up in them (Moré and Wild, Estimating
/// computational noise, 2011).
pub fn noise(mut function: impl FnMut(f64) -> Vec<f64>) -> Vec<f64> {
    const POINTS: u32 = 12;
    const BINOMIAL: [f64; 5] = [1.0, -4.0, 6.0, -4.0, 1.0];
    // the variance of such a sum of errors is that of one times 1 + 16 + 36 + 16 + 1
    const VARIANCE: f64 = 70.0;
    let points: Vec<Vec<f64>> = (0..POINTS).map(|point| function(f64::from(point) * NOISE_STEP)).collect();
    let of_element = |element: usize| {
        let values: Vec<f64> = points.iter().map(|point| point[element]).collect();
        let differences = values.windows(5).map(|five| five.iter().zip(BINOMIAL).map(|(a, b)| a * b).sum::<f64>());
        let (sum, count) = differences.fold((0.0, 0.0), |(sum, count), one| (sum + one * one, count + 1.0));
        // a function that stays the same is rounded too
        DEVIATIONS * (sum / count / VARIANCE).sqrt() + f64::EPSILON * values[0].abs()
    };
    (0..points[0].len()).map(of_element).collect()
}

/// What the differences of each gradient are measured by: its greatest element. A gradient that is zero but for
/// rounding says nothing, and is measured by the steepest of all; where all are, because the loss does not depend on
/// anything, differences are absolute.
#[must_use]
pub fn scales(gradients: &[Vec<f64>], loss: f64) -> Vec<f64> {
    let steepest = gradients.iter().map(|gradient| largest(gradient)).fold(0.0, f64::max);
    if steepest <= 1e-12 * loss.abs() {
        return vec![1.0; gradients.len()];
    }
    let scale = |gradient: &Vec<f64>| if is_rounding(gradient, steepest) { steepest } else { largest(gradient) };
    gradients.iter().map(scale).collect()
}

/// The greatest difference between gradients and finite differences of the loss, each relative to the scale of its
/// gradient: about `picks` elements of every tensor, and for every tensor a direction in which all its elements change.
///
/// # Errors
/// If a gradient has another number of elements than its tensor.
pub fn worst(
    tensors: &mut [Vec<f64>],
    gradients: &[Vec<f64>],
    picks: usize,
    loss: &mut dyn FnMut(&[Vec<f64>]) -> f64,
) -> Result<f64, String> {
    let here = loss(tensors).abs();
    let steepest = gradients.iter().map(|gradient| largest(gradient)).fold(0.0, f64::max);
    let scales = scales(gradients, here);
    let noise = noise_of(tensors, loss);
    let mut worst = 0.0f64;
    for (at, (gradient, scale)) in gradients.iter().zip(scales).enumerate() {
        if gradient.len() != tensors[at].len() {
            return Err(format!("a gradient of {} elements for {}", gradient.len(), tensors[at].len()));
        }
        for direction in directions(gradient.len(), picks) {
            let derived: f64 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
            let weight: f64 = gradient.iter().zip(&direction).map(|(g, d)| (g * d).abs()).sum();
            let scale = weight.max(scale);
            let numeric = derivative(noise, scale, |step| along(tensors, at, &direction, step, loss));
            // the derived value is rounded too: it is made of contributions as large as the steepest
            let rounding = numeric.rounding + 16.0 * f64::EPSILON * steepest;
            let off = ((numeric.value - derived).abs() - rounding).max(0.0) / scale;
            // what is not a number is infinitely wrong
            worst = worst.max(if numeric.bound.is_finite() && derived.is_finite() { off } else { f64::INFINITY });
        }
    }
    Ok(worst)
}

/// How far the loss is off because it is rounded.
fn noise_of(tensors: &[Vec<f64>], loss: &mut dyn FnMut(&[Vec<f64>]) -> f64) -> f64 {
    noise(|distance| vec![loss(&moved(tensors, distance))])[0]
}

/// The tensors with all their elements moved by up to a distance.
#[must_use]
pub fn moved(tensors: &[Vec<f64>], distance: f64) -> Vec<Vec<f64>> {
    let along = |tensor: &Vec<f64>| {
        tensor.iter().zip(irregular(tensor.len())).map(|(element, slope)| element + distance * slope).collect()
    };
    tensors.iter().map(along).collect()
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
    directions.push(irregular(len));
    directions
}

/// A direction without a pattern.
#[allow(clippy::cast_precision_loss)] // tensors of tests are small
fn irregular(len: usize) -> Vec<f64> {
    (0..len).map(|at| ((at * at + 3 * at) as f64 + 0.5).sin()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_derivative_is_within_its_bound() {
        type Function = fn(f64) -> f64;
        let functions: [(Function, f64, f64); 4] = [
            (|x| (50.0 * x).sin(), 1.0, 50.0),
            (|x| (x + 1.0).exp(), 3.0, 1f64.exp()),
            // the longest steps cross a kink
            (|x| (x + 3e-5).abs() + x, 1.0, 2.0),
            (|x| 1e4 + x, 1e4, 1.0),
        ];
        for (function, magnitude, expected) in functions {
            let numeric = derivative(f64::EPSILON * magnitude, expected, function);
            assert!((numeric.value - expected).abs() <= numeric.bound, "{numeric:?} for {expected}");
            assert!(numeric.bound < 1e-6 * expected, "{numeric:?} for {expected}");
        }
    }

    #[test]
    fn noise_is_that_of_what_cancels() {
        let magnitude = |x: f64| vec![x + 1e6 - 1e6, x + 1.0, 3.0];
        let noise = noise(|step| magnitude(0.3 + step));
        // a number is off by at most half its last digit: those of 1e6 are in steps of 2^-33
        let half = 2f64.powi(-34);
        assert!((0.5 * half..5.0 * half).contains(&noise[0]), "{noise:?}");
        assert!((0.5..5.0).contains(&(noise[1] / f64::EPSILON)), "{noise:?}");
        assert!((0.5..5.0).contains(&(noise[2] / f64::EPSILON)), "{noise:?}");
    }

    /// A tensor with a small gradient beside one with a large one, and one whose gradient is zero.
    fn losses(tensors: &[Vec<f64>]) -> f64 {
        let square = |x: &Vec<f64>| x.iter().map(|x| x * x).sum::<f64>();
        1e3 * square(&tensors[0]) + 1e-4 * square(&tensors[1]) + 0.0 * tensors[2][0]
    }

    #[test]
    fn mistakes_in_a_small_gradient_are_seen_beside_a_large_one() {
        let mut tensors = [vec![0.5, -1.0], vec![0.3, 0.7], vec![0.2]];
        let right = [vec![1e3, -2e3], vec![6e-5, 1.4e-4], vec![0.0]];
        assert!(worst(&mut tensors, &right, 8, &mut losses).unwrap() < 1e-8);
        let mut wrong = right.clone();
        wrong[1][0] *= 1.01;
        assert!(worst(&mut tensors, &wrong, 8, &mut losses).unwrap() > 1e-3);
        wrong[1][0] = f64::NAN;
        assert!(worst(&mut tensors, &wrong, 8, &mut losses).unwrap().is_infinite());
        // rounding, where nothing should be, is measured by the steepest
        let mut rounded = right.clone();
        rounded[2][0] = 1e-13;
        assert!(worst(&mut tensors, &rounded, 8, &mut losses).unwrap() < 1e-8);
        assert!(worst(&mut tensors, &right[..2], 8, &mut losses).is_ok());
        assert!(worst(&mut tensors, &[vec![0.0]], 8, &mut losses).is_err());
    }
}
