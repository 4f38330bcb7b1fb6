//! A learning rate that falls when the loss does not.

use super::curves::check_part;
use super::{Clock, Schedule};

/// Multiplies the learning rate by a factor whenever the loss has not fallen for some epochs (PyTorch's
/// `ReduceLROnPlateau`).
///
/// [`Trainer`](crate::train::Trainer) tells it the loss of the validation set, or of the training set where there is
/// none. In a loop of your own, call [`observe`](Schedule::observe) after each epoch.
///
/// ```
/// use nn_core::schedule::{Clock, ReduceOnPlateau, Schedule};
/// let mut schedule = ReduceOnPlateau::new(0.1, 1);
/// let mut factors = vec![];
/// for (epoch, loss) in [0.5, 0.4, 0.4, 0.4, 0.3].into_iter().enumerate() {
///     factors.push(schedule.factor(Clock { step: 0, epoch: epoch as u64 }));
///     schedule.observe(Clock { step: 0, epoch: epoch as u64 + 1 }, loss);
/// }
/// assert_eq!(factors, [1.0, 1.0, 1.0, 1.0, 0.1]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReduceOnPlateau {
    reduction: f64,
    patience: u64,
    threshold: f64,
    cooldown: u64,
    minimum: f64,
    factor: f64,
    best: f64,
    /// The epochs in a row without a smaller loss.
    bad: u64,
    /// The epochs that are left of the cooldown.
    resting: u64,
}

impl ReduceOnPlateau {
    /// A schedule that multiplies by `factor` when more than `patience` epochs in a row bring no smaller loss.
    /// PyTorch's defaults are 0.1 and 10.
    ///
    /// # Panics
    /// If the factor is not in 0 ≤ factor < 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::ReduceOnPlateau::new(0.1, 10);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(factor: f64, patience: u64) -> Self {
        assert!(factor >= 0.0 && factor < 1.0, "ReduceOnPlateau: the factor must be in 0 ≤ factor < 1");
        ReduceOnPlateau {
            reduction: factor,
            patience,
            threshold: 1e-4,
            cooldown: 0,
            minimum: 0.0,
            factor: 1.0,
            best: f64::INFINITY,
            bad: 0,
            resting: 0,
        }
    }

    /// The part of the least loss by which a smaller one must be below it to count; 1e-4 by default.
    ///
    /// # Panics
    /// If `threshold` is not in 0 ≤ threshold < 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::ReduceOnPlateau::new(0.1, 10).threshold(1e-3);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn threshold(mut self, threshold: f64) -> Self {
        assert!(threshold >= 0.0 && threshold < 1.0, "ReduceOnPlateau: the threshold must be in 0 ≤ threshold < 1");
        self.threshold = threshold;
        self
    }

    /// The epochs after a reduction that are not counted as without a smaller loss; 0 by default.
    ///
    /// ```
    /// let schedule = nn_core::schedule::ReduceOnPlateau::new(0.1, 10).cooldown(5);
    /// ```
    #[must_use]
    pub const fn cooldown(mut self, epochs: u64) -> Self {
        self.cooldown = epochs;
        self
    }

    /// The least factor: PyTorch's `min_lr` divided by the learning rate; 0 by default.
    ///
    /// # Panics
    /// If `minimum` is not in 0 ≤ minimum ≤ 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::ReduceOnPlateau::new(0.1, 10).minimum(0.01);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn minimum(mut self, minimum: f64) -> Self {
        check_part(minimum, "ReduceOnPlateau: the minimum must be in 0 ≤ minimum ≤ 1");
        self.minimum = minimum;
        self
    }
}

impl Schedule for ReduceOnPlateau {
    fn factor(&self, _: Clock) -> f64 {
        self.factor
    }

    fn reset(&mut self) {
        (self.factor, self.best, self.bad, self.resting) = (1.0, f64::INFINITY, 0, 0);
    }

    fn observe(&mut self, _: Clock, loss: f64) {
        if loss < self.best * (1.0 - self.threshold) {
            (self.best, self.bad) = (loss, 0);
        } else {
            self.bad += 1;
        }
        if self.resting > 0 {
            (self.resting, self.bad) = (self.resting - 1, 0);
        }
        if self.bad > self.patience {
            self.factor = (self.factor * self.reduction).max(self.minimum);
            (self.resting, self.bad) = (self.cooldown, 0);
        }
    }
}
