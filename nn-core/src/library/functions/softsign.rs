// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A number divided by one plus its absolute value: between -1 and 1.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.softsign()
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
//!         x.softsign()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.2?}"), "[0.57, -0.29, -0.68, 0.69]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn softsign(x) = x / (1 + abs(x));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i] / (abs(x[sample, i]) + 1)
//! d_x[sample, i] = d_y[sample, i] * (1 / (abs(x[sample, i]) + 1) - y[sample, i] * sign(x[sample, i]) / (abs(x[sample, i]) + 1))
//! ```
