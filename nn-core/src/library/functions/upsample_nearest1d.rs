// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Each value of a sequence `factor` times.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.upsample_nearest1d(factor)
//!
//! x: [C, L] -> y: [C, L*F]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `factor` | a size |  |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 4]) -> [2, 12] {
//!         x.upsample_nearest1d(3)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.400, 0.400, -0.100, -0.100, -0.100]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn upsample_nearest1d<factor: F>(x: [C, L]) -> y: [C, L*F] {
//!     y[c, l*F + i] = x[c, l];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, 3*l + i] = x[sample, c, l]
//! d_x[sample, c, l] = sum[i](d_y[sample, c, 3*l + i])
//! ```
#![doc(alias = "UpSampling1D")]
#![doc(alias = "interpolate")]
