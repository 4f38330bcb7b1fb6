// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along two axes: images with channels. With `groups = C` it is depthwise.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! Conv2d(C => O, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, padding_mode = zeros)
//!
//! x: [C, H, W] -> y: [O, windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)]
//! param weight: [O, C/G, KH, KW] = kaiming_uniform(C/G * KH * KW, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(C/G * KH * KW))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size, or `(KH, KW)` |  |
//! | `stride` | a size, or `(SH, SW)` | `1` |
//! | `padding` | a size, one for each axis, or `((BH, EH), (BW, EW))`, or `valid`, or `same` | `0` |
//! | `dilation` | a size, or `(DH, DW)` | `1` |
//! | `groups` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//! | `padding_mode` | `zeros`, `reflect`, `replicate`, `circular` | `zeros` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: Conv2d(2 => 3, kernel = 3, padding = 1),
//!     }
//!
//!     fn forward(x: [2, 5, 4]) -> [3, 5, 4] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! session.network.params.layer.bias = Tensor::filled(0.5);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[1.500, 2.060, 2.180, 1.660, 2.240, 3.200]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer Conv2d<
//!     C => O,
//!     kernel: (KH, KW),
//!     stride: (SH, SW) = 1,
//!     padding: ((BH, EH), (BW, EW)) = 0 or valid = 0 or same = (
//!         (DH*(KH - 1)/2, DH*(KH - 1) - DH*(KH - 1)/2),
//!         (DW*(KW - 1)/2, DW*(KW - 1) - DW*(KW - 1)/2),
//!     ),
//!     dilation: (DH, DW) = 1,
//!     groups: G = 1,
//!     bias: bool = true,
//!     padding_mode: one_of(zeros, reflect, replicate, circular) = zeros,
//! >(x: [C, H, W]) -> y: [O, windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)] {
//!     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     if padding == same {
//!         require SH == 1, "`padding = same` goes with a stride of 1";
//!         require SW == 1, "`padding = same` goes with a stride of 1";
//!     }
//!     param weight: [O, C/G, KH, KW] = kaiming_uniform(C/G * KH * KW, a = sqrt(5));
//!     if padding_mode == zeros {
//!         s = conv2d(x, weight, stride = (SH, SW), padding = ((BH, EH), (BW, EW)), dilation = (DH, DW), groups = G);
//!     } else {
//!         p = pad2d(x, top = BH, bottom = EH, left = BW, right = EW, mode = padding_mode);
//!         s = conv2d(p, weight, stride = (SH, SW), dilation = (DH, DW), groups = G);
//!     }
//!     if bias {
//!         param bias: [O] = uniform(1 / sqrt(C/G * KH * KW));
//!         y[o, h, w] = bias[o] + s[o, h, w];
//!     } else {
//!         y = s;
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
//! conv2d[sample, o, h, w] = sum[c, i, j](weight[o, c, i, j] * pad(x[sample, c, h + i - 1, w + j - 1], 0))
//! y[sample, o, h, w] = bias[o] + conv2d[sample, o, h, w]
//! d_bias[o] = sum[sample, h, w](d_y[sample, o, h, w])
//! d_weight[o, c, i, j] = sum[sample, h, w](d_y[sample, o, h, w] * pad(x[sample, c, h + i - 1, w + j - 1], 0))
//! d_x[sample, i, j, k] = 0
//! d_x[sample, c, h + i - 1, w + j - 1] += sum[o](d_y[sample, o, h, w] * weight[o, c, i, j])
//! ```
#![doc(alias = "Convolution2D")]
#![doc(alias = "Convolution")]
#![doc(alias = "DepthwiseConv2D")]
