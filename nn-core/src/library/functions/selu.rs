// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `elu` with a scale and an `alpha` for which mean 0 and variance 1 are kept from layer to layer.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.selu()
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
//!         x.selu()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.366, -0.580, -1.543, 2.312]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn selu(x) = 1.0507009873554805 * where(x > 0, x, 1.6732632423543772 * exp_m1(x));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = 1.0507009873554805 * where(x[sample, i] > 0, x[sample, i], 1.6732632423543772 * exp_m1(x[sample, i]))
//! d_x[sample, i] = 1.0507009873554805 * d_y[sample, i] * where(x[sample, i] > 0, 1, 1.6732632423543772 * exp(x[sample, i]))
//! ```
