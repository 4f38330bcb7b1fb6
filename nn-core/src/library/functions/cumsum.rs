// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The sum of all values up to each one along an axis. It takes a step for each pair of places along the axis.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.cumsum(axis = -1)
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
//!         x.cumsum()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.4, -0.1, -0.7, 0.7]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.400, 0.300, -0.400, 0.300]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn cumsum<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
//!     y[.., n, R..] = sum[k: N](where(k <= n, x[.., k, R..], 0));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, n] = sum[k](where(k <= n, x[sample, k], 0))
//! d_x[sample, k] = sum[n](where(k <= n, d_y[sample, n], 0))
//! ```
