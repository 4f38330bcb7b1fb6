// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A number less its hyperbolic tangent.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.tanhshrink()
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
//!         x.tanhshrink()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.438, -0.020, -1.130, 1.224]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn tanhshrink(x) = x - tanh(x);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i] - tanh(x[sample, i])
//! d_x[sample, i] = d_y[sample, i] * tanh(x[sample, i]) * tanh(x[sample, i])
//! ```
