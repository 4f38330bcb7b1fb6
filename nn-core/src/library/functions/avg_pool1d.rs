// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of each window of a sequence.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.avg_pool1d(kernel, stride = kernel, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = 0)
//!
//! x: [C, L] -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `kernel` | a size |  |
//! | `stride` | a size | `kernel` |
//! | `padding` | a size | `0` |
//! | `ceil_mode` | `true` or `false` | `false` |
//! | `count_include_pad` | `true` or `false` | `true` |
//! | `divisor_override` | a size | `0` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 5]) -> [2, 2] {
//!         x.avg_pool1d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.150, 0.000], [-0.650, 0.200]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn avg_pool1d<
//!     kernel: K,
//!     stride: S = K,
//!     padding: P = 0,
//!     ceil_mode: bool = false,
//!     count_include_pad: bool = true,
//!     divisor_override: N = 0,
//! >(x: [C, L])
//!     -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
//! {
//!     s = sum_pool1d(x, K, stride = S, padding = P, ceil_mode = ceil_mode);
//!     if N > 0 {
//!         y[c, l] = s[c, l] / N;
//!     } else if count_include_pad {
//!         if ceil_mode {
//!             y[c, l] = s[c, l] / (min(K, L + 2*P - l*S));
//!         } else {
//!             y[c, l] = s[c, l] / (K);
//!         }
//!     } else {
//!         y[c, l] = s[c, l]
//!             / (min(l*S - P + K, L) - max(l*S - P, 0));
//!     }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! sum_pool1d[sample, c, l] = sum[i](x[sample, c, 2*l + i])
//! y[sample, c, l] = sum_pool1d[sample, c, l] / 2
//! d_sum_pool1d[sample, c, l] = d_y[sample, c, l] / 2
//! d_x[sample, i, j] = 0
//! d_x[sample, c, 2*l + i] = d_sum_pool1d[sample, c, l]
//! ```
#![doc(alias = "AveragePooling1D")]
