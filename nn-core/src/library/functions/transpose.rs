// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Two axes change places.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.transpose(0, 1)
//!
//! x: [A, B, ..] -> y: [B, A, ..]
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
//!     fn forward(x: [2, 3]) -> [3, 2] {
//!         x.transpose(0, 1)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.900, 1.500], [-0.300, 0.400], [-1.400, -0.800]]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i, j] = x[sample, j, i]
//! d_x[sample, j, i] = d_y[sample, i, j]
//! ```
#![doc(alias = "swapaxes")]
