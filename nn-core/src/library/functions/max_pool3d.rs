// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The greatest value of each window of a volume. Padding does not take part.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.max_pool3d(kernel, stride = kernel, padding = 0, dilation = 1, ceil_mode = false)
//!
//! x: [C, D, H, W] -> y: [C, pooled(D, KD, SD, PD, DD, ceil_mode), pooled(H, KH, SH, PH, DH, ceil_mode), pooled(W, KW, SW, PW, DW, ceil_mode)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `kernel` | a size, or `(KD, KH, KW)` |  |
//! | `stride` | a size, or `(SD, SH, SW)` | `kernel` |
//! | `padding` | a size, or `(PD, PH, PW)` | `0` |
//! | `dilation` | a size, or `(DD, DH, DW)` | `1` |
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
//!     fn forward(x: [1, 4, 2, 3]) -> [1, 2, 1, 1] {
//!         x.max_pool3d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[[[[1.000]], [[2.200]]]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn max_pool3d<
//!     kernel: (KD, KH, KW),
//!     stride: (SD, SH, SW) = (KD, KH, KW),
//!     padding: (PD, PH, PW) = 0,
//!     dilation: (DD, DH, DW) = 1,
//!     ceil_mode: bool = false,
//! >(x: [C, D, H, W])
//!     -> y: [
//!         C,
//!         pooled(D, KD, SD, PD, DD, ceil_mode),
//!         pooled(H, KH, SH, PH, DH, ceil_mode),
//!         pooled(W, KW, SW, PW, DW, ceil_mode),
//!     ]
//! {
//!     require 2*PD <= DD*(KD - 1) + 1, "`padding` is at most half of a window";
//!     require 2*PH <= DH*(KH - 1) + 1, "`padding` is at most half of a window";
//!     require 2*PW <= DW*(KW - 1) + 1, "`padding` is at most half of a window";
//!     y[c, d, h, w] =
//!         max[i: KD, j: KH, k: KW](pad(x[c, d*SD + i*DD - PD, h*SH + j*DH - PH, w*SW + k*DW - PW], -infinity));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, d, h, w] = max[i, j, k](x[sample, c, 2*d + i, j, k])
//! y_at[sample, c, d, h, w] = argmax[i, j, k](x[sample, c, 2*d + i, j, k])
//! d_x[sample, i, j, k, l] = 0
//! d_x[sample, c, 2*d + i, j, k] = sum[h, w](where(4*i + 2*j + k == y_at[sample, c, d, h, w], d_y[sample, c, d, h, w], 0))
//! ```
#![doc(alias = "MaxPooling3D")]
