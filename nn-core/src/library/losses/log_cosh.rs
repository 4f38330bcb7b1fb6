// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of the logarithms of the hyperbolic cosine of differences.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! log_cosh(y, t)
//!
//! y: [..], t: [..]
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
//!     fn forward(y: [5]) -> [5] {
//!         y
//!     }
//!
//!     loss(t: [5]) = log_cosh(output, t);
//! }
//!
//! let y = Tensor::from([0.75, 0.49, 0.24, 0.89, 0.63]);
//! let t = Tensor::from([-0.7, -1.0, -0.3, -0.5, -0.8]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.669");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss log_cosh(y: [..], t: [..]) =
//!     mean[..](abs(y[..] - t[..]) + ln_1p(exp(-2 * abs(y[..] - t[..]))) - 0.6931471805599453);
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! log_cosh_mean[sample] = sum[a](abs(y[sample, a] - t[sample, a]) + ln_1p(exp(-2 * abs(y[sample, a] - t[sample, a]))) - 0.6931471805599453)
//! loss[sample] = log_cosh_mean[sample] / 5
//! d_log_cosh_mean[sample] = scale / 5
//! d_y[sample, i] = d_log_cosh_mean[sample] * (sign(y[sample, i] - t[sample, i]) - 2 * exp(-2 * abs(y[sample, i] - t[sample, i])) * sign(y[sample, i] - t[sample, i]) / (exp(-2 * abs(y[sample, i] - t[sample, i])) + 1))
//! ```
#![doc(alias = "LogCoshLoss")]
