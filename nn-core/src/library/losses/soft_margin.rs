// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of `ln(1 + exp(-t * y))`, for targets that are -1 or 1.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! soft_margin(y, t)
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
//!     loss(t: [5]) = soft_margin(output, t);
//! }
//!
//! let y = Tensor::from([1.3, -0.4, -2.1, 2.2, 0.5]);
//! let t = Tensor::from([1.0, 1.0, 1.0, 1.0, 1.0]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.790");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss soft_margin(y: [..], t: [..]) = mean[..](-log_sigmoid(t[..] * y[..]));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! soft_margin_mean[sample] = sum[a](-where(t[sample, a] * y[sample, a] < 0, t[sample, a] * y[sample, a] - ln_1p(exp(t[sample, a] * y[sample, a])), -ln_1p(exp(-t[sample, a] * y[sample, a]))))
//! loss[sample] = soft_margin_mean[sample] / 5
//! d_soft_margin_mean[sample] = scale / 5
//! d_y[sample, i] = -d_soft_margin_mean[sample] * where(t[sample, i] * y[sample, i] < 0, t[sample, i] - exp(t[sample, i] * y[sample, i]) * t[sample, i] / (exp(t[sample, i] * y[sample, i]) + 1), exp(-t[sample, i] * y[sample, i]) * t[sample, i] / (exp(-t[sample, i] * y[sample, i]) + 1))
//! ```
#![doc(alias = "SoftMarginLoss")]
