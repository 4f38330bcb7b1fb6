// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The whole part of a number. Its derivative is 0.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.trunc()
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
//!         x.trunc()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.67, 0.45, 0.22]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.000, 0.000, 0.000]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = trunc(x[sample, i])
//! d_x[sample, i] = 0
//! ```
