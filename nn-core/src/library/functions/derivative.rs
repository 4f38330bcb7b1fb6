// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The derivative of a number by each element of a value that it is computed from.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! derivative(u, x)
//!
//! u: [], x: [..] -> y: [..]
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
//!     fn forward(x: [3]) -> [3] {
//!         derivative((x * x).sum(), x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.800, -0.600, -2.800]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = 2 * x[sample, i]
//! d_x_2[sample, i] = 2 * d_y[sample, i]
//! ```
#![doc(alias = "grad")]
#![doc(alias = "gradient")]
#![doc(alias = "autograd")]
#![doc(alias = "jacobian")]
