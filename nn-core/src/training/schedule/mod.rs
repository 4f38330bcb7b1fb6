//! Learning-rate schedules: factors of the learning rate over time.
//!
//! [`Trainer::schedule`](crate::train::Trainer::schedule) takes one. In a loop of your own its factor is the last
//! argument of [`Optimizer::step`](crate::optim::Optimizer::step).
//!
//! A schedule counts epochs, as in PyTorch. [`by_step`](Schedule::by_step) makes it count steps, and
//! [`times`](Schedule::times) multiplies two: here a warm-up over the first 500 steps and a cosine over 10 epochs.
//!
//! ```
//! use nn_core::schedule::{Clock, CosineAnnealing, Linear, Schedule};
//! let schedule = CosineAnnealing::new(10).times(Linear::new(0.01, 500).by_step());
//! assert_eq!(schedule.factor(Clock { step: 0, epoch: 0 }), 0.01);
//! assert!((schedule.factor(Clock { step: 600, epoch: 5 }) - 0.5).abs() < 1e-12);
//! ```

mod curves;
mod decays;
mod interface;
mod one_cycle;
mod plateau;
mod restarts;
mod rules;

pub use decays::{MultiStep, Polynomial};
pub use interface::{ByStep, Clock, Product, Schedule};
pub use one_cycle::OneCycle;
pub use plateau::ReduceOnPlateau;
pub use restarts::CosineAnnealingWarmRestarts;
pub use rules::{Constant, CosineAnnealing, Exponential, Linear, Step};
