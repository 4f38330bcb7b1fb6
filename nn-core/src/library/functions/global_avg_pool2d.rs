// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of each channel of an image.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.global_avg_pool2d()
//!
//! x: [C, H, W] -> y: [C]
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
//!     fn forward(x: [2, 3, 4]) -> [2] {
//!         x.global_avg_pool2d()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.550, 1.750]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn global_avg_pool2d(x: [C, H, W]) -> y: [C] {
//!     y[c] = mean[h, w](x[c, h, w]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! global_avg_pool2d_mean[sample, c] = sum[h, w](x[sample, c, h, w])
//! y[sample, c] = global_avg_pool2d_mean[sample, c] / 12
//! d_global_avg_pool2d_mean[sample, c] = d_y[sample, c] / 12
//! d_x[sample, c, h, w] = d_global_avg_pool2d_mean[sample, c]
//! ```
#![doc(alias = "GlobalAveragePooling2D")]
