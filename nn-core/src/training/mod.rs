//! Training: optimisers, schedules of their learning rates, metrics, and the loop around them.

pub mod metrics;
pub mod optim;
#[cfg(feature = "plot")]
pub mod plot;
pub mod schedule;
#[cfg(feature = "std")]
pub mod train;
