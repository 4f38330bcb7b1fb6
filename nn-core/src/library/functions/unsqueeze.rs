// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One more axis, of size 1.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.unsqueeze(axis)
//!
//! x: [A, B] -> y: [1, A, B]
//! ```
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [3]) -> [1, 3] {
//!         x.unsqueeze(0)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300, -1.400]]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! unsqueeze: [1, 3] is x: [3]
//! d_unsqueeze: [1, 3] is d_x: [3]
//! y[sample, i, j] = unsqueeze[sample, i, j]
//! d_unsqueeze[sample, i, j] = d_y[sample, i, j]
//! ```
#![doc(alias = "expand_dims")]
