// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The greatest values of `output` windows that cover a sequence, whatever its length.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.adaptive_max_pool1d(output)
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
//!         x.adaptive_max_pool1d(3)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2, -0.4, -0.9], [0.5, -0.1, -0.6, 0.8, 0.2, -0.3, -0.9]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.400, 0.700, 0.200], [0.500, 0.800, 0.200]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn adaptive_max_pool1d<output: N>(x: [C, L]) -> y: [C, N] {
//!     n[l: N] = ceil((l + 1)*L / N) - floor(l*L / N);
//!     y[c, l] = max[i: widest(L, N)](where(i < n[l], x[c, min(floor(l*L / N) + i, L - 1)], -infinity));
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
//! y[sample, c, l] = max[i](where(i < n[l], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]], -inf))
//! y_at[sample, c, l] = argmax[i](where(i < n[l], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]], -inf))
//! d_x[sample, i, j] = 0
//! d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]] += where(i == y_at[sample, c, l], where(i < n[l], d_y[sample, c, l], 0), 0)
//! ```
