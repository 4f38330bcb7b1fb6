//! Decays at given epochs, and by a power.

use super::curves::{check_gamma, part, power};
use super::{Clock, Schedule};

/// Multiplies the learning rate by `gamma` at each milestone (PyTorch's `MultiStepLR`).
///
/// ```
/// use nn_core::schedule::{Clock, MultiStep, Schedule};
/// let schedule = MultiStep::new([30, 80], 0.1);
/// let factor = |epoch| schedule.factor(Clock { step: 0, epoch });
/// assert_eq!((factor(29), factor(30)), (1.0, 0.1));
/// assert!((factor(80) - 0.01).abs() < 1e-15);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MultiStep<M> {
    milestones: M,
    gamma: f64,
}

impl<M: AsRef<[u64]>> MultiStep<M> {
    /// A factor of `gamma` for each milestone that is past. Milestones are epochs, in an array, a slice or a vector, in
    /// any order. One that is given twice counts twice. PyTorch's default gamma is 0.1.
    ///
    /// # Panics
    /// If `gamma` is not a finite number of 0 or more.
    ///
    /// ```
    /// let schedule = nn_core::schedule::MultiStep::new(vec![10, 20, 25], 0.5);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(milestones: M, gamma: f64) -> Self {
        check_gamma(gamma);
        MultiStep { milestones, gamma }
    }
}

impl<M: AsRef<[u64]>> Schedule for MultiStep<M> {
    fn factor(&self, clock: Clock) -> f64 {
        let past = self.milestones.as_ref().iter().filter(|milestone| **milestone <= clock.epoch);
        power(self.gamma, past.count() as u64)
    }
}

/// From the learning rate down to 0, by a power of the part that is left (PyTorch's `PolynomialLR`):
///
/// ```text
/// (1 - epoch / total)^power
/// ```
///
/// ```
/// use nn_core::schedule::{Clock, Polynomial, Schedule};
/// let schedule = Polynomial::new(10, 2.0);
/// assert_eq!(schedule.factor(Clock { step: 0, epoch: 5 }), 0.25);
/// assert_eq!(schedule.factor(Clock { step: 0, epoch: 12 }), 0.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Polynomial {
    total: u64,
    power: f64,
}

impl Polynomial {
    /// A schedule that reaches 0 after `total` epochs. PyTorch's defaults are 5 and 1.
    ///
    /// # Panics
    /// If `total` is 0 or `power` is not a finite number of 0 or more.
    ///
    /// ```
    /// let schedule = nn_core::schedule::Polynomial::new(5, 1.0);
    /// ```
    #[must_use]
    #[track_caller]
    pub const fn new(total: u64, power: f64) -> Self {
        assert!(total > 0, "Polynomial: it must take at least one epoch or step");
        assert!(power >= 0.0 && power.is_finite(), "Polynomial: the power must be a finite number of 0 or more");
        Polynomial { total, power }
    }
}

impl Schedule for Polynomial {
    fn factor(&self, clock: Clock) -> f64 {
        libm::pow(1.0 - part(clock.epoch.min(self.total), self.total), self.power)
    }
}
