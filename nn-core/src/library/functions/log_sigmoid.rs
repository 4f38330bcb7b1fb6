// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The logarithm of the sigmoid.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.log_sigmoid()
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
//!         x.log_sigmoid()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[-0.168, -0.974, -2.859, -0.049]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn log_sigmoid(x) = where(x < 0, x - ln_1p(exp(x)), -ln_1p(exp(-x)));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = where(x[sample, i] < 0, x[sample, i] - ln_1p(exp(x[sample, i])), -ln_1p(exp(-x[sample, i])))
//! d_x[sample, i] = d_y[sample, i] * where(x[sample, i] < 0, 1 - exp(x[sample, i]) / (exp(x[sample, i]) + 1), exp(-x[sample, i]) / (exp(-x[sample, i]) + 1))
//! ```
