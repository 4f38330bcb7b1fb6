// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The Gaussian error linear unit: a number times the normal distribution function at it.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.gelu()
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
//!         x.gelu()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.174, -0.138, -0.038, 2.169]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn gelu(x) = 0.5 * x * (1 + erf(x / sqrt(2)));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = 0.5 * x[sample, i] * (erf(0.7071067811865475 * x[sample, i]) + 1)
//! d_x[sample, i] = 0.5 * d_y[sample, i] * (erf(0.7071067811865475 * x[sample, i]) + 0.7978845608028653 * x[sample, i] * exp(-0.4999999999999999 * x[sample, i] * x[sample, i]) + 1)
//! ```
