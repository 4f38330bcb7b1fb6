//! Simple schedules, in PyTorch's closed forms.

use super::curves::{check_gamma, check_part, cosine, part, power};
use super::{Clock, Schedule};

/// A part of the learning rate for the first epochs, then the full one (PyTorch's `ConstantLR`).
///
/// ```
/// use nn_core::schedule::{Clock, Constant, Schedule};
/// let schedule = Constant::new(0.1, 2);
/// let factors: Vec<f64> = (0..4).map(|epoch| schedule.factor(Clock { step: 0, epoch })).collect();
/// assert_eq!(factors, [0.1, 0.1, 1.0, 1.0]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Constant {
    factor: f64,
    total: u64,
}

impl Constant {
    /// A factor of `factor` for `total` epochs, then 1. PyTorch's defaults are 1/3 and 5.
    ///
    /// # Panics
    /// If the factor is not in 0 ≤ factor ≤ 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::Constant::new(0.1, 2);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(factor: f64, total: u64) -> Self {
        assert!(factor >= 0.0 && factor <= 1.0, "Constant: the factor must be in 0 ≤ factor ≤ 1");
        Constant { factor, total }
    }
}

impl Schedule for Constant {
    fn factor(&self, clock: Clock) -> f64 {
        if clock.epoch < self.total { self.factor } else { 1.0 }
    }
}

/// A warm-up: in a straight line from a part of the learning rate to all of it (PyTorch's `LinearLR`).
///
/// ```
/// use nn_core::schedule::{Clock, Linear, Schedule};
/// let schedule = Linear::new(0.5, 2);
/// let factors: Vec<f64> = (0..4).map(|epoch| schedule.factor(Clock { step: 0, epoch })).collect();
/// assert_eq!(factors, [0.5, 0.75, 1.0, 1.0]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    start: f64,
    end: f64,
    total: u64,
}

impl Linear {
    /// A factor from `start` to 1 in `total` epochs. PyTorch's defaults are 1/3 and 5.
    ///
    /// # Panics
    /// If `start` is not in 0 < start ≤ 1 or `total` is 0.
    ///
    /// ```
    /// let warm_up = nn_core::schedule::Linear::new(0.1, 5);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(start: f64, total: u64) -> Self {
        assert!(start > 0.0 && start <= 1.0, "Linear: the first factor must be in 0 < start ≤ 1");
        assert!(total > 0, "Linear: it must take at least one epoch or step");
        Linear { start, end: 1.0, total }
    }

    /// The last factor, which stays; 1 by default.
    ///
    /// # Panics
    /// If `end` is not in 0 ≤ end ≤ 1.
    ///
    /// ```
    /// use nn_core::schedule::{Clock, Linear, Schedule};
    /// let decay = Linear::new(1.0, 10).end(0.0);
    /// assert_eq!(decay.factor(Clock { step: 0, epoch: 5 }), 0.5);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn end(mut self, end: f64) -> Self {
        assert!(end >= 0.0 && end <= 1.0, "Linear: the last factor must be in 0 ≤ end ≤ 1");
        self.end = end;
        self
    }
}

impl Schedule for Linear {
    fn factor(&self, clock: Clock) -> f64 {
        let done = part(clock.epoch.min(self.total), self.total);
        self.start + (self.end - self.start) * done
    }
}

/// Multiplies the learning rate by `gamma` every `size` epochs (PyTorch's `StepLR`).
///
/// ```
/// use nn_core::schedule::{Clock, Schedule, Step};
/// let schedule = Step::new(30, 0.1);
/// assert_eq!(schedule.factor(Clock { step: 0, epoch: 29 }), 1.0);
/// assert!((schedule.factor(Clock { step: 0, epoch: 60 }) - 0.01).abs() < 1e-15);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    size: u64,
    gamma: f64,
}

impl Step {
    /// A factor of `gamma` to the power of `epoch / size`, rounded down. PyTorch's default gamma is 0.1.
    ///
    /// # Panics
    /// If `size` is 0 or `gamma` is not a finite number of 0 or more.
    ///
    /// ```
    /// let schedule = nn_core::schedule::Step::new(30, 0.1);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(size: u64, gamma: f64) -> Self {
        assert!(size > 0, "Step: a step must have at least one epoch");
        check_gamma(gamma);
        Step { size, gamma }
    }
}

impl Schedule for Step {
    fn factor(&self, clock: Clock) -> f64 {
        power(self.gamma, clock.epoch / self.size)
    }
}

/// Multiplies the learning rate by `gamma` every epoch (PyTorch's `ExponentialLR`).
///
/// ```
/// use nn_core::schedule::{Clock, Exponential, Schedule};
/// assert_eq!(Exponential::new(0.5).factor(Clock { step: 0, epoch: 3 }), 0.125);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exponential {
    gamma: f64,
}

impl Exponential {
    /// A factor of `gamma` to the power of the epoch.
    ///
    /// # Panics
    /// If `gamma` is not a finite number of 0 or more.
    ///
    /// ```
    /// let schedule = nn_core::schedule::Exponential::new(0.95);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(gamma: f64) -> Self {
        check_gamma(gamma);
        Exponential { gamma }
    }
}

impl Schedule for Exponential {
    fn factor(&self, clock: Clock) -> f64 {
        power(self.gamma, clock.epoch)
    }
}

/// Half a cosine from the learning rate down to a minimum (PyTorch's `CosineAnnealingLR`; I. Loshchilov,
/// F. Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017):
///
/// ```text
/// minimum + (1 - minimum) * (1 + cos(π * epoch / half_period)) / 2
/// ```
///
/// After `half_period` it goes up again, as in PyTorch.
///
/// ```
/// use nn_core::schedule::{Clock, CosineAnnealing, Schedule};
/// let schedule = CosineAnnealing::new(10).minimum(0.1);
/// let factor = |epoch| schedule.factor(Clock { step: 0, epoch });
/// assert_eq!(factor(0), 1.0);
/// assert!((factor(5) - 0.55).abs() < 1e-12 && (factor(10) - 0.1).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CosineAnnealing {
    half_period: u64,
    minimum: f64,
}

impl CosineAnnealing {
    /// A schedule that reaches 0 after `half_period` epochs (PyTorch's `T_max`).
    ///
    /// # Panics
    /// If `half_period` is 0.
    ///
    /// ```
    /// let schedule = nn_core::schedule::CosineAnnealing::new(10);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(half_period: u64) -> Self {
        assert!(half_period > 0, "CosineAnnealing: it must take at least one epoch or step");
        CosineAnnealing { half_period, minimum: 0.0 }
    }

    /// The least factor: PyTorch's `eta_min` divided by the learning rate; 0 by default.
    ///
    /// # Panics
    /// If `minimum` is not in 0 ≤ minimum ≤ 1.
    ///
    /// ```
    /// let schedule = nn_core::schedule::CosineAnnealing::new(10).minimum(0.01);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn minimum(mut self, minimum: f64) -> Self {
        check_part(minimum, "CosineAnnealing: the minimum must be in 0 ≤ minimum ≤ 1");
        self.minimum = minimum;
        self
    }
}

impl Schedule for CosineAnnealing {
    fn factor(&self, clock: Clock) -> f64 {
        cosine(1.0, self.minimum, part(clock.epoch, self.half_period))
    }
}
