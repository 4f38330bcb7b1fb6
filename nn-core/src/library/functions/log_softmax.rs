// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The logarithm of `softmax`, computed without a quotient.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.log_softmax(axis = -1)
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
//!         x.log_softmax()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4, 1.5, 0.4], [-0.8, -1.9, 1.0, -0.1, -1.3], [1.6, 0.5, -0.6, -1.8, 1.1]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-1.343, -2.543, -3.643, -0.743, -1.843, -2.303]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn log_softmax<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
//!     m[.., R..] = max[n](x[.., n, R..]);
//!     s[.., R..] = sum[n](exp(x[.., n, R..] - detach(m[.., R..])));
//!     y[.., n, R..] = x[.., n, R..] - detach(m[.., R..]) - ln(s[.., R..]);
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
//! s[sample, a] = sum[n](exp(x[sample, a, n] - detach(m[sample, a])))
//! y[sample, a, n] = x[sample, a, n] - detach(m[sample, a]) - ln(s[sample, a])
//! d_s[sample, a] = sum[n](-d_y[sample, a, n] / s[sample, a])
//! d_x[sample, a, n] = d_y[sample, a, n] + d_s[sample, a] * exp(x[sample, a, n] - detach(m[sample, a]))
//! ```
