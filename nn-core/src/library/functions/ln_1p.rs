// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The natural logarithm of one more than the number, exact near 0.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.ln_1p()
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
//!         x.ln_1p()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([2.7, 1.4, 0.0]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.308, 0.875, 0.000]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = ln_1p(x[sample, i])
//! d_x[sample, i] = d_y[sample, i] / (x[sample, i] + 1)
//! ```
#![doc(alias = "log1p")]
