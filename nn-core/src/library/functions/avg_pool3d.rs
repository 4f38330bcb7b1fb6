// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of each window of a volume.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.avg_pool3d(kernel, stride = kernel, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = 0)
//!
//! x: [C, D, H, W] -> y: [C, pooled(D, KD, SD, PD, 1, ceil_mode), pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `kernel` | a size, or `(KD, KH, KW)` |  |
//! | `stride` | a size, or `(SD, SH, SW)` | `kernel` |
//! | `padding` | a size, or `(PD, PH, PW)` | `0` |
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
//!     fn forward(x: [1, 4, 2, 3]) -> [1, 2, 1, 1] {
//!         x.avg_pool3d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[[[0.500]], [[1.700]]]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn avg_pool3d<
//!     kernel: (KD, KH, KW),
//!     stride: (SD, SH, SW) = (KD, KH, KW),
//!     padding: (PD, PH, PW) = 0,
//!     ceil_mode: bool = false,
//!     count_include_pad: bool = true,
//!     divisor_override: N = 0,
//! >(x: [C, D, H, W])
//!     -> y: [
//!         C,
//!         pooled(D, KD, SD, PD, 1, ceil_mode),
//!         pooled(H, KH, SH, PH, 1, ceil_mode),
//!         pooled(W, KW, SW, PW, 1, ceil_mode),
//!     ]
//! {
//!     s = sum_pool3d(x, (KD, KH, KW), stride = (SD, SH, SW), padding = (PD, PH, PW), ceil_mode = ceil_mode);
//!     if N > 0 {
//!         y[c, d, h, w] = s[c, d, h, w] / N;
//!     } else if count_include_pad {
//!         if ceil_mode {
//!             y[c, d, h, w] = s[c, d, h, w]
//!                 / (min(KD, D + 2*PD - d*SD) * min(KH, H + 2*PH - h*SH) * min(KW, W + 2*PW - w*SW));
//!         } else {
//!             y[c, d, h, w] = s[c, d, h, w] / (KD * KH * KW);
//!         }
//!     } else {
//!         y[c, d, h, w] = s[c, d, h, w]
//!             / (min(d*SD - PD + KD, D) - max(d*SD - PD, 0))
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
//! sum_pool3d[sample, c, d, h, w] = sum[i, j, k](x[sample, c, 2*d + i, j, k])
//! y[sample, c, d, h, w] = sum_pool3d[sample, c, d, h, w] / (2 * 2 * 2)
//! d_sum_pool3d[sample, c, d, h, w] = d_y[sample, c, d, h, w] / (2 * 2 * 2)
//! d_x[sample, i, j, k, l] = 0
//! d_x[sample, c, 2*d + i, j, k] = sum[h, w](d_sum_pool3d[sample, c, d, h, w])
//! ```
#![doc(alias = "AveragePooling3D")]
