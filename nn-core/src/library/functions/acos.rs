// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The angle in radians whose cosine the number is.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.acos()
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
//!     fn forward(x: [3]) -> [3] {
//!         x.acos()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.4, -0.1, -0.6]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.159, 1.671, 2.214]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = acos(x[sample, i])
//! d_x[sample, i] = -d_y[sample, i] / sqrt(1 - x[sample, i] * x[sample, i])
//! ```
#![doc(alias = "arccos")]
