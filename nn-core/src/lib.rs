//! Neural networks as Rust items.
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(all(test, not(feature = "std")))]
extern crate std;

mod compiled;
#[cfg(feature = "std")]
pub mod data;
mod draw;
mod error;
mod init;
mod kernels;
mod macros;
mod memory;
pub mod metrics;
mod nested;
mod network;
pub mod optim;
mod plain;
#[doc(hidden)]
pub mod private;
mod scalar;
pub mod schedule;
#[cfg(feature = "alloc")]
mod session;
mod shape;
mod summary;
mod tensor;
mod text;
#[cfg(feature = "std")]
pub mod train;

#[doc(hidden)]
pub use nn_macros::{__formulas, __network, __size};

pub use compiled::{Compiled, CompiledLoss, Layer, Parameter};
pub use draw::Draw;
pub use error::Error;
pub use init::Init;
pub use network::{Network, Train, TrainWorkspace, Workspace};
pub use plain::{Plain, zeroed};
pub use scalar::{Element, Scalar};
#[cfg(feature = "alloc")]
pub use session::{Session, init, train_workspace, zero_gradient};
pub use shape::{Dim, Shape};
pub use summary::Summary;
pub use tensor::Tensor;
pub use typenum;

/// What most programs need: `use nn_core::prelude::*;`.
pub mod prelude {
    #[cfg(feature = "alloc")]
    pub use crate::Session;
    pub use crate::compiled::{Compiled as _, CompiledLoss as _};
    #[cfg(feature = "std")]
    pub use crate::data::Dataset;
    pub use crate::optim::{Adam, AdamW, Optimizer, RmsProp, Sgd};
    #[cfg(feature = "std")]
    pub use crate::train::Trainer;
    pub use crate::{Draw, Error, Network, Scalar, Tensor, Train, formulas, network};
}
