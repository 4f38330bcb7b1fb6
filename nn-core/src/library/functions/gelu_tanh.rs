// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `gelu` with the distribution function approximated by a hyperbolic tangent.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.gelu_tanh()
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
//!         x.gelu_tanh()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.174, -0.138, -0.037, 2.170]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn gelu_tanh(x) = 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = 0.5 * x[sample, i] * (tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i])) + 1)
//! d_x[sample, i] = 0.5 * d_y[sample, i] * (tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i])) + 0.7978845608028654 * x[sample, i] * (1 - tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i])) * tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i]))) * (0.134145 * x[sample, i] * x[sample, i] + 1) + 1)
//! ```
