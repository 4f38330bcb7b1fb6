// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Two or more tensors of one shape along a new axis.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! stack(a, b, axis = 0)
//!
//! a: [..], b: [..] -> y: [2, ..]
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
//!     fn forward(a: [2], b: [2]) -> [2, 2] {
//!         stack(a, b, axis = 0)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let a = Tensor::from([0.9, -0.3]);
//! let b = Tensor::from([-0.8, -1.9]);
//! let y = session.forward(&NetInput { a, b });
//! assert_eq!(format!("{y:.3?}"), "[[0.900, -0.300], [-0.800, -1.900]]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, 0, a] = a[sample, a]
//! y[sample, 1, a] = b[sample, a]
//! d_b[sample, a] = d_y[sample, 1, a]
//! d_a[sample, a] = d_y[sample, 0, a]
//! ```
