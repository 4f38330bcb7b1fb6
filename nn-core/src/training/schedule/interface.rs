//! The interface of schedules, and their combinations.

/// The progress of a training: what is done, so that both counts begin at 0.
///
/// ```
/// use nn_core::schedule::Clock;
/// let start = Clock { step: 0, epoch: 0 };
/// assert_eq!(start, Clock::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// The steps of the optimiser that are done.
    pub step: u64,
    /// The epochs that are done.
    pub epoch: u64,
}

/// A factor of the learning rate over time.
///
/// A closure from [`Clock`] to `f64` is a schedule too (PyTorch's `LambdaLR`):
///
/// ```
/// use nn_core::schedule::{Clock, Schedule};
/// let schedule = |clock: Clock| 1.0 / (1.0 + clock.epoch as f64);
/// assert_eq!(schedule.factor(Clock { step: 0, epoch: 3 }), 0.25);
/// ```
pub trait Schedule {
    /// The factor for the next step: a finite number of 0 or more.
    fn factor(&self, clock: Clock) -> f64;

    /// Tells the schedule the loss after an epoch, with the progress by then. Most schedules ignore it.
    ///
    /// It is the loss of the validation set, or of the training set where there is none.
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

    /// Forgets all losses, since another training begins.
    ///
    /// ```
    /// use nn_core::schedule::{Clock, ReduceOnPlateau, Schedule};
    /// let mut schedule = ReduceOnPlateau::new(0.5, 0);
    /// schedule.observe(Clock { step: 100, epoch: 1 }, 0.7);
    /// schedule.reset();
    /// assert_eq!(schedule, ReduceOnPlateau::new(0.5, 0));
    /// ```
    fn reset(&mut self) {}

    /// The same schedule, which counts steps in place of epochs.
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

/// A schedule that counts steps. [`Schedule::by_step`] makes it.
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
    // Losses are still those of epochs.
    fn observe(&mut self, clock: Clock, loss: f64) {
        self.0.observe(clock, loss);
    }
    fn reset(&mut self) {
        self.0.reset();
    }
}

/// The product of two schedules. [`Schedule::times`] makes it.
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
