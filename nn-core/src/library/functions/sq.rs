// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The square.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.sq()
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
//!         x.sq()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.690, 0.160, 4.410, 4.840]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn sq(x) = x * x;
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i] * x[sample, i]
//! d_x[sample, i] = 2 * d_y[sample, i] * x[sample, i]
//! ```
#![doc(alias = "square")]
