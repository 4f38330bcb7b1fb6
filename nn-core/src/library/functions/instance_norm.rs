// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each channel of a sample by its mean and variance, without parameters.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.instance_norm(eps = 1e-5)
//!
//! x: [C, ..] -> y: [C, ..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `eps` | a number | `1e-5` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 5]) -> [2, 5] {
//!         x.instance_norm()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.628, -0.419, -1.675, 1.257, 0.209, -0.209]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn instance_norm<eps: E: real = 1e-5>(x: [C, ..]) -> y: [C, ..] {
//!     y[c, ..] = (x[c, ..] - mean[..](x[c, ..])) / sqrt(var[..](x[c, ..]) + E);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! instance_norm_mean[sample, c] = sum[a](x[sample, c, a])
//! instance_norm_var[sample, c] = sum[a]((x[sample, c, a] - instance_norm_mean[sample, c] / 5) * (x[sample, c, a] - instance_norm_mean[sample, c] / 5))
//! y[sample, c, a] = (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / sqrt(instance_norm_var[sample, c] / 5 + 0.00001)
//! d_instance_norm_var[sample, c] = sum[a](-0.5 * y[sample, c, a] * d_y[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
//! d_instance_norm_mean_2[sample, c] = sum[a](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / 5)
//! d_instance_norm_mean[sample, c] = sum[a](-d_y[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
//! d_x[sample, c, a] = d_y[sample, c, a] / sqrt(instance_norm_var[sample, c] / 5 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
//! ```
