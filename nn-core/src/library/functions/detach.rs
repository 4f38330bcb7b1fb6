// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The number itself, without its derivative: the gradient stops here.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.detach()
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
//!         x.detach()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = detach(x[sample, i])
//! d_x[sample, i] = 0
//! ```
#![doc(alias = "stop_gradient")]
#![doc(alias = "no_grad")]
