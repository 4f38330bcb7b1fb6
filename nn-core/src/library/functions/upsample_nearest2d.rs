// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Each value of an image `factor` times along both axes.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.upsample_nearest2d(factor)
//!
//! x: [C, H, W] -> y: [C, H*FH, W*FW]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `factor` | a size, or `(FH, FW)` |  |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 3, 2]) -> [2, 6, 4] {
//!         x.upsample_nearest2d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.400, -0.100, -0.100, 0.400, 0.400]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn upsample_nearest2d<factor: (FH, FW)>(x: [C, H, W]) -> y: [C, H*FH, W*FW] {
//!     y[c, h*FH + i, w*FW + j] = x[c, h, w];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, 2*h + i, 2*w + j] = x[sample, c, h, w]
//! d_x[sample, c, h, w] = sum[i, j](d_y[sample, c, 2*h + i, 2*w + j])
//! ```
#![doc(alias = "UpSampling2D")]
#![doc(alias = "interpolate")]
