// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A smooth `relu`: the logarithm of `1 + exp(beta * x)`, divided by `beta`.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.softplus(beta = 1.0, threshold = 20.0)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `beta` | a number | `1.0` |
//! | `threshold` | a number | `20.0` |
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
//!         x.softplus()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.868, 0.474, 0.059, 3.049]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn softplus<beta: B: real = 1.0, threshold: H: real = 20.0>(x) =
//!     where(B * x > H, x, softplus(B * x) / B);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i]))
//! d_x[sample, i] = d_y[sample, i] * where(x[sample, i] > 20, 1, sigmoid(x[sample, i]))
//! ```
