// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A number times the hyperbolic tangent of its softplus.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.mish()
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
//!         x.mish()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.621, -0.221, -0.165, 2.987]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn mish(x) = x * tanh(softplus(x));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i] * tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i])))
//! d_x[sample, i] = d_y[sample, i] * (tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i]))) + x[sample, i] * (1 - tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i]))) * tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i])))) * where(x[sample, i] > 20, 1, sigmoid(x[sample, i])))
//! ```
