// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along three axes, with weights that are an input.
//!
//! The weights of group `g` are the rows from `g*(O/G)` on, its inputs those from `g*I` on.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.conv3d(weight, stride = 1, padding = 0, dilation = 1, groups = 1)
//!
//! x: [C, D, H, W], weight: [O, I, KD, KH, KW] -> y: [O, windows(D + BD + ED, KD, SD, DD), windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `stride` | a size, or `(SD, SH, SW)` | `1` |
//! | `padding` | a size, one for each axis, or `((BD, ED), (BH, EH), (BW, EW))` | `0` |
//! | `dilation` | a size, or `(DD, DH, DW)` | `1` |
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
//!     fn forward(x: [2, 3, 4, 3], weight: [2, 2, 2, 3, 1]) -> [2, 2, 2, 3] {
//!         x.conv3d(weight)
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[25.620, 26.280, 26.940, 27.600, 28.260, 28.920]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn conv3d<
//!     stride: (SD, SH, SW) = 1,
//!     padding: ((BD, ED), (BH, EH), (BW, EW)) = 0,
//!     dilation: (DD, DH, DW) = 1,
//!     groups: G = 1,
//! >(
//!     x: [C, D, H, W],
//!     weight: [O, I, KD, KH, KW],
//! ) -> y: [O, windows(D + BD + ED, KD, SD, DD), windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)] {
//!     require G * I == C, "{G} groups of {I} channels are not the {C} channels that are given";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     y[g*(O/G) + o, d, h, w] = sum[c, i, j, k](weight[g*(O/G) + o, c, i, j, k]
//!         * pad(x[g*I + c, d*SD + i*DD - BD, h*SH + j*DH - BH, w*SW + k*DW - BW], 0));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, o, d, h, w] = sum[c, i, j, k](weight[sample, o, c, i, j, k] * x[sample, c, d + i, h + j, w])
//! d_weight[sample, o, c, i, j, k] = sum[d, h, w](d_y[sample, o, d, h, w] * x[sample, c, d + i, h + j, w])
//! d_x[sample, i, j, k, l] = 0
//! d_x[sample, c, d + i, h + j, w] += sum[o, k](d_y[sample, o, d, h, w] * weight[sample, o, c, i, j, k])
//! ```
