// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One axis of size 1 less; without an argument, all of them.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.squeeze(axis)
//!
//! x: [1, A, B] -> y: [A, B]
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
//!     fn forward(x: [1, 3]) -> [3] {
//!         x.squeeze(0)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! squeeze: [3] is x: [1, 3]
//! d_squeeze: [3] is d_x: [1, 3]
//! y[sample, i] = squeeze[sample, i]
//! d_squeeze[sample, i] = d_y[sample, i]
//! ```
