// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A transposed convolution along one axis: each input is added to the places that a convolution would read for it.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! ConvTranspose1d(C => O, kernel, stride = 1, padding = 0, output_padding = 0, groups = 1, bias = true, dilation = 1)
//!
//! x: [C, L] -> y: [O, (L - 1)*S - 2*P + D*(K - 1) + Q + 1]
//! param weight: [C, O/G, K] = kaiming_uniform(O/G * K, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(O/G * K))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size |  |
//! | `stride` | a size | `1` |
//! | `padding` | a size | `0` |
//! | `output_padding` | a size | `0` |
//! | `groups` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//! | `dilation` | a size | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: ConvTranspose1d(2 => 3, kernel = 3, stride = 2, padding = 1, output_padding = 1),
//!     }
//!
//!     fn forward(x: [2, 4]) -> [3, 8] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! session.network.params.layer.bias = Tensor::filled(0.5);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.560, 0.510, 0.450, 0.290, 0.340, 0.460]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer ConvTranspose1d<
//!     C => O,
//!     kernel: K,
//!     stride: S = 1,
//!     padding: P = 0,
//!     output_padding: Q = 0,
//!     groups: G = 1,
//!     bias: bool = true,
//!     dilation: D = 1,
//! >(x: [C, L]) -> y: [O, (L - 1)*S - 2*P + D*(K - 1) + Q + 1] {
//!     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     if Q > 0 {
//!         require Q < max(S, D), "`output_padding` is less than the stride or the dilation";
//!     }
//!     param weight: [C, O/G, K] = kaiming_uniform(O/G * K, a = sqrt(5));
//!     if bias {
//!         param bias: [O] = uniform(1 / sqrt(O/G * K));
//!         y[o, l] = bias[o];
//!     }
//!     clip(y[g*(O/G) + o, l*S + i*D - P])
//!         += sum[c: C/G](weight[g*(C/G) + c, o, i] * x[g*(C/G) + c, l]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, o, l] = bias[o]
//! y[sample, o, 2*l + i - 1] += sum[c](weight[c, o, i] * x[sample, c, l])
//! d_weight[c, o, i] = sum[sample, l](pad(d_y[sample, o, 2*l + i - 1], 0) * x[sample, c, l])
//! d_x[sample, c, l] = sum[o, i](pad(d_y[sample, o, 2*l + i - 1], 0) * weight[c, o, i])
//! d_bias[o] = sum[sample, l](d_y[sample, o, l])
//! ```
#![doc(alias = "Conv1DTranspose")]
#![doc(alias = "Deconvolution")]
