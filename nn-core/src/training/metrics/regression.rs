//! Metrics of regression.

use super::Metric;
use crate::tensors::{Plain, Scalar, Shape, Tensor};

/// The mean of `term(output - target)` over elements; NaN if there is none.
#[allow(clippy::cast_precision_loss)] // elements are far fewer than 2^53
fn mean<A: Scalar, B: Scalar>(output: &[A], target: &[B], term: impl Fn(f64) -> f64) -> f64 {
    let pairs = output.iter().zip(target);
    pairs.map(|(y, t)| term(y.to_f64() - t.to_f64())).sum::<f64>() / output.len().min(target.len()) as f64
}

/// The mean absolute error (MAE) of all elements.
///
/// ```
/// use nn_core::metrics::{MeanAbsoluteError, Metric};
/// use nn_core::{Tensor, typenum::U1};
/// let outputs = [Tensor::<(U1,)>::from([1.0]), Tensor::from([5.0])];
/// let targets = [Tensor::<(U1,)>::from([2.0]), Tensor::from([2.0])];
/// assert_eq!(MeanAbsoluteError.mean(&outputs, &targets), 2.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeanAbsoluteError;

impl<O: Plain<Element: Scalar>, S: Shape, T: Scalar> Metric<O, Tensor<S, T>> for MeanAbsoluteError {
    fn name(&self) -> &str {
        "MAE"
    }
    fn score(&self, output: &O, target: &Tensor<S, T>) -> f64 {
        mean(output.flat(), target.as_slice(), f64::abs)
    }
}

/// The root of the mean squared error (RMSE) of all elements.
///
/// ```
/// use nn_core::metrics::{Metric, RootMeanSquaredError};
/// use nn_core::{Tensor, typenum::U1};
/// let outputs = [Tensor::<(U1,)>::from([1.0]), Tensor::from([9.0])];
/// let targets = [Tensor::<(U1,)>::from([2.0]), Tensor::from([2.0])];
/// assert_eq!(RootMeanSquaredError.mean(&outputs, &targets), 5.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RootMeanSquaredError;

impl<O: Plain<Element: Scalar>, S: Shape, T: Scalar> Metric<O, Tensor<S, T>> for RootMeanSquaredError {
    fn name(&self) -> &str {
        "RMSE"
    }
    fn score(&self, output: &O, target: &Tensor<S, T>) -> f64 {
        mean(output.flat(), target.as_slice(), |error| error * error)
    }
    fn finish(&self, mean: f64) -> f64 {
        libm::sqrt(mean)
    }
}

/// The coefficient of determination (R²): the part of the variance of the targets that is explained. 1 is perfect, and
/// 0 is the value of a constant prediction, the mean of the targets.
///
/// It is made for a set of targets, and measures predictions of that set. Where a target has several elements, their
/// variances are added. Targets that are all the same have no variance: then it is NaN or -∞.
///
/// ```
/// use nn_core::metrics::{Metric, RSquared};
/// use nn_core::{Tensor, typenum::U1};
/// let targets = [Tensor::<(U1,)>::from([1.0]), Tensor::from([3.0]), Tensor::from([5.0])];
/// let outputs = [Tensor::<(U1,)>::from([1.0]), Tensor::from([3.0]), Tensor::from([3.0])];
/// assert_eq!(RSquared::of(&targets).mean(&outputs, &targets), 0.5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RSquared {
    /// The mean of the variances of all elements.
    variance: f64,
}

impl RSquared {
    /// The metric for predictions of these targets.
    ///
    /// ```
    /// use nn_core::metrics::RSquared;
    /// use nn_core::{Tensor, typenum::U1};
    /// let r_squared = RSquared::of(&[Tensor::<(U1,)>::from([1.0]), Tensor::from([3.0])]);
    /// ```
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // elements are far fewer than 2^53
    pub fn of<S: Shape, T: Scalar>(targets: &[Tensor<S, T>]) -> Self {
        let count = targets.len() as f64;
        let variance = |element: usize| {
            let values = || targets.iter().map(move |target| target.as_slice()[element].to_f64());
            let mean = values().sum::<f64>() / count;
            values().map(|value| (value - mean) * (value - mean)).sum::<f64>() / count
        };
        RSquared { variance: (0..S::LEN).map(variance).sum::<f64>() / S::LEN as f64 }
    }
}

impl<O: Plain<Element: Scalar>, S: Shape, T: Scalar> Metric<O, Tensor<S, T>> for RSquared {
    fn name(&self) -> &str {
        "R²"
    }
    fn score(&self, output: &O, target: &Tensor<S, T>) -> f64 {
        mean(output.flat(), target.as_slice(), |error| error * error)
    }
    fn finish(&self, mean: f64) -> f64 {
        1.0 - mean / self.variance
    }
}
