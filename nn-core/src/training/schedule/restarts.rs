//! Cosine annealing with restarts.

use super::curves::{check_part, cosine, part};
use super::{Clock, Schedule};

/// Half a cosine from the full learning rate down to a minimum, again and again (PyTorch's
/// `CosineAnnealingWarmRestarts`; I. Loshchilov, F. Hutter, "SGDR: stochastic gradient descent with warm
/// restarts", 2017).
///
/// ```
/// use nn_core::schedule::{Clock, CosineAnnealingWarmRestarts, Schedule};
/// let schedule = CosineAnnealingWarmRestarts::new(2).multiplier(2);
/// let factor = |epoch| schedule.factor(Clock { step: 0, epoch });
/// assert!([0, 2, 6, 14].into_iter().all(|start| factor(start) == 1.0));
/// assert!((factor(4) - 0.5).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CosineAnnealingWarmRestarts {
    period: u64,
    multiplier: u64,
    minimum: f64,
}

impl CosineAnnealingWarmRestarts {
    /// A schedule that restarts every `period` epochs (PyTorch's `T_0`).
    ///
    /// # Panics
    /// If `period` is 0.
    ///
    /// ```
    /// let schedule = nn_core::schedule::CosineAnnealingWarmRestarts::new(10);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(period: u64) -> Self {
        assert!(period > 0, "CosineAnnealingWarmRestarts: a period must have at least one epoch or step");
        CosineAnnealingWarmRestarts { period, multiplier: 1, minimum: 0.0 }
    }

    /// The factor by which each period is longer than the one before (PyTorch's `T_mult`); 1 by default.
    ///
    /// # Panics
    /// If `multiplier` is 0.
    ///
    /// ```
    /// let schedule = nn_core::schedule::CosineAnnealingWarmRestarts::new(10).multiplier(2);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn multiplier(mut self, multiplier: u64) -> Self {
        assert!(multiplier > 0, "CosineAnnealingWarmRestarts: the multiplier must be at least 1");
        self.multiplier = multiplier;
        self
    }

    /// The least factor: PyTorch's `eta_min` divided by the learning rate; 0 by default.
    ///
    /// # Panics
    /// If `minimum` is not in 0 ≤ minimum ≤ 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::CosineAnnealingWarmRestarts::new(10).minimum(0.01);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn minimum(mut self, minimum: f64) -> Self {
        check_part(minimum, "CosineAnnealingWarmRestarts: the minimum must be in 0 ≤ minimum ≤ 1");
        self.minimum = minimum;
        self
    }
}

impl Schedule for CosineAnnealingWarmRestarts {
    fn factor(&self, clock: Clock) -> f64 {
        let (mut at, mut period) = (clock.epoch, self.period);
        if self.multiplier == 1 {
            at %= period;
        }
        while at >= period {
            at -= period;
            period = period.saturating_mul(self.multiplier);
        }
        cosine(1.0, self.minimum, part(at, period))
    }
}
