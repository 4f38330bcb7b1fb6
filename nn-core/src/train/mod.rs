//! Training loops.

mod batches;
mod checks;
mod class_accuracy;
mod event;
mod history;
mod progress;
mod run;
mod trainer;

pub use event::{BatchEvent, EpochEvent};
pub use history::{Epoch, History};
pub use trainer::Trainer;
