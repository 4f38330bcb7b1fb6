// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The standard deviation: the square root of `var`. Where it is 0, its derivative is 0.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.std(axis = none, correction = 1, keepdim = false)
//!
//! x: [..] -> y
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `axis` | an axis, several in parentheses, or `none` for all | `none` |
//! | `correction` | a size | `1` |
//! | `keepdim` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 3]) -> [] {
//!         x.std()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "0.519");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn std<axis: N: axes = none, correction: C = 1, keepdim: bool = false>(x: [..]) -> y {
//!     v = var(x, axis = N, correction = C, keepdim = keepdim);
//!     y = where(v == 0, 0, sqrt(v));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! mean[sample, 0, 0] = sum[a, b](x[sample, a, b])
//! mean_2[sample, i, j] = mean[sample, i, j] / 6
//! subtract[sample, i, j] = x[sample, i, j] - mean_2[sample, 0, 0]
//! sum[sample] = sum[a, b](subtract[sample, a, b] * subtract[sample, a, b])
//! divide[sample] = sum[sample] / (6 - 1)
//! sqrt[sample] = sqrt(divide[sample])
//! y[sample] = where(divide[sample] == 0, 0, sqrt[sample])
//! d_sum[sample] = where(divide[sample] == 0, 0, 0.5 * d_y[sample] / ((6 - 1) * sqrt[sample]))
//! d_subtract[sample, i, j] = 2 * d_sum[sample] * subtract[sample, i, j]
//! d_mean_2[sample, 0, 0] = sum[i, j](-d_subtract[sample, i, j])
//! d_mean[sample, i, j] = d_mean_2[sample, i, j] / 6
//! d_x[sample, i, j] = d_subtract[sample, i, j] + d_mean[sample, 0, 0]
//! ```
#![doc(alias = "standard_deviation")]
