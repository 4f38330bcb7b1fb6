// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Numbers moved towards 0 by `lambd`; those within `lambd` become 0.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.softshrink(lambd = 0.5)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `lambd` | a number | `0.5` |
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
//!         x.softshrink()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.400, 0.000, -0.900, 1.000]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn softshrink<lambd: L: real = 0.5>(x) = where(abs(x) <= L, 0, x - L * sign(x));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = where(abs(x[sample, i]) <= 0.5, 0, x[sample, i] - 0.5 * sign(x[sample, i]))
//! d_x[sample, i] = where(abs(x[sample, i]) <= 0.5, 0, d_y[sample, i])
//! ```
