// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A part of an axis: `length` places from `start` on.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.narrow(axis, start, length)
//!
//! x: [N, ..] -> y: [length, ..]
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
//!     fn forward(x: [5]) -> [3] {
//!         x.narrow(axis = 0, start = 1, length = 3)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[-0.300, -1.400, 1.500]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i + 1]
//! d_x[sample, i] = pad(d_y[sample, i - 1], 0)
//! ```
#![doc(alias = "slice")]
#![doc(alias = "split")]
#![doc(alias = "chunk")]
