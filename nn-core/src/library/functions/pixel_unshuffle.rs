// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Squares taken apart into channels: the inverse of `pixel_shuffle`.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.pixel_unshuffle(factor)
//!
//! x: [C, I, J] -> y: [C*R*R, I/R, J/R]
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
//!     fn forward(x: [2, 4, 6]) -> [8, 2, 3] {
//!         x.pixel_unshuffle(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.200, 0.400, 1.200, 1.400, 1.600]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn pixel_unshuffle<factor: R>(x: [C, I, J]) -> y: [C*R*R, I/R, J/R] {
//!     require I/R * R == I, "{I} rows cannot be taken {R} by {R}";
//!     require J/R * R == J, "{J} columns cannot be taken {R} by {R}";
//!     y[c*R*R + i*R + j, h, w] = x[c, h*R + i, w*R + j];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, 4*c + 2*i + j, h, w] = x[sample, c, i + 2*h, j + 2*w]
//! d_x[sample, c, i + 2*h, j + 2*w] = d_y[sample, 4*c + 2*i + j, h, w]
//! ```
#![doc(alias = "space_to_depth")]
