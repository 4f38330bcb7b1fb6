// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Numbers kept between two bounds, of which one may be left out.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.clamp(min = none, max = none)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `min` | a number | `none` |
//! | `max` | a number | `none` |
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
//!         x.clamp(min = -0.5)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -0.500, 1.500]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn clamp<min: L: real = none, max: H: real = none>(x) -> y {
//!     if L != none { a = max(x, L); } else { a = x; }
//!     if H != none { y = min(a, H); } else { y = a; }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = max(x[sample, i], -0.5)
//! d_x[sample, i] = where(y[sample, i] <= -0.5, 0, d_y[sample, i])
//! ```
#![doc(alias = "clip")]
