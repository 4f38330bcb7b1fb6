// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The rectified linear unit: negative numbers become 0.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.relu()
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
//!         x.relu()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.300, 0.000, 0.000, 2.200]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn relu(x) = max(x, 0);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = max(x[sample, i], 0)
//! d_x[sample, i] = where(y[sample, i] <= 0, 0, d_y[sample, i])
//! ```
