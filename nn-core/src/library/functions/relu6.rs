// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `relu` with an upper bound of 6.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.relu6()
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
//!         x.relu6()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([5.8, 3.5, 1.3, 7.0]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[5.800, 3.500, 1.300, 6.000]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn relu6(x) = min(max(x, 0), 6);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = min(max(x[sample, i], 0), 6)
//! d_x[sample, i] = where(y[sample, i] >= 6, 0, where(max(x[sample, i], 0) <= 0, 0, d_y[sample, i]))
//! ```
