// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A sigmoid of straight lines: from 0 at -3 to 1 at 3.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.hardsigmoid()
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
//!         x.hardsigmoid()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.0, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.717, 0.433, 0.167, 0.867]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn hardsigmoid(x) = min(max(x + 3, 0), 6) / 6;
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = 0.16666666666666666 * min(max(x[sample, i] + 3, 0), 6)
//! d_x[sample, i] = where(min(max(x[sample, i] + 3, 0), 6) >= 6, 0, where(max(x[sample, i] + 3, 0) <= 0, 0, 0.16666666666666666 * d_y[sample, i]))
//! ```
