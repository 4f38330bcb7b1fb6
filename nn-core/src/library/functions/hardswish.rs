// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `silu` with `hardsigmoid` in place of the sigmoid.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.hardswish()
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
//!         x.hardswish()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([2.1, 0.1, -1.8, 3.1]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.785, 0.052, -0.360, 3.100]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn hardswish(x) = where(x <= -3, 0 * x, where(x < 3, x * (x + 3) / 6, x));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = where(x[sample, i] <= -3, 0 * x[sample, i], where(x[sample, i] < 3, 0.16666666666666666 * x[sample, i] * (x[sample, i] + 3), x[sample, i]))
//! d_x[sample, i] = where(x[sample, i] <= -3, 0, d_y[sample, i] * where(x[sample, i] < 3, 0.16666666666666666 * (2 * x[sample, i] + 3), 1))
//! ```
