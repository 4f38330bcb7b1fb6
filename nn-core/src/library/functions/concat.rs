// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Two or more tensors one behind the other along an axis.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! concat(a, b, axis = 0)
//!
//! a: [M, ..], b: [N, ..] -> y: [M + N, ..]
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
//!     fn forward(a: [2], b: [3]) -> [5] {
//!         concat(a, b, axis = 0)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let a = Tensor::from([0.9, -0.3]);
//! let b = Tensor::from([-0.8, -1.9, 1.0]);
//! let y = session.forward(&NetInput { a, b });
//! assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -0.800, -1.900, 1.000]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, a] = a[sample, a]
//! y[sample, a + 2] = b[sample, a]
//! d_b[sample, a] = d_y[sample, a + 2]
//! d_a[sample, a] = d_y[sample, a]
//! ```
#![doc(alias = "cat")]
#![doc(alias = "concatenate")]
#![doc(alias = "hstack")]
#![doc(alias = "vstack")]
