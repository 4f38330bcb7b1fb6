// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The hyperbolic tangent.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.tanh()
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
//!         x.tanh()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.862, -0.380, -0.970]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = tanh(x[sample, i])
//! d_x[sample, i] = d_y[sample, i] * (1 - y[sample, i] * y[sample, i])
//! ```
