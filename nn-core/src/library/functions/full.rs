// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A tensor of one number, which is written or computed.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! full([3, N], fill_value)
//!
//! fill_value: [] -> y: [3, N]
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
//!     fn forward(x: [3]) -> [3] {
//!         x / full([3], x.sum())
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[-1.125, 0.375, 1.750]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! sum[sample] = sum[a](x[sample, a])
//! y[sample, i] = x[sample, i] / sum[sample]
//! d_sum[sample] = sum[i](-y[sample, i] * d_y[sample, i] / sum[sample])
//! d_x[sample, i] = d_y[sample, i] / sum[sample] + d_sum[sample]
//! ```
