//! Optimisers, clipping and penalties: rules over the flat view of the parameters.
//!
//! An optimiser is its settings; what it remembers is a [`State`]. A step allocates nothing. A setting that cannot
//! be, such as a negative learning rate, is an error of [`Trainer::fit`](crate::train::Trainer::fit) and of a
//! [`step`](Optimizer::step) by hand, before anything has changed.
//!
//! ```
//! use nn_core::optim::{Adam, Optimizer};
//!
//! let adam = Adam::new(0.05);
//! let mut params = [3.0f64, -2.0];
//! let mut state = adam.state();
//! for _ in 0..500 {
//!     let gradient = params.map(|w| 2.0 * (w - 1.0)); // of (w - 1)²
//!     adam.step(&mut params, &gradient, &mut state, 1.0)?;
//! }
//! assert!(params.iter().all(|w| (w - 1.0).abs() < 1e-3));
//! # Ok::<(), nn_core::Error>(())
//! ```

mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod checks;
mod clip;
mod groups;
mod nadam;
mod optimizer;
mod penalty;
mod radam;
mod rms_prop;
mod rule;
mod settings;
mod sgd;
mod state;

pub use adadelta::Adadelta;
pub use adagrad::Adagrad;
pub use adam::{Adam, AdamW};
pub use adamax::Adamax;
pub use clip::{clip_norm, clip_value, norm};
pub use groups::{Group, Grouped};
pub use nadam::NAdam;
pub use optimizer::{Optimizer, Slots, Step};
pub use penalty::{l1_penalty, l2_penalty};
pub use radam::RAdam;
pub use rms_prop::RmsProp;
pub use sgd::Sgd;
pub use state::State;
