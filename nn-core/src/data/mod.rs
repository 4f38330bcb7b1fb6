//! Samples, and readers for them.
//!
//! A [`Dataset`] holds inputs and targets in memory, and a [`Lazy`] reads them while a network is trained. A set in memory is
//! made from pairs or vectors, or read from files:
//!
//! ```
//! use nn_core::data::{Csv, Dataset, Normalize};
//! use nn_core::{Tensor, typenum::U2};
//! # fn main() -> Result<(), nn_core::Error> {
//! let path = std::env::temp_dir().join("nn-core-data-example");
//! std::fs::write(&path, "1.5,2,0\n3,4.5,1\n2.5,1,2\n").unwrap();
//!
//! let table = Csv::new(&path).read()?;
//! let inputs: Vec<Tensor<(U2,)>> = table.tensors(0..2)?;
//! let mut data = Dataset::new(inputs, table.classes(2, 3)?)?;
//! Normalize::fit(&data)?.apply(&mut data); // mean 0, standard deviation 1
//!
//! let (train, test) = data.split(0.7, 42)?;
//! assert_eq!((train.len(), test.len()), (2, 1));
//! # Ok(()) }
//! ```
//!
//! MNIST, and sets in the same four files:
//!
//! ```no_run
//! use nn_core::{Tensor, data, typenum::U784};
//! let (train, test) = data::mnist::<(U784,), f32>("data/mnist")?;
//! assert_eq!((train.len(), test.len()), (60_000, 10_000));
//! # Ok::<(), nn_core::Error>(())
//! ```

mod augment;
#[cfg(feature = "data")]
mod class;
#[cfg(feature = "data")]
mod csv;
mod dataset;
#[cfg(feature = "data")]
mod file;
#[cfg(feature = "data")]
mod idx;
#[cfg(feature = "image")]
mod image_folder;
#[cfg(feature = "image")]
mod images;
mod lazy;
#[cfg(feature = "data")]
mod mnist;
mod normalize;
mod resample;
mod samples;
mod split;
#[cfg(feature = "data")]
mod table;

#[cfg(any(feature = "data", feature = "image"))]
pub use crate::error::DataError;
pub use augment::{Augment, Image};
#[cfg(feature = "data")]
pub use csv::Csv;
pub use dataset::Dataset;
#[cfg(feature = "data")]
pub use idx::{Idx, IdxKind};
#[cfg(feature = "image")]
pub use image_folder::ImageFolder;
#[cfg(feature = "image")]
pub use images::Fit;
pub use lazy::{Lazy, Unread};
pub(crate) use lazy::{Read, unread};
#[cfg(feature = "data")]
pub use mnist::mnist;
pub use normalize::Normalize;
pub use samples::{Samples, Set};
#[cfg(feature = "data")]
pub use table::Table;
