// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A tensor of zeros, such as a state to begin with.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! zeros([3, N])
//!
//! -> y: [3, N]
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
//!     fn forward(x: [2, 3]) -> [2, 3] {
//!         x + zeros([2, 3])
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300, -1.400], [1.500, 0.400, -0.800]]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i, j] = x[sample, i, j]
//! d_x[sample, i, j] = d_y[sample, i, j]
//! ```
