// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The negative log-likelihood of numbers under normal distributions, whose mean and variance are two outputs.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! gaussian_nll(y, t, variance, full = false, eps = 1e-6)
//!
//! y: [..], t: [..], variance: [..] -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `full` | `true` or `false` | `false` |
//! | `eps` | a number | `1e-6` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(y: [5], variance: [5]) -> (y: [5], variance: [5]) {
//!         (y, variance)
//!     }
//!
//!     loss(t: [5]) = gaussian_nll(y, t, variance);
//! }
//!
//! let y = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
//! let variance = Tensor::from([1.0, 0.5, 1.6, 1.2, 0.8]);
//! let t = Tensor::from([0.8, 0.2, -0.3, -0.9, 0.5]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[NetInput { y, variance }], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.242");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss gaussian_nll<full: bool = false, eps: E: real = 1e-6>(y: [..], t: [..], variance: [..]) -> l: [] {
//!     // kept above `eps`, which does not change the derivative
//!     v[..] = variance[..] + detach(max(variance[..], E) - variance[..]);
//!     e[..] = 0.5 * (ln(v[..]) + sq(y[..] - t[..]) / v[..]);
//!     if full {
//!         l = mean[..](e[..] + 0.9189385332046727);
//!     } else {
//!         l = mean[..](e[..]);
//!     }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! v[sample, a] = variance[sample, a] + detach(max(variance[sample, a], 0.000001) - variance[sample, a])
//! gaussian_nll_mean[sample] = sum[a](0.5 * (ln(v[sample, a]) + (y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]) / v[sample, a]))
//! loss[sample] = gaussian_nll_mean[sample] / 5
//! d_gaussian_nll_mean[sample] = scale / 5
//! d_variance[sample, i] = 0.5 * d_gaussian_nll_mean[sample] * (1 / v[sample, i] - (y[sample, i] - t[sample, i]) * (y[sample, i] - t[sample, i]) / (v[sample, i] * v[sample, i]))
//! d_y[sample, i] = d_gaussian_nll_mean[sample] * (y[sample, i] - t[sample, i]) / v[sample, i]
//! ```
#![doc(alias = "GaussianNLLLoss")]
