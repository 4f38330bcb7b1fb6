// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The gap between 1 and the next number of the type of `x`. Its derivative is 0.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.epsilon()
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
//!         x + x.epsilon()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.300, -0.400, -2.100]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i] + epsilon(x[sample, i])
//! d_x[sample, i] = d_y[sample, i]
//! ```
