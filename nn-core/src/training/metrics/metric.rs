//! The interface of metrics.

/// A measure of predictions: the mean of a score over samples.
///
/// ```
/// use nn_core::metrics::Metric;
/// use nn_core::{Tensor, typenum::U1};
///
/// struct AbsoluteError;
///
/// impl Metric<Tensor<(U1,)>, Tensor<(U1,)>> for AbsoluteError {
///     fn name(&self) -> &str { "absolute error" }
///     fn score(&self, output: &Tensor<(U1,)>, target: &Tensor<(U1,)>) -> f64 {
///         f64::from((output[[0]] - target[[0]]).abs())
///     }
/// }
///
/// let mean = AbsoluteError.mean(&[Tensor::from([1.0]), Tensor::from([3.0])], &[Tensor::from([0.0]), Tensor::from([0.0])]);
/// assert_eq!(mean, 2.0);
/// ```
pub trait Metric<O, Y> {
    /// The name of the metric, as it is printed.
    fn name(&self) -> &str;

    /// The score of one prediction; for an accuracy, 0 or 1.
    fn score(&self, output: &O, target: &Y) -> f64;

    /// The metric, from the mean of the scores. By default it is the mean.
    ///
    /// ```
    /// use nn_core::metrics::{Metric, RootMeanSquaredError};
    /// use nn_core::{Tensor, typenum::U1};
    /// type One = Tensor<(U1,)>;
    /// assert_eq!(Metric::<One, One>::finish(&RootMeanSquaredError, 9.0), 3.0);
    /// ```
    fn finish(&self, mean: f64) -> f64 {
        mean
    }

    /// The metric of all pairs of predictions and targets; NaN if there is none. The end of a longer slice is ignored.
    #[allow(clippy::cast_precision_loss)] // samples are far fewer than 2^53
    fn mean(&self, outputs: &[O], targets: &[Y]) -> f64 {
        let sum: f64 = outputs.iter().zip(targets).map(|(output, target)| self.score(output, target)).sum();
        self.finish(sum / outputs.len().min(targets.len()) as f64)
    }
}
