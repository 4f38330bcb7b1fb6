//! Neural networks as Rust items.
//!
//! [`network!`] declares a network. The macro checks every shape, derives the gradient symbolically from the formulas
//! of the layers, and expands to a struct of parameters with functions for the prediction, the loss and the gradient.
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
//! | [`guide::language`] | the language in which they are written |
//! | [`library`] | all layers, functions and losses, a page for each; [on one page](guide::language::library) |
//! | [`guide::training`] | training with and without a trainer, saving and loading, data |
//! | [`guide::from_pytorch`] | networks of PyTorch and the same ones here; what is different, and other names |
//! | [`struct@Tensor`], [`Shape`], [`Dim`] | numbers in a shape that is part of their type |
//! | [`Session`] | a network with its memory: predictions |
//! | [`Network`], [`Train`] | what networks can do, with memory of your own: predictions, losses, gradients |
//! | [`train`], [`optim`], [`schedule`], [`metrics`] | training loops, optimisers, learning rates, metrics |
//! | [`weights`] | saving and loading, weights of PyTorch and others |
//! | [`data`] | sets of samples, in memory or read, CSV and IDX files, images, standardisation, augmentation |
//!
//! # Features
//!
//! `std`, `data`, `progress` and `safetensors` are on by default.
//!
//! - `std`: training loops, and the choice of the instruction set when a program starts.
//! - `alloc` (part of `std`): networks and workspaces on the heap. Without it they live in a `static`, see
//!   [`zeroed`](zeroed()).
//! - `data`: readers for CSV and IDX files.
//! - `progress`: a progress bar while training.
//! - `safetensors`: files of weights, and checkpoints of a training.
//! - `npz`: files of weights of NumPy too.
//! - `pth`: files of `torch.save` are read too, without Python.
//! - `image`: images as tensors, and folders of images as samples.
//! - `ndarray`: tensors as arrays of the crate `ndarray`, and the other way round.
//! - `plot`: pictures of trainings, of the norms of layers, of confusion matrices and of saliency, as SVG.
#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(all(test, not(feature = "std")))]
extern crate std;

mod common;
#[cfg(feature = "std")]
pub mod data;
mod description;
mod elsewhere;
mod error;
#[cfg(doc)]
pub mod guide;
mod kernels;
#[cfg(doc)]
pub mod library;
mod macros;
mod networks;
#[doc(hidden)]
pub mod private;
mod random;
mod tensors;
mod training;
#[cfg(feature = "safetensors")]
pub mod weights;

#[doc(hidden)]
pub use nn_macros::{__formulas, __network, __size, __tensor};

pub use description::{Layer, Parameter, Summary};
pub use error::Error;
pub use networks::derivatives;
pub use networks::{
    Compiled, CompiledFold, CompiledLoss, CompiledStream, Derivatives, DerivedByInputs, Fold, Network, StreamMemory,
    Streamed, Train, TrainWorkspace, Workspace,
};
#[cfg(feature = "parallel")]
pub use networks::{Parallel, Team};
#[cfg(feature = "alloc")]
pub use networks::{Session, Stream, init, train_workspace, train_workspace_for, zero_gradient};
pub use random::{Draw, Init};
pub use tensors::{Dim, Element, Holds, Indexes, Plain, Sample, Scalar, Shape, Tensor, zeroed};
#[cfg(feature = "plot")]
pub use training::plot;
#[cfg(feature = "std")]
pub use training::train;
pub use training::{metrics, optim, schedule};
pub use typenum;

// Behind the modules themselves, so that messages of rustc name items by these.
pub use common::prelude;
