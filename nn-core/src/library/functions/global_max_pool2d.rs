// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The greatest value of each channel of an image.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.global_max_pool2d()
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
//!         x.global_max_pool2d()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[1.100, 2.300]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn global_max_pool2d(x: [C, H, W]) -> y: [C] {
//!     y[c] = max[h, w](x[c, h, w]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c] = max[h, w](x[sample, c, h, w])
//! y_at[sample, c] = argmax[h, w](x[sample, c, h, w])
//! d_x[sample, c, h, w] = where(4*h + w == y_at[sample, c], d_y[sample, c], 0)
//! ```
#![doc(alias = "GlobalMaxPooling2D")]
