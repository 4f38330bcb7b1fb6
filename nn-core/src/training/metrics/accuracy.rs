//! Accuracy.

use super::Metric;
use crate::tensors::{Plain, Scalar, Shape, Tensor};

/// The part of the predictions that are right.
///
/// | target | prediction | right if |
/// |---|---|---|
/// | class `usize` | one number a class | the greatest is that of the class |
/// | one-hot or probabilities | as many numbers | the greatest is in the same place |
/// | one number, or class 0 or 1 | one number | both are above the threshold, or both are not |
///
/// ```
/// use nn_core::metrics::{Accuracy, Metric};
/// use nn_core::{Tensor, typenum::{U1, U3}};
///
/// let outputs = [Tensor::<(U3,)>::from([0.1, 2.0, 0.3]), Tensor::from([0.9, 0.2, 0.1])];
/// assert_eq!(Accuracy::new().mean(&outputs, &[1, 2]), 0.5);
/// let one_hot = [Tensor::<(U3,)>::from([0.0, 1.0, 0.0]), Tensor::from([1.0, 0.0, 0.0])];
/// assert_eq!(Accuracy::new().mean(&outputs, &one_hot), 1.0);
/// let binary = [Tensor::<(U1,)>::from([0.7]), Tensor::from([0.4])];
/// assert_eq!(Accuracy::new().mean(&binary, &[Tensor::<(U1,)>::from([1.0]), Tensor::from([1.0])]), 0.5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    threshold: f64,
}

impl Accuracy {
    /// An accuracy with a threshold of 0.5, for probabilities.
    ///
    /// ```
    /// let accuracy = nn_core::metrics::Accuracy::new();
    /// assert_eq!(accuracy, Default::default());
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Accuracy { threshold: 0.5 }
    }

    /// The threshold above which a single output means class 1: 0 for logits. The threshold of targets is always 0.5.
    ///
    /// ```
    /// use nn_core::metrics::{Accuracy, Metric};
    /// use nn_core::{Tensor, typenum::U1};
    /// let logit = [Tensor::<(U1,)>::from([0.2])];
    /// assert_eq!(Accuracy::new().threshold(0.0).mean(&logit, &[1]), 1.0);
    /// assert_eq!(Accuracy::new().mean(&logit, &[1]), 0.0);
    /// ```
    #[must_use]
    pub const fn threshold(mut self, threshold: f64) -> Self {
        self.threshold = threshold;
        self
    }

    /// The class of a prediction or of a one-hot target.
    pub(super) fn class<T: Scalar>(values: &[T], threshold: f64) -> usize {
        if let [value] = values {
            return usize::from(value.to_f64() > threshold);
        }
        let mut best = 0;
        for (at, value) in values.iter().enumerate() {
            if *value > values[best] {
                best = at;
            }
        }
        best
    }
}

impl Default for Accuracy {
    fn default() -> Self {
        Self::new()
    }
}

impl<O: Plain<Element: Scalar>> Metric<O, usize> for Accuracy {
    fn name(&self) -> &str {
        "accuracy"
    }
    fn score(&self, output: &O, target: &usize) -> f64 {
        f64::from(Self::class(output.flat(), self.threshold) == *target)
    }
}

impl<O: Plain<Element: Scalar>, S: Shape, T: Scalar> Metric<O, Tensor<S, T>> for Accuracy {
    fn name(&self) -> &str {
        "accuracy"
    }
    fn score(&self, output: &O, target: &Tensor<S, T>) -> f64 {
        f64::from(Self::class(output.flat(), self.threshold) == Self::class(target.as_slice(), 0.5))
    }
}
