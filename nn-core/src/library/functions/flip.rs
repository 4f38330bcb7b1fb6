// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! An axis from its end to its beginning.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.flip(axis = 0)
//!
//! x: [..] -> y: [..]
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
//!     fn forward(x: [4]) -> [4] {
//!         x.flip(axis = 0)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.500, -1.400, -0.300, 0.900]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = x[sample, -i + 3]
//! d_x[sample, i] = d_y[sample, -i + 3]
//! ```
#![doc(alias = "reverse")]
