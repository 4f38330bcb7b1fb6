// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! So many copies along each axis, one behind the other.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.repeat(2, 1)
//!
//! x: [A, B] -> y: [2*A, B]
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
//!     fn forward(x: [2, 2]) -> [4, 2] {
//!         x.repeat(2, 1)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3], [-1.4, 1.5]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.900, -0.300, -1.400, 1.500, 0.900, -0.300]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, a + 2*copy, b] = x[sample, a, b]
//! d_x[sample, a, b] = sum[copy](d_y[sample, a + 2*copy, b])
//! ```
#![doc(alias = "tile")]
#![doc(alias = "expand")]
