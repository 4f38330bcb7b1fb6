// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The remainder of a division, with the sign of the dividend.
//!
//! Element by element, on tensors of any shape and on numbers in formulas.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.fmod(z)
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
//!         x.fmod(z)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([2.63, 2.46, 2.29]);
//! let z = Tensor::from([0.98, 0.95, 1.02]);
//! let y = session.forward(&NetInput { x, z });
//! assert_eq!(format!("{y:.3?}"), "[0.670, 0.560, 0.250]");
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i] = fmod(x[sample, i], z[sample, i])
//! d_x[sample, i] = d_y[sample, i]
//! d_z[sample, i] = -d_y[sample, i] * trunc(x[sample, i] / z[sample, i])
//! ```
#![doc(alias = "remainder")]
#![doc(alias = "rem")]
