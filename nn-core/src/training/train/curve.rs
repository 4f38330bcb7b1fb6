//! A curve of bounded length over a training of any length.

/// The most points of a curve.
const POINTS: usize = 512;

/// What [`Norms`](super::Norms) measures of a layer. All norms are Euclidean, over all of a layer's parameters.
///
/// ```
/// use nn_core::train::Quantity;
/// assert_eq!(Quantity::Update.to_string(), "update / weights");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// The norm of its parameters after the step.
    Weights,
    /// The norm of the gradient that the step has used: with penalties, clipped, and 0 where parameters are frozen.
    Gradient,
    /// The norm of the change of its parameters, as a part of that of the parameters after it.
    Update,
    /// The mean norm of activations over some samples, see [`Norms::activations`](super::Norms::activations).
    Activations,
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Quantity::Weights => "weights",
            Quantity::Gradient => "gradient",
            Quantity::Update => "update / weights",
            Quantity::Activations => "activations",
        })
    }
}

/// The values of a quantity, of which each point is the mean over the same number of steps.
pub(super) struct Curve {
    pub name: &'static str,
    pub quantity: Quantity,
    points: Vec<f64>,
    sum: f64,
    last: f64,
}

impl Curve {
    pub fn new(name: &'static str, quantity: Quantity) -> Self {
        Curve { name, quantity, points: Vec::with_capacity(POINTS), sum: 0.0, last: 0.0 }
    }

    pub fn points(&self) -> &[f64] {
        &self.points
    }

    pub fn last(&self) -> f64 {
        self.last
    }

    /// The value of the next step.
    pub fn add(&mut self, value: f64) {
        self.last = value;
        self.sum += value;
    }

    /// Makes a point of the last steps.
    #[allow(clippy::cast_precision_loss)] // steps are far below 2^53
    pub fn finish_point(&mut self, steps: u64) {
        self.points.push(std::mem::take(&mut self.sum) / steps as f64);
    }

    /// Whether there is no place for another point.
    pub fn is_full(&self) -> bool {
        self.points.len() == POINTS
    }

    /// Makes one point of two.
    pub fn halve(&mut self) {
        for at in 0..self.points.len() / 2 {
            self.points[at] = 0.5 * (self.points[2 * at] + self.points[2 * at + 1]);
        }
        self.points.truncate(self.points.len() / 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_curve_keeps_its_memory_and_its_mean() {
        let mut curve = Curve::new("fc", Quantity::Gradient);
        let memory = curve.points.as_ptr();
        let (mut every, mut waiting, mut step) = (1, 0, 0u32);
        while every < 8 || curve.points.len() < 100 {
            curve.add(f64::from(step));
            (waiting, step) = (waiting + 1, step + 1);
            if waiting == every {
                curve.finish_point(std::mem::take(&mut waiting));
            }
            if curve.is_full() {
                curve.halve();
                every *= 2;
            }
        }
        assert_eq!((memory, curve.last()), (curve.points.as_ptr(), f64::from(step - 1)));
        // a point is the mean of eight steps
        let expected = |at: usize| 8.0 * at as f64 + 3.5;
        assert!(curve.points().iter().enumerate().all(|(at, point)| *point == expected(at)));
    }
}
