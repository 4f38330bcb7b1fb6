// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The sum over an axis, several (`axis = (1, 2)`), or all.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.sum(axis = none, keepdim = false)
//!
//! x: [..] -> y
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
//!     fn forward(x: [2, 3]) -> [3] {
//!         x.sum(axis = 0)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[2.400, 0.100, -2.200]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, b] = sum[a](x[sample, a, b])
//! d_x[sample, a, b] = d_y[sample, b]
//! ```
#![doc(alias = "reduce_sum")]
