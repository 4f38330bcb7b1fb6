// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The least value over an axis, several (`axis = (1, 2)`), or all.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.min(axis = none, keepdim = false)
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
//!         x.min(axis = 1)
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
//! y[sample, a] = min[b](x[sample, a, b])
//! y_at[sample, a] = argmin[b](x[sample, a, b])
//! d_x[sample, a, b] = where(b == y_at[sample, a], d_y[sample, a], 0)
//! ```
//!
//! # `x: [..], z: [..] -> y: [..]`
//!
//! The lesser of two numbers. Each of two equal ones has half of the derivative.
//!
//! ```text
//! x.min(z)
//!
//! x: [..], z: [..] -> y: [..]
//! ```
//!
//! ## Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [4], z: [4]) -> [4] {
//!         x.min(z)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
//! let z = Tensor::from([-0.8, -1.9, 1.0, -0.1]);
//! let y = session.forward(&NetInput { x, z });
//! assert_eq!(format!("{y:.3?}"), "[-0.800, -1.900, -1.400, -0.100]");
//! ```
//!
//! ## Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = min(x[sample, i], z[sample, i])
//! d_x[sample, i] = d_y[sample, i] * where(x[sample, i] == z[sample, i], 0.5, where(y[sample, i] >= z[sample, i], 0, 1))
//! d_z[sample, i] = d_y[sample, i] * where(z[sample, i] == x[sample, i], 0.5, where(y[sample, i] >= x[sample, i], 0, 1))
//! ```
#![doc(alias = "amin")]
#![doc(alias = "reduce_min")]
#![doc(alias = "minimum")]
