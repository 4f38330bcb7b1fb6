// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of each window of an image.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.avg_pool2d(kernel, stride = kernel, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = 0)
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
//! | `count_include_pad` | `true` or `false` | `true` |
//! | `divisor_override` | a size | `0` |
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
//!         x.avg_pool2d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.300, 0.500, 1.300, 1.500, 2.300, 2.500]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn avg_pool2d<
//!     kernel: (KH, KW),
//!     stride: (SH, SW) = (KH, KW),
//!     padding: (PH, PW) = 0,
//!     ceil_mode: bool = false,
//!     count_include_pad: bool = true,
//!     divisor_override: N = 0,
//! >(x: [C, H, W])
//!     -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
//! {
//!     s = sum_pool2d(x, (KH, KW), stride = (SH, SW), padding = (PH, PW), ceil_mode = ceil_mode);
//!     if N > 0 {
//!         y[c, h, w] = s[c, h, w] / N;
//!     } else if count_include_pad {
//!         if ceil_mode {
//!             y[c, h, w] = s[c, h, w] / (min(KH, H + 2*PH - h*SH) * min(KW, W + 2*PW - w*SW));
//!         } else {
//!             y[c, h, w] = s[c, h, w] / (KH * KW);
//!         }
//!     } else {
//!         y[c, h, w] = s[c, h, w]
//!             / (min(h*SH - PH + KH, H) - max(h*SH - PH, 0))
//!             / (min(w*SW - PW + KW, W) - max(w*SW - PW, 0));
//!     }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! sum_pool2d[sample, c, h, w] = sum[i, j](x[sample, c, 2*h + i, 2*w + j])
//! y[sample, c, h, w] = sum_pool2d[sample, c, h, w] / (2 * 2)
//! d_sum_pool2d[sample, c, h, w] = d_y[sample, c, h, w] / (2 * 2)
//! d_x[sample, i, j, k] = 0
//! d_x[sample, c, 2*h + i, 2*w + j] = d_sum_pool2d[sample, c, h, w]
//! ```
#![doc(alias = "AveragePooling2D")]
