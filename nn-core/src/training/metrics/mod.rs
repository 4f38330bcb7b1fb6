//! Metrics: measures of predictions that are not losses.
//!
//! A metric scores one prediction against its target. The mean over samples is reported by
//! [`Trainer::metric`](crate::train::Trainer::metric), or computed over slices:
//!
//! ```
//! use nn_core::metrics::{Accuracy, Metric};
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net { fc: Linear(4 => 3) }
//!     fn forward(x: [4]) -> [3] { fc(x) }
//! }
//!
//! # fn main() -> Result<(), Error> {
//! let (inputs, targets) = (vec![Tensor::filled(0.5); 10], vec![2; 10]);
//! let mut session = Net::session(42);
//! let mut outputs = vec![Tensor::zeros(); inputs.len()];
//! session.forward_batch(&inputs, &mut outputs)?;
//! let accuracy = Accuracy::new().mean(&outputs, &targets);
//! assert!(accuracy == 0.0 || accuracy == 1.0); // all samples are the same
//! # Ok(()) }
//! ```

mod accuracy;
#[cfg(feature = "alloc")]
mod confusion;
mod metric;
mod regression;
mod top_k;

pub use accuracy::Accuracy;
#[cfg(feature = "alloc")]
pub use confusion::ConfusionMatrix;
pub use metric::Metric;
pub use regression::{MeanAbsoluteError, RSquared, RootMeanSquaredError};
pub use top_k::TopKAccuracy;
