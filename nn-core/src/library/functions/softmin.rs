// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `softmax` of the negated numbers.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.softmin(axis = -1)
//!
//! x: [.., N, R..] -> y: [.., N, R..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `axis` | an axis, whose size is `N` | `-1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [4]) -> [4] {
//!         x.softmin()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.067, 0.224, 0.672, 0.037]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn softmin<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
//!     y = softmax(-x, axis = N);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! negate[sample, i] = -x[sample, i]
//! softmax_m[sample] = max[n](negate[sample, n])
//! softmax_e[sample, n] = exp(negate[sample, n] - detach(softmax_m[sample]))
//! softmax_sum[sample] = sum[k](softmax_e[sample, k])
//! y[sample, n] = softmax_e[sample, n] / softmax_sum[sample]
//! d_softmax_sum[sample] = sum[n](-y[sample, n] * d_y[sample, n] / softmax_sum[sample])
//! d_x[sample, i] = -(d_y[sample, i] / softmax_sum[sample] + d_softmax_sum[sample]) * softmax_e[sample, i]
//! ```
