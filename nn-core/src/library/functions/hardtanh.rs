// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Numbers kept between two bounds, -1 and 1 by default.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.hardtanh(min_val = -1.0, max_val = 1.0)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `min_val` | a number | `-1.0` |
//! | `max_val` | a number | `1.0` |
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
//!         x.hardtanh()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([1.1, 0.3, -0.5, 1.5]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.000, 0.300, -0.500, 1.000]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn hardtanh<min_val: L: real = -1.0, max_val: H: real = 1.0>(x) -> y {
//!     require L <= H;
//!     y = min(max(x, L), H);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = min(max(x[sample, i], -1), 1)
//! d_x[sample, i] = where(y[sample, i] >= 1, 0, where(max(x[sample, i], -1) <= -1, 0, d_y[sample, i]))
//! ```
