// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The product over an axis, several (`axis = (1, 2)`), or all.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.prod(axis = none, keepdim = false)
//!
//! x: [..] -> y
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
//!         x.prod(axis = 1)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.378, -0.480]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, a] = prod[b](x[sample, a, b])
//! y_others[sample, a, b] = prod[other_b](where(b == other_b, 1, x[sample, a, other_b]))
//! d_x[sample, a, b] = d_y[sample, a] * y_others[sample, a, b]
//! ```
#![doc(alias = "product")]
#![doc(alias = "reduce_prod")]
