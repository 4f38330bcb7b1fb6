//! Learning-rate schedules: factors of the learning rate over time.
//!
//! [`Trainer::schedule`](crate::train::Trainer::schedule) takes one; in a loop of your own its factor is
//! the last argument of [`Optimizer::step`](crate::optim::Optimizer::step).
//!
//! A schedule counts epochs, as PyTorch's do; [`by_step`](Schedule::by_step) makes it count steps,
//! and [`times`](Schedule::times) joins two: here a warm-up over the first 500 steps with a cosine
//! over 10 epochs.
//!
//! ```
//! use nn_core::schedule::{Clock, CosineAnnealing, Linear, Schedule};
//! let schedule = CosineAnnealing::new(10).times(Linear::new(0.01, 500).by_step());
//! assert_eq!(schedule.factor(Clock { step: 0, epoch: 0 }), 0.01);
//! assert!((schedule.factor(Clock { step: 600, epoch: 5 }) - 0.5).abs() < 1e-12);
//! ```

mod decays;
mod one_cycle;
mod plateau;
mod restarts;
mod rules;

pub use decays::{MultiStep, Polynomial};
pub use one_cycle::OneCycle;
pub use plateau::ReduceOnPlateau;
pub use restarts::CosineAnnealingWarmRestarts;
pub use rules::{Constant, CosineAnnealing, Exponential, Linear, Step};

/// Where a training run is: counts of what has been done, so that both begin at 0.
///
/// ```
/// use nn_core::schedule::Clock;
/// let start = Clock { step: 0, epoch: 0 };
/// assert_eq!(start, Clock::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// Optimiser steps done.
    pub step: u64,
    /// Epochs done.
    pub epoch: u64,
}

/// What multiplies the learning rate as time goes on.
///
/// A closure from [`Clock`] to `f64` is a schedule too (PyTorch's `LambdaLR`):
///
/// ```
/// use nn_core::schedule::{Clock, Schedule};
/// let schedule = |clock: Clock| 1.0 / (1.0 + clock.epoch as f64);
/// assert_eq!(schedule.factor(Clock { step: 0, epoch: 3 }), 0.25);
/// ```
pub trait Schedule {
    /// The factor for the step that comes next: a finite number of 0 or more.
    fn factor(&self, clock: Clock) -> f64;

    /// Tells the schedule the loss after an epoch, with the counts of what is done by then; most do not listen.
    ///
    /// It is the loss of the validation set, or of training where there is none.
    ///
    /// ```
    /// use nn_core::schedule::{Clock, ReduceOnPlateau, Schedule};
    /// let mut schedule = ReduceOnPlateau::new(0.5, 0);
    /// schedule.observe(Clock { step: 100, epoch: 1 }, 0.7);
    /// schedule.observe(Clock { step: 200, epoch: 2 }, 0.7);
    /// assert_eq!(schedule.factor(Clock { step: 200, epoch: 2 }), 0.5);
    /// ```
    fn observe(&mut self, clock: Clock, loss: f64) {
        let _ = (clock, loss);
    }

    /// Forgets all losses: another run begins.
    ///
    /// ```
    /// use nn_core::schedule::{Clock, ReduceOnPlateau, Schedule};
    /// let mut schedule = ReduceOnPlateau::new(0.5, 0);
    /// schedule.observe(Clock { step: 100, epoch: 1 }, 0.7);
    /// schedule.reset();
    /// assert_eq!(schedule, ReduceOnPlateau::new(0.5, 0));
    /// ```
    fn reset(&mut self) {}

    /// This schedule, counting steps where it would count epochs.
    ///
    /// ```
    /// use nn_core::schedule::{Clock, Exponential, Schedule};
    /// let schedule = Exponential::new(0.5).by_step();
    /// assert_eq!(schedule.factor(Clock { step: 2, epoch: 0 }), 0.25);
    /// ```
    fn by_step(self) -> ByStep<Self>
    where
        Self: Sized,
    {
        ByStep(self)
    }

    /// The product of two schedules (PyTorch's `ChainedScheduler`).
    ///
    /// ```
    /// use nn_core::schedule::{Clock, Constant, Exponential, Schedule};
    /// let schedule = Exponential::new(0.5).times(Constant::new(0.1, 2));
    /// assert_eq!(schedule.factor(Clock { step: 0, epoch: 0 }), 0.1);
    /// assert_eq!(schedule.factor(Clock { step: 0, epoch: 2 }), 0.25);
    /// ```
    fn times<S: Schedule>(self, other: S) -> Product<Self, S>
    where
        Self: Sized,
    {
        Product(self, other)
    }
}

impl<F: Fn(Clock) -> f64> Schedule for F {
    fn factor(&self, clock: Clock) -> f64 {
        self(clock)
    }
}

/// A schedule that counts steps; made by [`Schedule::by_step`].
///
/// ```
/// use nn_core::schedule::{ByStep, Exponential, Schedule};
/// let schedule: ByStep<Exponential> = Exponential::new(0.5).by_step();
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByStep<S>(S);

impl<S: Schedule> Schedule for ByStep<S> {
    fn factor(&self, clock: Clock) -> f64 {
        self.0.factor(Clock { epoch: clock.step, ..clock })
    }
    // Losses come by epochs in any case.
    fn observe(&mut self, clock: Clock, loss: f64) {
        self.0.observe(clock, loss);
    }
    fn reset(&mut self) {
        self.0.reset();
    }
}

/// The product of two schedules; made by [`Schedule::times`].
///
/// ```
/// use nn_core::schedule::{Constant, Exponential, Product, Schedule};
/// let schedule: Product<Exponential, Constant> = Exponential::new(0.5).times(Constant::new(0.1, 2));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Product<A, B>(A, B);

impl<A: Schedule, B: Schedule> Schedule for Product<A, B> {
    fn factor(&self, clock: Clock) -> f64 {
        self.0.factor(clock) * self.1.factor(clock)
    }
    fn observe(&mut self, clock: Clock, loss: f64) {
        self.0.observe(clock, loss);
        self.1.observe(clock, loss);
    }
    fn reset(&mut self) {
        self.0.reset();
        self.1.reset();
    }
}

/// From `start` to `stop` along half a cosine, of which a part is done.
fn cosine(start: f64, stop: f64, part: f64) -> f64 {
    stop + (start - stop) * 0.5 * (1.0 + libm::cos(core::f64::consts::PI * part))
}

#[allow(clippy::cast_precision_loss)] // counts are far below 2^53
fn part(done: u64, total: u64) -> f64 {
    done as f64 / total as f64
}

#[allow(clippy::cast_precision_loss)] // counts are far below 2^53
fn power(base: f64, exponent: u64) -> f64 {
    libm::pow(base, exponent as f64)
}

#[track_caller]
const fn check_gamma(gamma: f64) {
    assert!(gamma >= 0.0 && gamma.is_finite(), "gamma must be a finite number of 0 or more");
}

#[track_caller]
const fn check_part(part: f64, refusal: &str) {
    assert!(part >= 0.0 && part <= 1.0, "{}", refusal);
}
