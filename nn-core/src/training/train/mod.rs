//! Training loops.
//!
//! A [`Trainer`] holds all settings. [`fit`](Trainer::fit) trains the network of a session and returns a [`History`].
//! [`guide::training`](crate::guide::training) describes it at length, and shows how to write such a loop yourself.
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net { fc: Linear(2 => 3) }
//!     fn forward(x: [2]) -> [3] { fc(x) }
//!     loss = cross_entropy;
//! }
//!
//! # fn main() -> Result<(), Error> {
//! let draw = Draw::new(1, 0);
//! let data: Dataset<_, _> = (0..300)
//!     .map(|at| {
//!         let [x, y] = [0, 1].map(|axis| draw.uniform::<f32>(0, at, axis));
//!         (Tensor::from([x, y]), usize::from(x > y) + usize::from(x > y + 0.5))
//!     })
//!     .collect();
//! let (train, validation) = data.split(0.8, 0)?;
//!
//! let mut session = Net::session(42);
//! let history = Trainer::new(Adam::new(0.1)).epochs(30).early_stopping(5).quiet().fit(&mut session, &train, &validation)?;
//! println!("{history}");
//! assert!(history.best().unwrap().metric > Some(0.8)); // accuracy, since the targets are classes
//! # Ok(()) }
//! ```

mod batches;
#[cfg(feature = "safetensors")]
mod checkpoint;
mod checks;
mod class_accuracy;
mod curve;
mod event;
mod feed;
mod fit;
mod gradients;
mod history;
mod norms;
mod progress;
#[cfg(feature = "safetensors")]
mod resume;
mod run;
mod samples;
mod spans;
mod step_settings;
mod steps;
mod trainer;
mod watch_settings;

pub use curve::Quantity;
pub use event::{BatchEvent, EpochEvent};
pub use history::{Epoch, History};
pub use norms::Norms;
pub use spans::Spans;
pub use steps::Steps;
pub use trainer::Trainer;
