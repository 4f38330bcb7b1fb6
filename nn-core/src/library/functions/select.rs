// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One place of an axis, which the result has no more.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.select(axis, index)
//!
//! x: [N, ..] -> y: [..]
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
//!     fn forward(x: [2, 3]) -> [2] {
//!         x.select(axis = 1, index = 2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[-1.400, -0.800]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, i, 2]
//! d_x[sample, i, j] = 0
//! d_x[sample, i, 2] = d_y[sample, i]
//! ```
#![doc(alias = "index_select")]
#![doc(alias = "gather")]
