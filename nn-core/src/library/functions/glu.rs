// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The gated linear unit: the first half along an axis, times the sigmoid of the second.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.glu(axis = -1)
//!
//! x: [.., N, R..] -> y: [.., N/2, R..]
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
//!     fn forward(x: [6]) -> [3] {
//!         x.glu()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4, -0.8]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.736, -0.180, -0.434]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn glu<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N/2, R..] {
//!     require 2 * (N/2) == N, "the axis that is halved must have an even size";
//!     y[.., n: N/2, R..] = x[.., n, R..] * sigmoid(x[.., n + N/2, R..]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, n] = x[sample, n] * sigmoid(x[sample, n + 3])
//! d_x[sample, n] = where(3 <= n, pad(y[sample, n - 3], 0) * pad(d_y[sample, n - 3], 0) * (1 - sigmoid(x[sample, n])), 0)
//! d_x[sample, n] += d_y[sample, n] * sigmoid(x[sample, n + 3])
//! ```
