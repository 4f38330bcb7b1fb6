// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Channels laid out in squares: `factor * factor` channels become one, whose axes are `factor` times as long.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.pixel_shuffle(factor)
//!
//! x: [I, H, W] -> y: [I/(R*R), H*R, W*R]
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
//!     fn forward(x: [8, 2, 3]) -> [2, 4, 6] {
//!         x.pixel_shuffle(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.600, 0.100, 0.700, 0.200, 0.800]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn pixel_shuffle<factor: R>(x: [I, H, W]) -> y: [I/(R*R), H*R, W*R] {
//!     require I/(R*R) * R*R == I, "{I} channels cannot be laid out in squares of {R} by {R}";
//!     y[c, h*R + i, w*R + j] = x[c*R*R + i*R + j, h, w];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, 2*h + i, 2*w + j] = x[sample, 4*c + 2*i + j, h, w]
//! d_x[sample, 4*c + 2*i + j, h, w] = d_y[sample, c, 2*h + i, 2*w + j]
//! ```
#![doc(alias = "depth_to_space")]
