//! Top-k accuracy.

use super::Metric;
use crate::tensors::{Plain, Scalar};

/// The part of the predictions whose `k` greatest outputs include that of the class.
///
/// Of equal outputs the first counts as the greater.
///
/// ```
/// use nn_core::metrics::{Metric, TopKAccuracy};
/// use nn_core::{Tensor, typenum::U4};
/// let outputs = [Tensor::<(U4,)>::from([0.1, 2.0, 0.3, 0.2]), Tensor::from([0.9, 0.2, 0.1, 0.4])];
/// assert_eq!(TopKAccuracy::new(1).mean(&outputs, &[2, 0]), 0.5);
/// assert_eq!(TopKAccuracy::new(2).mean(&outputs, &[2, 0]), 1.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopKAccuracy {
    k: usize,
}

impl TopKAccuracy {
    /// The metric with `k` guesses.
    ///
    /// # Panics
    /// If `k` is 0.
    ///
    /// ```
    /// let top_5 = nn_core::metrics::TopKAccuracy::new(5);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(k: usize) -> Self {
        assert!(k > 0, "TopKAccuracy: there must be at least one guess");
        TopKAccuracy { k }
    }
}

impl<O: Plain<Element: Scalar>> Metric<O, usize> for TopKAccuracy {
    fn name(&self) -> &str {
        "top-k accuracy"
    }
    fn score(&self, output: &O, target: &usize) -> f64 {
        let values = output.flat();
        let Some(own) = values.get(*target) else { return 0.0 };
        let before = |(at, value): &(usize, &O::Element)| *value > own || (*value == own && at < target);
        f64::from(!own.is_nan() && values.iter().enumerate().filter(before).count() < self.k)
    }
}
