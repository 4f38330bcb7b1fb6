// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Softmax over the last axis, where a row that is `-infinity` throughout becomes zeros: a query that attends to nothing.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.masked_softmax()
//!
//! x: [.., N] -> y: [.., N]
//! ```
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
//!         x.masked_softmax()
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
//! fn masked_softmax(x: [.., N]) -> y: [.., N] {
//!     m[..] = max[n](x[.., n]);
//!     // where all is closed, what is not a number is not chosen
//!     e[.., n] = where(x[.., n] == -infinity, 0, exp(x[.., n] - detach(m[..])));
//!     s[..] = sum[n](e[.., n]);
//!     y[.., n] = where(s[..] == 0, 0, e[.., n] / s[..]);
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
//! e[sample, a, n] = where(x[sample, a, n] == -inf, 0, exp(x[sample, a, n] - detach(m[sample, a])))
//! s[sample, a] = sum[n](e[sample, a, n])
//! y[sample, a, n] = where(s[sample, a] == 0, 0, e[sample, a, n] / s[sample, a])
//! d_s[sample, a] = sum[n](where(s[sample, a] == 0, 0, -d_y[sample, a, n] * e[sample, a, n] / (s[sample, a] * s[sample, a])))
//! d_x[sample, a, n] = where(x[sample, a, n] == -inf, 0, (where(s[sample, a] == 0, 0, d_y[sample, a, n] / s[sample, a]) + d_s[sample, a]) * exp(x[sample, a, n] - detach(m[sample, a])))
//! ```
