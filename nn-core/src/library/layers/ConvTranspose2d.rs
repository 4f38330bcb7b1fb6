// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A transposed convolution along two axes: each input is added to the places that a convolution would read for it.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! ConvTranspose2d(C => O, kernel, stride = 1, padding = 0, output_padding = 0, groups = 1, bias = true, dilation = 1)
//!
//! x: [C, H, W] -> y: [O, (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1, (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1]
//! param weight: [C, O/G, KH, KW] = kaiming_uniform(O/G * KH * KW, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(O/G * KH * KW))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size, or `(KH, KW)` |  |
//! | `stride` | a size, or `(SH, SW)` | `1` |
//! | `padding` | a size, or `(PH, PW)` | `0` |
//! | `output_padding` | a size, or `(QH, QW)` | `0` |
//! | `groups` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//! | `dilation` | a size, or `(DH, DW)` | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: ConvTranspose2d(2 => 3, kernel = 3, stride = 2, padding = 1, output_padding = 1),
//!     }
//!
//!     fn forward(x: [2, 3, 2]) -> [3, 6, 4] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! session.network.params.layer.bias = Tensor::filled(0.5);
//! let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.450, 0.490, 0.540, 0.540, 0.370, 0.420]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer ConvTranspose2d<
//!     C => O,
//!     kernel: (KH, KW),
//!     stride: (SH, SW) = 1,
//!     padding: (PH, PW) = 0,
//!     output_padding: (QH, QW) = 0,
//!     groups: G = 1,
//!     bias: bool = true,
//!     dilation: (DH, DW) = 1,
//! >(x: [C, H, W]) -> y: [O, (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1, (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1] {
//!     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     if QH > 0 {
//!         require QH < max(SH, DH), "`output_padding` is less than the stride or the dilation";
//!     }
//!     if QW > 0 {
//!         require QW < max(SW, DW), "`output_padding` is less than the stride or the dilation";
//!     }
//!     param weight: [C, O/G, KH, KW] = kaiming_uniform(O/G * KH * KW, a = sqrt(5));
//!     if bias {
//!         param bias: [O] = uniform(1 / sqrt(O/G * KH * KW));
//!         y[o, h, w] = bias[o];
//!     }
//!     clip(y[g*(O/G) + o, h*SH + i*DH - PH, w*SW + j*DW - PW])
//!         += sum[c: C/G](weight[g*(C/G) + c, o, i, j] * x[g*(C/G) + c, h, w]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, o, h, w] = bias[o]
//! y[sample, o, 2*h + i - 1, 2*w + j - 1] += sum[c](weight[c, o, i, j] * x[sample, c, h, w])
//! d_weight[c, o, i, j] = sum[sample, h, w](pad(d_y[sample, o, 2*h + i - 1, 2*w + j - 1], 0) * x[sample, c, h, w])
//! d_x[sample, c, h, w] = sum[o, i, j](pad(d_y[sample, o, 2*h + i - 1, 2*w + j - 1], 0) * weight[c, o, i, j])
//! d_bias[o] = sum[sample, h, w](d_y[sample, o, h, w])
//! ```
#![doc(alias = "Conv2DTranspose")]
#![doc(alias = "Deconvolution")]
