// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The sum of each window of an image.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.sum_pool2d(kernel, stride = kernel, padding = 0, ceil_mode = false)
//!
//! x: [C, H, W] -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `kernel` | a size, or `(KH, KW)` |  |
//! | `stride` | a size, or `(SH, SW)` | `kernel` |
//! | `padding` | a size, or `(PH, PW)` | `0` |
//! | `ceil_mode` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 4, 5]) -> [2, 2, 2] {
//!         x.sum_pool2d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[1.200, 2.000, 5.200, 6.000, 9.200, 10.000]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn sum_pool2d<
//!     kernel: (KH, KW),
//!     stride: (SH, SW) = (KH, KW),
//!     padding: (PH, PW) = 0,
//!     ceil_mode: bool = false,
//! >(x: [C, H, W])
//!     -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
//! {
//!     require 2*PH <= KH, "`padding` is at most half of a window";
//!     require 2*PW <= KW, "`padding` is at most half of a window";
//!     y[c, h, w] = sum[i: KH, j: KW](pad(x[c, h*SH + i - PH, w*SW + j - PW], 0));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, h, w] = sum[i, j](x[sample, c, 2*h + i, 2*w + j])
//! d_x[sample, i, j, k] = 0
//! d_x[sample, c, 2*h + i, 2*w + j] = d_y[sample, c, h, w]
//! ```
