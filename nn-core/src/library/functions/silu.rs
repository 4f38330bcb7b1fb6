// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A number times its sigmoid.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.silu()
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
//!     fn forward(x: [4]) -> [4] {
//!         x.silu()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.437, -0.189, -0.161, 2.858]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn silu(x) = x * sigmoid(x);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i] * sigmoid(x[sample, i])
//! d_x[sample, i] = d_y[sample, i] * (sigmoid(x[sample, i]) + y[sample, i] * (1 - sigmoid(x[sample, i])))
//! ```
#![doc(alias = "swish")]
