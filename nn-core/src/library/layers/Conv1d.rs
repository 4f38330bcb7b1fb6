// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along one axis: sequences with channels.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! Conv1d(C => O, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, padding_mode = zeros)
//!
//! x: [C, L] -> y: [O, windows(L + B + E, K, S, D)]
//! param weight: [O, C/G, K] = kaiming_uniform(C/G * K, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(C/G * K))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size |  |
//! | `stride` | a size | `1` |
//! | `padding` | a size, or `(B, E)`, or `valid`, or `same` | `0` |
//! | `dilation` | a size | `1` |
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
//!         layer: Conv1d(2 => 3, kernel = 3, padding = 1),
//!     }
//!
//!     fn forward(x: [2, 5]) -> [3, 5] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! session.network.params.layer.bias = Tensor::filled(0.5);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.380, 0.440, 0.500, 0.520, 0.400]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer Conv1d<
//!     C => O,
//!     kernel: K,
//!     stride: S = 1,
//!     padding: (B, E) = 0 or valid = 0 or same = (D*(K - 1)/2, D*(K - 1) - D*(K - 1)/2),
//!     dilation: D = 1,
//!     groups: G = 1,
//!     bias: bool = true,
//!     padding_mode: one_of(zeros, reflect, replicate, circular) = zeros,
//! >(x: [C, L]) -> y: [O, windows(L + B + E, K, S, D)] {
//!     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     if padding == same {
//!         require S == 1, "`padding = same` goes with a stride of 1";
//!     }
//!     param weight: [O, C/G, K] = kaiming_uniform(C/G * K, a = sqrt(5));
//!     if padding_mode == zeros {
//!         s = conv1d(x, weight, stride = S, padding = (B, E), dilation = D, groups = G);
//!     } else {
//!         p = pad1d(x, left = B, right = E, mode = padding_mode);
//!         s = conv1d(p, weight, stride = S, dilation = D, groups = G);
//!     }
//!     if bias {
//!         param bias: [O] = uniform(1 / sqrt(C/G * K));
//!         y[o, l] = bias[o] + s[o, l];
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
//! conv1d[sample, o, l] = sum[c, i](weight[o, c, i] * pad(x[sample, c, l + i - 1], 0))
//! y[sample, o, l] = bias[o] + conv1d[sample, o, l]
//! d_bias[o] = sum[sample, l](d_y[sample, o, l])
//! d_weight[o, c, i] = sum[sample, l](d_y[sample, o, l] * pad(x[sample, c, l + i - 1], 0))
//! d_x[sample, i, j] = 0
//! d_x[sample, c, l + i - 1] += sum[o](d_y[sample, o, l] * weight[o, c, i])
//! ```
#![doc(alias = "Convolution1D")]
#![doc(alias = "Convolution")]
