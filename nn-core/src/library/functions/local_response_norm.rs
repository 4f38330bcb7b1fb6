// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Divides each value by a power of the mean square at the same place in `size` neighbouring channels.
//!
//! The window begins `size/2` channels before, as in PyTorch (Krizhevsky et al. 2012).
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.local_response_norm(size, alpha = 0.0001, beta = 0.75, k = 1.0)
//!
//! x: [C, ..] -> y: [C, ..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `size` | a size |  |
//! | `alpha` | a number | `0.0001` |
//! | `beta` | a number | `0.75` |
//! | `k` | a number | `1.0` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [5, 2]) -> [5, 2] {
//!         x.local_response_norm(3)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4], [-0.9, 0.5], [-0.1, -0.6]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.200, -0.400]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn local_response_norm<size: N, alpha: A: real = 1e-4, beta: B: real = 0.75, k: K: real = 1.0>(x: [C, ..]) -> y: [C, ..] {
//!     require 0 < N;
//!     s[c: C, ..] = sum[j: N](sq(pad(x[c + j - N/2, ..], 0)));
//!     y[c, ..] = x[c, ..] / pow(K + A/N * s[c, ..], B);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! s[sample, c, a] = sum[j](pad(x[sample, c + j - 1, a], 0) * pad(x[sample, c + j - 1, a], 0))
//! y[sample, c, a] = x[sample, c, a] / powf(0.0001 * s[sample, c, a] / 3 + 1, 0.75)
//! d_s[sample, c, a] = -0.00007500000000000001 * y[sample, c, a] * d_y[sample, c, a] * powf(0.0001 * s[sample, c, a] / 3 + 1, -0.25) / (powf(0.0001 * s[sample, c, a] / 3 + 1, 0.75) * 3)
//! d_x[sample, c, a] = d_y[sample, c, a] / powf(0.0001 * s[sample, c, a] / 3 + 1, 0.75)
//! d_x[sample, c + j - 1, a] += 2 * d_s[sample, c, a] * pad(x[sample, c + j - 1, a], 0)
//! ```
#![doc(alias = "LRN")]
