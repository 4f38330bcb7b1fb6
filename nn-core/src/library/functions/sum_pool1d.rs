// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The sum of each window of a sequence.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.sum_pool1d(kernel, stride = kernel, padding = 0, ceil_mode = false)
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
//!         x.sum_pool1d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.300, 0.000], [-1.300, 0.400]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn sum_pool1d<kernel: K, stride: S = K, padding: P = 0, ceil_mode: bool = false>(x: [C, L])
//!     -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
//! {
//!     require 2*P <= K, "`padding` is at most half of a window";
//!     y[c, l] = sum[i: K](pad(x[c, l*S + i - P], 0));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, l] = sum[i](x[sample, c, 2*l + i])
//! d_x[sample, i, j] = 0
//! d_x[sample, c, 2*l + i] = d_y[sample, c, l]
//! ```
