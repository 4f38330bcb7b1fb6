// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The variance: squared deviations from the mean, averaged.
//!
//! `correction` is taken off the number of values, as in PyTorch.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.var(axis = none, correction = 1, keepdim = false)
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
//!         x.var()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "0.270");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn var<axis: N: axes = none, correction: C = 1, keepdim: bool = false>(x: [..]) -> y {
//!     require C < N, "the variance of {N} values has no correction of {C}";
//!     d = x - x.mean(axis = N, keepdim = true);
//!     y = sq(d).sum(axis = N, keepdim = keepdim) / (N - C);
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
//! y[sample] = sum[sample] / (6 - 1)
//! d_sum[sample] = d_y[sample] / (6 - 1)
//! d_subtract[sample, i, j] = 2 * d_sum[sample] * subtract[sample, i, j]
//! d_mean_2[sample, 0, 0] = sum[i, j](-d_subtract[sample, i, j])
//! d_mean[sample, i, j] = d_mean_2[sample, i, j] / 6
//! d_x[sample, i, j] = d_subtract[sample, i, j] + d_mean[sample, 0, 0]
//! ```
#![doc(alias = "variance")]
