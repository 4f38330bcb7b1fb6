//! Neural networks as Rust items.
//!
//! [`network!`] declares a network. The macro checks every shape in it, and expands to a struct of
//! parameters with functions of fixed size for the prediction, the loss and the gradient. The gradient is derived
//! symbolically from the formulas of the layers.
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     /// From two numbers to a probability.
//!     pub struct Xor {
//!         hidden: Linear(2 => 8),
//!         out: Linear(8 => 1),
//!     }
//!
//!     fn forward(x: [2]) -> [1] {
//!         out(hidden(x).tanh()).sigmoid()
//!     }
//!
//!     loss = bce;
//! }
//!
//! fn main() -> Result<(), Error> {
//!     let points = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]];
//!     let target = |[a, b]: [f32; 2]| Tensor::from([f32::from(a != b)]);
//!     let data = Dataset::from_iter(points.map(|point| (Tensor::from(point), target(point))));
//!
//!     let mut session = Xor::session(42); // network, workspace and output, built in place from a seed
//!     Trainer::new(Adam::new(0.05)).batch(4).epochs(300).quiet().fit(&mut session, &data, None)?;
//!
//!     for point in points {
//!         let probability = session.forward(&Tensor::from(point))[[0]];
//!         println!("{point:?} -> {probability:.3}");
//!         assert_eq!(probability > 0.5, point[0] != point[1]);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Where things are
//!
//! | | |
//! | --- | --- |
//! | [`network!`], [`formulas!`], [`size!`] | networks, formulas for many of them, sizes as types |
//! | [`guide::language`] | the language in which they are written; all layers, functions and losses |
//! | [`guide::training`] | training with and without a trainer, saving and loading, data |
//! | [`Tensor`], [`Shape`], [`Dim`] | numbers in a shape that is part of their type |
//! | [`Session`] | a network with its memory: predictions |
//! | [`Network`], [`Train`] | what networks can do, with memory of your own: predictions, losses, gradients |
//! | [`train`], [`optim`], [`schedule`], [`metrics`] | training loops, optimisers, learning rates, measures |
//! | [`data`] | sets of samples, CSV and IDX files, standardisation, augmentation |
//!
//! # Features
//!
//! All but `plot` are on by default.
//!
//! - `std`: training loops, and the choice of the instruction set when a program starts.
//! - `alloc` (part of `std`): networks and workspaces on the heap. Without it they live in a `static`, see
//!   [`zeroed`](zeroed()).
//! - `data`: readers for CSV and IDX files.
//! - `progress`: a progress bar while training.
//! - `plot`: pictures of trainings and confusion matrices, as SVG.
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
mod fold;
mod gradient;
#[cfg(doc)]
pub mod guide;
mod init;
mod kernels;
mod macros;
mod memory;
pub mod metrics;
mod nested;
mod network;
pub mod optim;
mod parts;
mod plain;
#[cfg(feature = "plot")]
pub mod plot;
#[doc(hidden)]
pub mod private;
mod sample;
mod scalar;
pub mod schedule;
#[cfg(feature = "alloc")]
mod session;
mod shape;
mod summary;
mod tensor;
mod text;
mod tile;
#[cfg(feature = "std")]
pub mod train;

#[doc(hidden)]
pub use nn_macros::{__formulas, __network, __size};

pub use compiled::{Compiled, CompiledFold, CompiledLoss};
pub use draw::Draw;
pub use error::Error;
pub use fold::Fold;
pub use gradient::{Train, TrainWorkspace};
pub use init::Init;
pub use network::{Network, Workspace};
pub use parts::{Layer, Parameter};
pub use plain::{Plain, zeroed};
pub use sample::Sample;
pub use scalar::{Element, Scalar};
#[cfg(feature = "alloc")]
pub use session::{Session, init, train_workspace, train_workspace_for, zero_gradient};
pub use shape::{Dim, Shape};
pub use summary::Summary;
pub use tensor::Tensor;
pub use typenum;

/// What most programs need: `use nn_core::prelude::*;`.
///
/// The macros, [`Tensor`] and [`Session`], the traits with the methods of networks and of plain data,
/// optimisers, [`Dataset`](data::Dataset) and [`Trainer`](train::Trainer). Sizes are in [`typenum`].
///
/// ```
/// use nn_core::prelude::*;
/// use nn_core::typenum::U2;
/// let t = Tensor::<(U2,)>::from([1.0, 2.0]);
/// assert_eq!(t.flat(), [1.0, 2.0]);
/// ```
pub mod prelude {
    #[cfg(feature = "alloc")]
    pub use crate::Session;
    pub use crate::compiled::{Compiled, CompiledFold, CompiledLoss};
    #[cfg(feature = "std")]
    pub use crate::data::Dataset;
    pub use crate::optim::{Adam, AdamW, Optimizer, RmsProp, Sgd};
    pub use crate::plain::Plain as _;
    #[cfg(feature = "std")]
    pub use crate::train::Trainer;
    pub use crate::{Draw, Error, Fold, Network, Scalar, Tensor, Train, formulas, network, size};
}
