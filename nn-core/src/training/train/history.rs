//! The history of a training.

use std::fmt;

/// About this many epochs of a long training are printed.
const LINES: usize = 20;

/// The measurements of one epoch.
///
/// ```
/// use nn_core::train::Epoch;
/// fn better(a: &Epoch, b: &Epoch) -> bool { a.validation_loss < b.validation_loss }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Epoch {
    /// Its number, from 1.
    pub number: usize,
    /// The mean loss of the training samples, with penalties, each measured before its step.
    pub training_loss: f64,
    /// The loss of the validation set after the epoch, without penalties.
    pub validation_loss: Option<f64>,
    /// The metric of the validation set after the epoch.
    pub metric: Option<f64>,
    /// The learning rate of the last step.
    pub learning_rate: f64,
    /// The duration of the epoch with its validation, in seconds.
    pub seconds: f64,
}

impl Epoch {
    /// The loss that early stopping watches: that of the validation set, or of the training set where there is none.
    ///
    /// ```
    /// use nn_core::train::{Epoch, History};
    /// fn last_loss(history: &History) -> Option<f64> { history.epochs.last().map(Epoch::watched_loss) }
    /// ```
    #[must_use]
    pub fn watched_loss(&self) -> f64 {
        self.validation_loss.unwrap_or(self.training_loss)
    }
}

/// All epochs of a training. [`Trainer::fit`](crate::train::Trainer::fit) returns it.
///
/// It prints as a table of about 20 lines. Of a longer training it prints every so many epochs, but always the first,
/// the last and the one whose network was kept. [`epochs`](History::epochs) has all of them.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
/// # fn main() -> Result<(), nn_core::Error> {
/// # use nn_core::{Session, optim::Sgd, train::Trainer};
/// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
/// let mut session = Session::<Line>::from_seed(0);
/// let history = Trainer::new(Sgd::new(0.1)).epochs(3).quiet().fit(&mut session, &points(64), None)?;
/// assert_eq!(history.epochs.len(), 3);
/// assert_eq!(history.to_string().lines().count(), 4);
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct History {
    /// The epochs, in order.
    pub epochs: Vec<Epoch>,
    /// The name of the metric, if there is one.
    pub metric: Option<String>,
    /// The number, from 1, of the epoch whose network was kept: the last one, or the best one with early stopping.
    pub kept: usize,
}

impl History {
    /// The epoch with the least loss of the validation set, or of the training set where there was none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/line.rs"));
    /// # fn main() -> Result<(), nn_core::Error> {
    /// # use nn_core::{Session, optim::Sgd, train::Trainer};
    /// // `Line` has a layer `fc: Linear(2 => 1)` and the loss `mse`; `points` makes samples for it.
    /// let mut session = Session::<Line>::from_seed(0);
    /// let history = Trainer::new(Sgd::new(0.1)).epochs(3).quiet().fit(&mut session, &points(64), None)?;
    /// assert_eq!(history.best().unwrap().number, 3);
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn best(&self) -> Option<&Epoch> {
        self.epochs.iter().min_by(|a, b| a.watched_loss().total_cmp(&b.watched_loss()))
    }

    fn printed(&self) -> impl Iterator<Item = &Epoch> {
        let (len, every) = (self.epochs.len(), self.epochs.len().div_ceil(LINES));
        let printed = move |at: usize| at == 0 || at + 1 == len || (at + 1).is_multiple_of(every);
        let epochs = self.epochs.iter().enumerate();
        epochs.filter(move |(at, epoch)| printed(*at) || epoch.number == self.kept).map(|(_, epoch)| epoch)
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let metric = self.metric.as_deref().unwrap_or("");
        let width = metric.chars().count().max(12);
        write!(
            f,
            "{:>7} {:>12} {:>12} {metric:>width$} {:>12} {:>9}",
            "epoch", "training", "validation", "rate", "seconds"
        )?;
        for epoch in self.printed() {
            write!(f, "\n{:>7} {:>12.6}", epoch.number, epoch.training_loss)?;
            for (value, width) in [(epoch.validation_loss, 12), (epoch.metric, width)] {
                match value {
                    Some(value) => write!(f, " {value:>width$.6}")?,
                    None => write!(f, " {:>width$}", "")?,
                }
            }
            write!(f, " {:>12.3e} {:>9.2}", epoch.learning_rate, epoch.seconds)?;
            if epoch.number == self.kept && self.kept != self.epochs.len() {
                f.write_str("  kept")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(epochs: usize, kept: usize) -> Vec<String> {
        let epoch = |number| Epoch {
            number,
            training_loss: 1.0,
            validation_loss: None,
            metric: None,
            learning_rate: 0.1,
            seconds: 0.0,
        };
        let history = History { epochs: (1..=epochs).map(epoch).collect(), metric: None, kept };
        history.to_string().lines().skip(1).map(Into::into).collect()
    }

    #[test]
    fn a_metric_with_a_long_name_has_a_wide_column() {
        let (training_loss, learning_rate) = (1.0, 0.1);
        let epoch =
            Epoch { number: 1, training_loss, validation_loss: None, metric: Some(0.5), learning_rate, seconds: 0.0 };
        let history = History { epochs: vec![epoch], metric: Some("mean absolute error".into()), kept: 1 };
        let text = history.to_string();
        let ends: Vec<usize> =
            text.lines().zip(["error", "0.500000"]).map(|(line, end)| line.find(end).unwrap() + end.len()).collect();
        assert_eq!(ends[0], ends[1], "{text}");
    }

    #[test]
    fn a_short_training_is_printed_whole() {
        assert_eq!(history(20, 20).len(), 20);
        assert_eq!(history(0, 0).len(), 0);
    }

    #[test]
    fn of_a_long_training_some_epochs_are_printed() {
        let lines = history(205, 123);
        let numbers: Vec<&str> = lines.iter().filter_map(|line| line.split_whitespace().next()).collect();
        assert_eq!((numbers[0], numbers[1], numbers[numbers.len() - 1]), ("1", "11", "205"));
        assert!(numbers.len() <= 22, "{numbers:?}");
        assert!(lines.iter().any(|line| line.starts_with("    123") && line.ends_with("kept")));
    }
}
