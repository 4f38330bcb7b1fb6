// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along three axes: volumes or videos with channels.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! Conv3d(C => O, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, padding_mode = zeros)
//!
//! x: [C, D, H, W] -> y: [O, windows(D + BD + ED, KD, SD, DD), windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)]
//! param weight: [O, C/G, KD, KH, KW] = kaiming_uniform(C/G * KD * KH * KW, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(C/G * KD * KH * KW))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size, or `(KD, KH, KW)` |  |
//! | `stride` | a size, or `(SD, SH, SW)` | `1` |
//! | `padding` | a size, one for each axis, or `((BD, ED), (BH, EH), (BW, EW))`, or `valid`, or `same` | `0` |
//! | `dilation` | a size, or `(DD, DH, DW)` | `1` |
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
//!         layer: Conv3d(2 => 3, kernel = (2, 3, 2), padding = (0, 1, 1)),
//!     }
//!
//!     fn forward(x: [2, 3, 3, 4]) -> [3, 2, 3, 5] {
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[2.580, 4.740, 4.900, 5.060, 2.820, 3.860]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer Conv3d<
//!     C => O,
//!     kernel: (KD, KH, KW),
//!     stride: (SD, SH, SW) = 1,
//!     padding: ((BD, ED), (BH, EH), (BW, EW)) = 0 or valid = 0 or same = (
//!         (DD*(KD - 1)/2, DD*(KD - 1) - DD*(KD - 1)/2),
//!         (DH*(KH - 1)/2, DH*(KH - 1) - DH*(KH - 1)/2),
//!         (DW*(KW - 1)/2, DW*(KW - 1) - DW*(KW - 1)/2),
//!     ),
//!     dilation: (DD, DH, DW) = 1,
//!     groups: G = 1,
//!     bias: bool = true,
//!     padding_mode: one_of(zeros, reflect, replicate, circular) = zeros,
//! >(x: [C, D, H, W]) -> y: [
//!     O,
//!     windows(D + BD + ED, KD, SD, DD),
//!     windows(H + BH + EH, KH, SH, DH),
//!     windows(W + BW + EW, KW, SW, DW),
//! ] {
//!     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     if padding == same {
//!         require SD == 1, "`padding = same` goes with a stride of 1";
//!         require SH == 1, "`padding = same` goes with a stride of 1";
//!         require SW == 1, "`padding = same` goes with a stride of 1";
//!     }
//!     param weight: [O, C/G, KD, KH, KW] = kaiming_uniform(C/G * KD * KH * KW, a = sqrt(5));
//!     if padding_mode == zeros {
//!         s = conv3d(
//!             x,
//!             weight,
//!             stride = (SD, SH, SW),
//!             padding = ((BD, ED), (BH, EH), (BW, EW)),
//!             dilation = (DD, DH, DW),
//!             groups = G,
//!         );
//!     } else {
//!         p = pad3d(x, front = BD, back = ED, top = BH, bottom = EH, left = BW, right = EW, mode = padding_mode);
//!         s = conv3d(p, weight, stride = (SD, SH, SW), dilation = (DD, DH, DW), groups = G);
//!     }
//!     if bias {
//!         param bias: [O] = uniform(1 / sqrt(C/G * KD * KH * KW));
//!         y[o, d, h, w] = bias[o] + s[o, d, h, w];
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
//! conv3d[sample, o, d, h, w] = sum[c, i, j, k](weight[o, c, i, j, k] * pad(x[sample, c, d + i, h + j - 1, w + k - 1], 0))
//! y[sample, o, d, h, w] = bias[o] + conv3d[sample, o, d, h, w]
//! d_bias[o] = sum[sample, d, h, w](d_y[sample, o, d, h, w])
//! d_weight[o, c, i, j, k] = sum[sample, d, h, w](d_y[sample, o, d, h, w] * pad(x[sample, c, d + i, h + j - 1, w + k - 1], 0))
//! d_x[sample, i, j, k, l] = 0
//! d_x[sample, c, d + i, h + j - 1, w + k - 1] += sum[o](d_y[sample, o, d, h, w] * weight[o, c, i, j, k])
//! ```
#![doc(alias = "Convolution3D")]
#![doc(alias = "Convolution")]
