// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along time: a result depends on its own position and those before it.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! CausalConv1d(C => O, kernel, dilation = 1, groups = 1, bias = true)
//!
//! x: [C, L] -> y: [O, L]
//! param weight: [O, C/G, K] = kaiming_uniform(C/G * K, a = sqrt(5))
//! param bias: [O] = uniform(1 / sqrt(C/G * K))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `C => O` | two sizes |  |
//! | `kernel` | a size |  |
//! | `dilation` | a size | `1` |
//! | `groups` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: CausalConv1d(2 => 3, kernel = 3, dilation = 2),
//!     }
//!
//!     fn forward(x: [2, 6]) -> [3, 6] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! session.network.params.layer.bias = Tensor::filled(0.5);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2, -0.4], [-0.9, 0.5, -0.1, -0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.450, 0.540, 0.370, 0.550, 0.470, 0.530]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer CausalConv1d<C => O, kernel: K, dilation: D = 1, groups: G = 1, bias: bool = true>(x: [C, L]) -> y: [O, L] {
//!     param weight: [O, C/G, K] = kaiming_uniform(C/G * K, a = sqrt(5));
//!     s = conv1d(x, weight, padding = (D*(K - 1), 0), dilation = D, groups = G);
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
//! conv1d[sample, o, l] = sum[c, i](weight[o, c, i] * pad(x[sample, c, l + 2*i - 4], 0))
//! y[sample, o, l] = bias[o] + conv1d[sample, o, l]
//! d_bias[o] = sum[sample, l](d_y[sample, o, l])
//! d_weight[o, c, i] = sum[sample, l](d_y[sample, o, l] * pad(x[sample, c, l + 2*i - 4], 0))
//! d_x[sample, i, j] = 0
//! d_x[sample, c, l + 2*i - 4] += sum[o](d_y[sample, o, l] * weight[o, c, i])
//! ```
