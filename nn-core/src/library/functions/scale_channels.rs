// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A factor and an offset for each channel.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.scale_channels(weight, bias)
//!
//! x: [C, ..], weight: [C], bias: [C] -> y: [C, ..]
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
//!     fn forward(x: [3, 2], weight: [3], bias: [3]) -> [3, 2] {
//!         x.scale_channels(weight, bias)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]]);
//! let weight = Tensor::from([-0.4, -0.9, 0.5]);
//! let bias = Tensor::from([0.8, 0.2, -0.3]);
//! let y = session.forward(&NetInput { x, weight, bias });
//! assert_eq!(format!("{y:.3?}"), "[[0.640, 0.840], [0.830, -0.430], [-0.200, -0.500]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn scale_channels(x: [C, ..], weight: [C], bias: [C]) -> y: [C, ..] {
//!     y[c, ..] = weight[c] * x[c, ..] + bias[c];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, a] = weight[sample, c] * x[sample, c, a] + bias[sample, c]
//! d_weight[sample, c] = sum[a](d_y[sample, c, a] * x[sample, c, a])
//! d_x[sample, c, a] = d_y[sample, c, a] * weight[sample, c]
//! d_bias[sample, c] = sum[a](d_y[sample, c, a])
//! ```
