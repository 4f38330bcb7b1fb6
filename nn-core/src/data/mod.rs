//! Samples in memory, and readers for them.
//!
//! ```no_run
//! use nn_core::{Tensor, data, typenum::U784};
//! let (train, test) = data::mnist::<(U784,), f32>("data/mnist")?;
//! assert_eq!((train.len(), test.len()), (60_000, 10_000));
//! # Ok::<(), nn_core::Error>(())
//! ```

#[cfg(feature = "data")]
mod csv;
mod dataset;
#[cfg(feature = "data")]
mod error;
#[cfg(feature = "data")]
mod file;
#[cfg(feature = "data")]
mod idx;
#[cfg(feature = "data")]
mod mnist;
mod normalize;
mod shuffle;
#[cfg(feature = "data")]
mod table;

#[cfg(feature = "data")]
pub use csv::Csv;
pub use dataset::Dataset;
#[cfg(feature = "data")]
pub use error::DataError;
#[cfg(feature = "data")]
pub use idx::{Idx, IdxKind};
#[cfg(feature = "data")]
pub use mnist::mnist;
pub use normalize::Normalize;
pub(crate) use shuffle::shuffle;
#[cfg(feature = "data")]
pub use table::Table;

/// The class that a number stands for, if it is a whole one below `classes`.
#[cfg(feature = "data")]
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 ≤ class < classes
fn class(value: f64, classes: usize) -> Option<usize> {
    (value >= 0.0 && value < classes as f64 && value.fract() == 0.0).then_some(value as usize)
}
