// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The angle in radians of the point with the ordinate `x` and the abscissa `z`.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.atan2(z)
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
//!     fn forward(x: [3], z: [3]) -> [3] {
//!         x.atan2(z)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([2.2, 1.4, 0.6]);
//! let z = Tensor::from([-0.8, -1.9, 1.0]);
//! let y = session.forward(&NetInput { x, z });
//! assert_eq!(format!("{y:.3?}"), "[1.920, 2.507, 0.540]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = atan2(x[sample, i], z[sample, i])
//! d_x[sample, i] = d_y[sample, i] * z[sample, i] / (x[sample, i] * x[sample, i] + z[sample, i] * z[sample, i])
//! d_z[sample, i] = -d_y[sample, i] * x[sample, i] / (x[sample, i] * x[sample, i] + z[sample, i] * z[sample, i])
//! ```
#![doc(alias = "arctan2")]
