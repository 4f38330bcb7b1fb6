// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The logarithm of the sum of exponentials, without overflow.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.logsumexp(axis = none, keepdim = false)
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
//!         x.logsumexp()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.2?}"), "2.29");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn logsumexp<axis: N: axes = none, keepdim: bool = false>(x: [..]) -> y {
//!     m = detach(x.max(axis = N, keepdim = true));
//!     m = where(abs(m) == infinity, 0, m);
//!     s = exp(x - m).sum(axis = N, keepdim = keepdim);
//!     y = ln(s) + m.max(axis = N, keepdim = keepdim);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! max[sample, 0, 0] = max[a, b](x[sample, a, b])
//! where[sample, i, j] = where(abs(detach(max[sample, i, j])) == inf, 0, detach(max[sample, i, j]))
//! exp[sample, i, j] = exp(x[sample, i, j] - where[sample, 0, 0])
//! sum[sample] = sum[a, b](exp[sample, a, b])
//! max_2[sample] = max[a, b](where[sample, a, b])
//! y[sample] = ln(sum[sample]) + max_2[sample]
//! d_sum[sample] = d_y[sample] / sum[sample]
//! d_x[sample, i, j] = d_sum[sample] * exp[sample, i, j]
//! ```
#![doc(alias = "reduce_logsumexp")]
