// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The power of 2.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.exp2()
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
//!         x.exp2()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[2.462, 0.758, 0.233]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = exp2(x[sample, i])
//! d_x[sample, i] = 0.6931471805599453 * d_y[sample, i] * y[sample, i]
//! ```
