// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `relu` with a slope for the negative numbers of each channel, which is an input.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.prelu(weight)
//!
//! x: [C, ..], weight: [C] -> y: [C, ..]
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
//!     fn forward(x: [3, 2], weight: [3]) -> [3, 2] {
//!         x.prelu(weight)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[-0.6, -1.2], [-1.7, -0.3], [-0.9, -1.4]]);
//! let weight = Tensor::from([0.38, 0.13, 0.77]);
//! let y = session.forward(&NetInput { x, weight });
//! assert_eq!(format!("{y:.3?}"), "[[-0.228, -0.456], [-0.221, -0.039], [-0.693, -1.078]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn prelu(x: [C, ..], weight: [C]) -> y: [C, ..] {
//!     y[c, ..] = where(x[c, ..] > 0, x[c, ..], weight[c] * x[c, ..]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, a] = where(x[sample, c, a] > 0, x[sample, c, a], weight[sample, c] * x[sample, c, a])
//! d_x[sample, c, a] = d_y[sample, c, a] * where(x[sample, c, a] > 0, 1, weight[sample, c])
//! d_weight[sample, c] = sum[a](where(x[sample, c, a] > 0, 0, d_y[sample, c, a] * x[sample, c, a]))
//! ```
