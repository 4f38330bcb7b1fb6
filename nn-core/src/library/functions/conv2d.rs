// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along two axes, with weights that are an input.
//!
//! The weights of group `g` are the rows from `g*(O/G)` on, its inputs those from `g*I` on.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.conv2d(weight, stride = 1, padding = 0, dilation = 1, groups = 1)
//!
//! x: [C, H, W], weight: [O, I, KH, KW] -> y: [O, windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `stride` | a size, or `(SH, SW)` | `1` |
//! | `padding` | a size, one for each axis, or `((BH, EH), (BW, EW))` | `0` |
//! | `dilation` | a size, or `(DH, DW)` | `1` |
//! | `groups` | a size | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 4, 5], weight: [3, 2, 3, 2]) -> [3, 2, 4] {
//!         x.conv2d(weight)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let mut weight = Tensor::zeros();
//! for (at, element) in weight.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&NetInput { x, weight });
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[14.660, 15.320, 15.980, 16.640, 17.960, 18.620]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn conv2d<stride: (SH, SW) = 1, padding: ((BH, EH), (BW, EW)) = 0, dilation: (DH, DW) = 1, groups: G = 1>(
//!     x: [C, H, W],
//!     weight: [O, I, KH, KW],
//! ) -> y: [O, windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)] {
//!     require G * I == C, "{G} groups of {I} channels are not the {C} channels that are given";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     y[g*(O/G) + o, h, w] = sum[c, i, j](weight[g*(O/G) + o, c, i, j]
//!         * pad(x[g*I + c, h*SH + i*DH - BH, w*SW + j*DW - BW], 0));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, o, h, w] = sum[c, i, j](weight[sample, o, c, i, j] * x[sample, c, h + i, w + j])
//! d_weight[sample, o, c, i, j] = sum[h, w](d_y[sample, o, h, w] * x[sample, c, h + i, w + j])
//! d_x[sample, i, j, k] = 0
//! d_x[sample, c, h + i, w + j] += sum[o](d_y[sample, o, h, w] * weight[sample, o, c, i, j])
//! ```
