// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The negative log-likelihood of counts under Poisson distributions.
//!
//! The output is the expected count or, with `log_input`, its logarithm. `full` adds Stirling's formula for the
//! factorial of the count.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! poisson_nll(y, t, log_input = true, full = false, eps = 1e-8)
//!
//! y: [..], t: [..] -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `log_input` | `true` or `false` | `true` |
//! | `full` | `true` or `false` | `false` |
//! | `eps` | a number | `1e-8` |
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
//!     loss(t: [5]) = poisson_nll(output, t);
//! }
//!
//! let y = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
//! let t = Tensor::from([1.2, 0.1, 3.0, 1.9, 0.7]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "1.258");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss poisson_nll<log_input: bool = true, full: bool = false, eps: E: real = 1e-8>(y: [..], t: [..]) -> l: [] {
//!     if log_input {
//!         e[..] = exp(y[..]) - t[..] * y[..];
//!     } else {
//!         e[..] = y[..] - t[..] * ln(y[..] + E);
//!     }
//!     if full {
//!         l = mean[..](e[..] + where(t[..] > 1, t[..] * ln(t[..]) - t[..] + 0.5 * ln(6.283185307179586 * t[..]), 0));
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
//! poisson_nll_mean[sample] = sum[a](exp(y[sample, a]) - t[sample, a] * y[sample, a])
//! loss[sample] = poisson_nll_mean[sample] / 5
//! d_poisson_nll_mean[sample] = scale / 5
//! d_y[sample, i] = d_poisson_nll_mean[sample] * (exp(y[sample, i]) - t[sample, i])
//! ```
#![doc(alias = "PoissonNLLLoss")]
