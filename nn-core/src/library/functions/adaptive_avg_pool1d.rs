// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The means of `output` windows that cover a sequence, whatever its length.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.adaptive_avg_pool1d(output)
//!
//! x: [C, L] -> y: [C, N]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `output` | a size |  |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 7]) -> [2, 3] {
//!         x.adaptive_avg_pool1d(3)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2, -0.4, -0.9], [0.5, -0.1, -0.6, 0.8, 0.2, -0.3, -0.9]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[-0.133, 0.067, -0.367], [-0.067, 0.133, -0.333]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn adaptive_avg_pool1d<output: N>(x: [C, L]) -> y: [C, N] {
//!     if L/N * N == L {
//!         y = avg_pool1d(x, L/N);
//!     } else {
//!         n[l: N] = ceil((l + 1)*L / N) - floor(l*L / N);
//!         y[c, l] = sum[i: widest(L, N)](where(i < n[l], x[c, min(floor(l*L / N) + i, L - 1)], 0)) / n[l];
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
//! n[l] = ceil(((l) + 1) * 7 / 3) - floor((l) * 7 / 3)
//! adaptive_avg_pool1d_sum[sample, c, l] = sum[i](where(i < n[l], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]], 0))
//! y[sample, c, l] = adaptive_avg_pool1d_sum[sample, c, l] / n[l]
//! d_adaptive_avg_pool1d_sum[sample, c, l] = d_y[sample, c, l] / n[l]
//! d_x[sample, i, j] = 0
//! d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]] += where(i < n[l], d_adaptive_avg_pool1d_sum[sample, c, l], 0)
//! ```
