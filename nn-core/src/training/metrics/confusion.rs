//! Confusion matrices.

use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::Accuracy;
use crate::error::{Error, same_length};
use crate::tensors::{Plain, Scalar};

/// How often samples of each class were predicted as each class, and the measures that follow from it.
///
/// A measure whose denominator is 0, such as the precision of a class that was never predicted, is 0. The matrix prints
/// as a table with a line for each class.
///
/// ```
/// use nn_core::metrics::ConfusionMatrix;
/// use nn_core::{Tensor, typenum::U2};
/// let outputs = [[0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.2, 0.8]].map(Tensor::<(U2,)>::from);
/// let matrix = ConfusionMatrix::of(&outputs, &[0, 0, 1, 1])?.labels(["cat", "dog"]);
/// assert_eq!(matrix.count(1, 0), 1); // a dog was taken for a cat
/// assert_eq!((matrix.accuracy(), matrix.recall(0), matrix.recall(1)), (0.75, 1.0, 0.5));
/// println!("{matrix}");
/// # Ok::<(), nn_core::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusionMatrix {
    classes: usize,
    /// A row for each class of the targets, and a column for each predicted class.
    counts: Vec<u64>,
    labels: Vec<String>,
}

impl ConfusionMatrix {
    /// A matrix without samples.
    ///
    /// ```
    /// assert_eq!(nn_core::metrics::ConfusionMatrix::new(10).total(), 0);
    /// ```
    #[must_use]
    pub fn new(classes: usize) -> Self {
        let labels = (0..classes).map(|class| class.to_string()).collect();
        ConfusionMatrix { classes, counts: vec![0; classes * classes], labels }
    }

    /// The matrix of some predictions and their targets. A single output above 0.5 means class 1, as for [`Accuracy`].
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many targets as outputs, [`Error::Class`] if a target is not a class.
    ///
    /// ```
    /// use nn_core::metrics::ConfusionMatrix;
    /// use nn_core::{Tensor, typenum::U1};
    /// let probabilities = [0.9, 0.2].map(|p| Tensor::<(U1,)>::from([p]));
    /// assert_eq!(ConfusionMatrix::of(&probabilities, &[1, 0])?.accuracy(), 1.0);
    /// assert!(ConfusionMatrix::of(&probabilities, &[1, 2]).is_err());
    /// # Ok::<(), nn_core::Error>(())
    /// ```
    pub fn of<O: Plain<Element: Scalar>>(outputs: &[O], targets: &[usize]) -> Result<Self, Error> {
        same_length("targets for the outputs", outputs.len(), targets.len())?;
        let mut matrix = ConfusionMatrix::new(O::LEN.max(2));
        for (sample, (output, target)) in outputs.iter().zip(targets).enumerate() {
            if *target >= matrix.classes {
                return Err(Error::Class { what: "target", sample, found: *target, classes: matrix.classes });
            }
            matrix.add(*target, Accuracy::class(output.flat(), 0.5));
        }
        Ok(matrix)
    }

    /// Names for the classes, which are printed in place of their numbers.
    ///
    /// # Panics
    /// If there are not as many names as classes.
    ///
    /// ```
    /// let matrix = nn_core::metrics::ConfusionMatrix::new(2).labels(["no", "yes"]);
    /// assert!(matrix.to_string().contains("yes"));
    /// ```
    #[must_use]
    #[track_caller]
    pub fn labels<L: Into<String>>(mut self, labels: impl IntoIterator<Item = L>) -> Self {
        self.labels = labels.into_iter().map(Into::into).collect();
        assert!(self.labels.len() == self.classes, "there are {} classes, and not as many labels", self.classes);
        self
    }

    /// Counts one more sample of class `actual` that was predicted as `predicted`.
    ///
    /// # Panics
    /// If either is not below the number of classes.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(2, 0);
    /// assert_eq!(matrix.count(2, 0), 1);
    /// ```
    #[track_caller]
    pub fn add(&mut self, actual: usize, predicted: usize) {
        assert!(actual < self.classes && predicted < self.classes, "there are {} classes", self.classes);
        self.counts[actual * self.classes + predicted] += 1;
    }

    /// The number of samples of class `actual` that were predicted as `predicted`; 0 if either is not a class.
    ///
    /// ```
    /// assert_eq!(nn_core::metrics::ConfusionMatrix::new(3).count(2, 0), 0);
    /// ```
    #[must_use]
    pub fn count(&self, actual: usize, predicted: usize) -> u64 {
        if predicted >= self.classes {
            return 0;
        }
        self.counts.get(actual * self.classes + predicted).copied().unwrap_or(0)
    }

    /// The names of the classes, in order.
    #[cfg(feature = "plot")]
    pub(crate) fn names(&self) -> &[String] {
        &self.labels
    }

    /// The number of samples.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(2, 0);
    /// assert_eq!(matrix.total(), 1);
    /// ```
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The number of samples of a class, its support.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(2, 0);
    /// assert_eq!((matrix.support(2), matrix.support(0)), (1, 0));
    /// ```
    #[must_use]
    pub fn support(&self, class: usize) -> u64 {
        (0..self.classes).map(|predicted| self.count(class, predicted)).sum()
    }

    /// The part of all samples that were predicted right.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(2, 0);
    /// matrix.add(1, 1);
    /// assert_eq!(matrix.accuracy(), 0.5);
    /// ```
    #[must_use]
    pub fn accuracy(&self) -> f64 {
        ratio((0..self.classes).map(|class| self.count(class, class)).sum(), self.total())
    }

    /// Of the samples that were predicted as a class, the part that belongs to it.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(2, 1);
    /// matrix.add(1, 1);
    /// assert_eq!(matrix.precision(1), 0.5);
    /// ```
    #[must_use]
    pub fn precision(&self, class: usize) -> f64 {
        ratio(self.count(class, class), (0..self.classes).map(|actual| self.count(actual, class)).sum())
    }

    /// Of the samples of a class, the part that was predicted as it.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(1, 2);
    /// matrix.add(1, 1);
    /// assert_eq!(matrix.recall(1), 0.5);
    /// ```
    #[must_use]
    pub fn recall(&self, class: usize) -> f64 {
        ratio(self.count(class, class), self.support(class))
    }

    /// The harmonic mean of precision and recall of a class.
    ///
    /// ```
    /// let mut matrix = nn_core::metrics::ConfusionMatrix::new(3);
    /// matrix.add(1, 2);
    /// matrix.add(1, 1);
    /// assert!((matrix.f1(1) - 2.0 / 3.0).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn f1(&self, class: usize) -> f64 {
        let predicted: u64 = (0..self.classes).map(|actual| self.count(actual, class)).sum();
        ratio(2 * self.count(class, class), predicted + self.support(class))
    }

    /// The mean of a measure over the classes: `matrix.macro_mean(ConfusionMatrix::f1)`.
    ///
    /// ```
    /// use nn_core::metrics::ConfusionMatrix;
    /// let mut matrix = ConfusionMatrix::new(2);
    /// matrix.add(0, 0);
    /// assert_eq!(matrix.macro_mean(ConfusionMatrix::recall), 0.5);
    /// ```
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // classes are far fewer than 2^53
    pub fn macro_mean(&self, measure: impl Fn(&Self, usize) -> f64) -> f64 {
        (0..self.classes).map(|class| measure(self, class)).sum::<f64>() / self.classes as f64
    }
}

#[allow(clippy::cast_precision_loss)] // counts are far below 2^53
fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl fmt::Display for ConfusionMatrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts.iter().map(|count| count.to_string().len());
        let width = self.labels.iter().map(|label| label.chars().count()).chain(counts).max().unwrap_or(0);
        let first = width.max("macro".len());
        write!(f, "{:>first$} ", "")?;
        for label in &self.labels {
            write!(f, " {label:>width$}")?;
        }
        write!(f, "  precision  recall      F1  samples")?;
        for (class, label) in self.labels.iter().enumerate() {
            write!(f, "\n{label:>first$} ")?;
            for predicted in 0..self.classes {
                write!(f, " {:>width$}", self.count(class, predicted))?;
            }
            let (precision, recall, f1) = (self.precision(class), self.recall(class), self.f1(class));
            write!(f, "  {precision:>9.4}  {recall:.4}  {f1:.4}  {:>7}", self.support(class))?;
        }
        let [precision, recall, f1] = [Self::precision, Self::recall, Self::f1].map(|measure| self.macro_mean(measure));
        let blank = (width + 1) * self.classes;
        write!(f, "\n{:>first$} {:blank$}  {precision:>9.4}  {recall:.4}  {f1:.4}  {:>7}", "macro", "", self.total())?;
        write!(f, "\naccuracy {:.4}", self.accuracy())
    }
}
