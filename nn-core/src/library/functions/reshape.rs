// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Another shape of as many elements, in the same order.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.reshape(4, 4)
//!
//! x: [..] -> y: [4, 4]
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
//!     fn forward(x: [2, 3]) -> [3, 2] {
//!         x.reshape(3, 2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300], [-1.400, 1.500], [0.400, -0.800]]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! reshape: [3, 2] is x: [2, 3]
//! d_reshape: [3, 2] is d_x: [2, 3]
//! y[sample, i, j] = reshape[sample, i, j]
//! d_reshape[sample, i, j] = d_y[sample, i, j]
//! ```
#![doc(alias = "view")]
#![doc(alias = "resize")]
