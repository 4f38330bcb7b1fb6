// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Exponentials divided by their sum along an axis: positive numbers that add up to 1.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.softmax(axis = -1)
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
//!     fn forward(x: [3, 5]) -> [3, 5] {
//!         x.softmax()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4, 1.5, 0.4], [-0.8, -1.9, 1.0, -0.1, -1.3], [1.6, 0.5, -0.6, -1.8, 1.1]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.261, 0.079, 0.026, 0.476, 0.158, 0.100]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn softmax<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
//!     m[.., R..] = max[n](x[.., n, R..]);
//!     e[.., n, R..] = exp(x[.., n, R..] - detach(m[.., R..]));
//!     y[.., n, R..] = e[.., n, R..] / sum[k](e[.., k, R..]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! m[sample, a] = max[n](x[sample, a, n])
//! e[sample, a, n] = exp(x[sample, a, n] - detach(m[sample, a]))
//! softmax_sum[sample, a] = sum[k](e[sample, a, k])
//! y[sample, a, n] = e[sample, a, n] / softmax_sum[sample, a]
//! d_softmax_sum[sample, a] = sum[n](-y[sample, a, n] * d_y[sample, a, n] / softmax_sum[sample, a])
//! d_x[sample, a, n] = (d_y[sample, a, n] / softmax_sum[sample, a] + d_softmax_sum[sample, a]) * e[sample, a, n]
//! ```
