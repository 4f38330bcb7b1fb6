// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A transposed convolution along three axes: each input is added to the places that a convolution would read for it.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! ConvTranspose3d(C => O, kernel, stride = 1, padding = 0, output_padding = 0, groups = 1, bias = true, dilation = 1)
//!
//! x: [C, D, H, W] -> y: [O, (D - 1)*SD - 2*PD + DD*(KD - 1) + QD + 1, (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1, (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1]
//! param weight: [C, O/G, KD, KH, KW] = kaiming_uniform(O/G * KD * KH * KW, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(O/G * KD * KH * KW))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size, or `(KD, KH, KW)` |  |
//! | `stride` | a size, or `(SD, SH, SW)` | `1` |
//! | `padding` | a size, or `(PD, PH, PW)` | `0` |
//! | `output_padding` | a size, or `(QD, QH, QW)` | `0` |
//! | `groups` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//! | `dilation` | a size, or `(DD, DH, DW)` | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: ConvTranspose3d(2 => 2, kernel = 2, stride = (1, 2, 2), padding = (0, 1, 0)),
//!     }
//!
//!     fn forward(x: [2, 2, 3, 2]) -> [2, 3, 4, 4] {
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.620, 0.620, 0.640, 0.640, 0.660, 0.660]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer ConvTranspose3d<
//!     C => O,
//!     kernel: (KD, KH, KW),
//!     stride: (SD, SH, SW) = 1,
//!     padding: (PD, PH, PW) = 0,
//!     output_padding: (QD, QH, QW) = 0,
//!     groups: G = 1,
//!     bias: bool = true,
//!     dilation: (DD, DH, DW) = 1,
//! >(x: [C, D, H, W]) -> y: [
//!     O,
//!     (D - 1)*SD - 2*PD + DD*(KD - 1) + QD + 1,
//!     (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1,
//!     (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1,
//! ] {
//!     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     if QD > 0 {
//!         require QD < max(SD, DD), "`output_padding` is less than the stride or the dilation";
//!     }
//!     if QH > 0 {
//!         require QH < max(SH, DH), "`output_padding` is less than the stride or the dilation";
//!     }
//!     if QW > 0 {
//!         require QW < max(SW, DW), "`output_padding` is less than the stride or the dilation";
//!     }
//!     param weight: [C, O/G, KD, KH, KW] = kaiming_uniform(O/G * KD * KH * KW, a = sqrt(5));
//!     if bias {
//!         param bias: [O] = uniform(1 / sqrt(O/G * KD * KH * KW));
//!         y[o, d, h, w] = bias[o];
//!     }
//!     clip(y[g*(O/G) + o, d*SD + i*DD - PD, h*SH + j*DH - PH, w*SW + k*DW - PW])
//!         += sum[c: C/G](weight[g*(C/G) + c, o, i, j, k] * x[g*(C/G) + c, d, h, w]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, o, d, h, w] = bias[o]
//! y[sample, o, d + i, 2*h + j - 1, 2*w + k] += sum[c](weight[c, o, i, j, k] * x[sample, c, d, h, w])
//! d_weight[c, o, i, j, k] = sum[sample, d, h, w](pad(d_y[sample, o, d + i, 2*h + j - 1, 2*w + k], 0) * x[sample, c, d, h, w])
//! d_x[sample, c, d, h, w] = sum[o, i, j, k](pad(d_y[sample, o, d + i, 2*h + j - 1, 2*w + k], 0) * weight[c, o, i, j, k])
//! d_bias[o] = sum[sample, d, h, w](d_y[sample, o, d, h, w])
//! ```
#![doc(alias = "Conv3DTranspose")]
#![doc(alias = "Deconvolution")]
