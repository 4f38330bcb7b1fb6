// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `relu` with a small slope for negative numbers.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.leaky_relu(slope = 0.01)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `slope` | a number | `0.01` |
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
//!         x.leaky_relu()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.300, -0.004, -0.021, 2.200]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn leaky_relu<slope: S: real = 0.01>(x) = where(x > 0, x, S * x);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = where(x[sample, i] > 0, x[sample, i], 0.01 * x[sample, i])
//! d_x[sample, i] = d_y[sample, i] * where(x[sample, i] > 0, 1, 0.01)
//! ```
