//! The one-cycle policy.

use super::curves::{check_part, cosine};
use super::{Clock, Schedule};

/// From a part of the learning rate up to all of it, and down to nearly 0 (L. Smith, N. Topin,
/// "Super-convergence: very fast training of neural networks using large learning rates", 2019; PyTorch's
/// `OneCycleLR`). The optimiser's learning rate is PyTorch's `max_lr`; its momentum stays as it is.
///
/// It usually counts steps: here 10 epochs of 100 batches.
///
/// ```
/// use nn_core::schedule::{Clock, OneCycle, Schedule};
/// let schedule = OneCycle::new(10 * 100).by_step();
/// let factor = |step| schedule.factor(Clock { step, epoch: 0 });
/// assert!((factor(0) - 1.0 / 25.0).abs() < 1e-12);
/// assert!((factor(299) - 1.0).abs() < 1e-12);
/// assert!((factor(999) - 1.0 / 250_000.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneCycle {
    total: u64,
    pct_start: f64,
    div_factor: f64,
    final_div_factor: f64,
    linear: bool,
}

impl OneCycle {
    /// A cycle of `total` epochs or steps: for 30 % of them up from 1/25 of the learning rate by half a cosine, and
    /// then down to 1/10000 of that. After the cycle the factor stays.
    ///
    /// # Panics
    /// If `total` is 0.
    ///
    /// ```
    /// let schedule = nn_core::schedule::OneCycle::new(30);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(total: u64) -> Self {
        assert!(total > 0, "OneCycle: it must take at least one epoch or step");
        OneCycle { total, pct_start: 0.3, div_factor: 25.0, final_div_factor: 1e4, linear: false }
    }

    /// The part of the cycle that goes up; 0.3 by default.
    ///
    /// # Panics
    /// If `part` is not in 0 ≤ part ≤ 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::OneCycle::new(30).pct_start(0.1);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn pct_start(mut self, part: f64) -> Self {
        check_part(part, "OneCycle: pct_start must be in 0 ≤ pct_start ≤ 1");
        self.pct_start = part;
        self
    }

    /// The divisor of the first factor, `1 / divisor`; 25 by default.
    ///
    /// # Panics
    /// If `divisor` is not a finite number above 0.
    ///
    /// ```
    /// let schedule = nn_core::schedule::OneCycle::new(30).div_factor(10.0);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn div_factor(mut self, divisor: f64) -> Self {
        assert!(divisor > 0.0 && divisor.is_finite(), "OneCycle: div_factor must be a finite number above 0");
        self.div_factor = divisor;
        self
    }

    /// The divisor of the last factor, which is the first factor divided by it; 10000 by default.
    ///
    /// # Panics
    /// If `divisor` is not a finite number above 0.
    ///
    /// ```
    /// let schedule = nn_core::schedule::OneCycle::new(30).final_div_factor(100.0);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn final_div_factor(mut self, divisor: f64) -> Self {
        assert!(divisor > 0.0 && divisor.is_finite(), "OneCycle: final_div_factor must be a finite number above 0");
        self.final_div_factor = divisor;
        self
    }

    /// Straight lines instead of cosines (PyTorch's `anneal_strategy="linear"`); false by default.
    ///
    /// ```
    /// let schedule = nn_core::schedule::OneCycle::new(30).linear(true);
    /// ```
    #[must_use]
    pub const fn linear(mut self, linear: bool) -> Self {
        self.linear = linear;
        self
    }
}

impl Schedule for OneCycle {
    #[allow(clippy::cast_precision_loss)] // counts are far below 2^53
    fn factor(&self, clock: Clock) -> f64 {
        let (at, end) = (clock.epoch.min(self.total - 1) as f64, (self.total - 1) as f64);
        // As in PyTorch, both halves together begin with step number 0.
        let top = self.pct_start * self.total as f64 - 1.0;
        let first = 1.0 / self.div_factor;
        let between = |start: f64, stop: f64, part: f64| {
            if self.linear { start + (stop - start) * part } else { cosine(start, stop, part) }
        };
        if at <= top && top > 0.0 {
            between(first, 1.0, at / top)
        } else {
            between(1.0, first / self.final_div_factor, if end > top { (at - top) / (end - top) } else { 1.0 })
        }
    }
}
