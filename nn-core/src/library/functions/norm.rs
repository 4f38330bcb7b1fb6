// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The Euclidean norm: the square root of the sum of squares.
//!
//! Over one axis, over several or over all. Where there is no derivative, at 0, it is 0.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.norm(axis = none, keepdim = false)
//!
//! x: [..] -> y
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `axis` | an axis, several in parentheses, or `none` for all | `none` |
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
//!         x.norm()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "1.162");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn norm<axis: N: axes = none, keepdim: bool = false>(x: [..]) -> y {
//!     s = sq(x).sum(axis = N, keepdim = keepdim);
//!     y = where(s == 0, 0, sqrt(s));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! sum[sample] = sum[a, b](x[sample, a, b] * x[sample, a, b])
//! sqrt[sample] = sqrt(sum[sample])
//! y[sample] = where(sum[sample] == 0, 0, sqrt[sample])
//! d_sum[sample] = where(sum[sample] == 0, 0, 0.5 * d_y[sample] / sqrt[sample])
//! d_x[sample, i, j] = 2 * d_sum[sample] * x[sample, i, j]
//! ```
#![doc(alias = "l2_norm")]
#![doc(alias = "euclidean")]
#![doc(alias = "linalg_norm")]
