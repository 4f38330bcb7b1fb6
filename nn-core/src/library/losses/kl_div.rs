// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The Kullback-Leibler divergence, for an output of log-probabilities.
//!
//! Targets are probabilities or, with `log_target`, their logarithms.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! kl_div(y, t, log_target = false)
//!
//! y: [..], t: [..] -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `log_target` | `true` or `false` | `false` |
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
//!     loss(t: [5]) = kl_div(output, t);
//! }
//!
//! let y = Tensor::from([-0.9, -1.7, -2.6, -0.5, -1.3]);
//! let t = Tensor::from([0.38, 0.13, 0.77, 0.52, 0.26]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.328");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss kl_div<log_target: bool = false>(y: [..], t: [..]) -> l: [] {
//!     if log_target {
//!         l = mean[..](exp(t[..]) * (t[..] - y[..]));
//!     } else {
//!         l = mean[..](where(t[..] == 0, 0, t[..] * (ln(t[..]) - y[..])));
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
//! kl_div_mean[sample] = sum[a](where(t[sample, a] == 0, 0, t[sample, a] * (ln(t[sample, a]) - y[sample, a])))
//! loss[sample] = kl_div_mean[sample] / 5
//! d_kl_div_mean[sample] = scale / 5
//! d_y[sample, i] = where(t[sample, i] == 0, 0, -d_kl_div_mean[sample] * t[sample, i])
//! ```
#![doc(alias = "KLDivLoss")]
#![doc(alias = "kl_divergence")]
