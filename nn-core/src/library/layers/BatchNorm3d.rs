// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each channel by the mean and variance of the batch while training.
//!
//! Predictions use the running mean and variance, which follow those of the batches. With `training = false` training
//! uses them too, as in PyTorch after the layer's `eval()`.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! BatchNorm3d(num_features, eps = 1e-5, momentum = 0.1, affine = true, training = true)
//!
//! x: [C, ..] -> y: [C, ..]
//! state running_mean: [C] = zeros
//! state running_var: [C] = ones
//! param weight: [C] = ones
//! param bias: [C] = zeros
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `num_features` | a size |  |
//! | `eps` | a number | `1e-5` |
//! | `momentum` | a number | `0.1` |
//! | `affine` | `true` or `false` | `true` |
//! | `training` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: BatchNorm3d(3),
//!     }
//!
//!     fn forward(x: [3, 2, 2]) -> [3, 2, 2] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7]], [[0.2, -0.4], [-0.9, 0.5]], [[-0.1, -0.6], [0.8, 0.2]]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.200, -0.400]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer BatchNorm1d, BatchNorm2d, BatchNorm3d<num_features: C, eps: E: real = 1e-5, momentum: M: real = 0.1,
//!     affine: bool = true, training: bool = true>(x: [C, ..]) -> y: [C, ..]
//! {
//!     require E > 0;
//!     state running_mean: [C] = zeros;
//!     state running_var: [C] = ones;
//!     if training {
//!         train {
//!             n = sum[batch, ..](1);
//!             m[c] = mean[batch, ..](x[c, ..]);
//!             v[c] = mean[batch, ..](sq(x[c, ..] - m[c]));
//!             next running_mean[c] = (1 - M) * running_mean[c] + M * m[c];
//!             next running_var[c] = (1 - M) * running_var[c] + M * v[c] * n / (n - 1);
//!         }
//!         infer { m = running_mean; v = running_var; }
//!     } else {
//!         m = running_mean;
//!         v = running_var;
//!     }
//!     r[c] = 1 / sqrt(v[c] + E);
//!     if affine {
//!         param weight: [C] = ones;
//!         param bias: [C] = zeros;
//!         y[c, ..] = (x[c, ..] - m[c]) * (r[c] * weight[c]) + bias[c];
//!     } else {
//!         y[c, ..] = (x[c, ..] - m[c]) * r[c];
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
//! layer_mean[c] = sum[sample, a, b](x[sample, c, a, b])
//! m[c] = layer_mean[c] / (4*samples)
//! layer_mean_2[c] = sum[sample, a, b]((x[sample, c, a, b] - m[c]) * (x[sample, c, a, b] - m[c]))
//! v[c] = layer_mean_2[c] / (4*samples)
//! next_running_mean[c] = 0.9 * running_mean[c] + 0.1 * m[c]
//! next_running_var[c] = 0.9 * running_var[c] + 0.1 * v[c] * (4*samples) / ((4*samples) - 1)
//! r[c] = 1 / sqrt(v[c] + 0.00001)
//! y[sample, c, a, b] = (x[sample, c, a, b] - m[c]) * r[c] * weight[c] + bias[c]
//! d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * r[c])
//! d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
//! d_r[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * weight[c])
//! d_layer_mean_2[c] = -0.5 * r[c] * r[c] * r[c] * d_r[c] / (4*samples)
//! d_m[c] = sum[sample, a, b](-d_y[sample, c, a, b] * r[c] * weight[c])
//! d_m[c] += sum[sample, a, b](-2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]))
//! d_layer_mean[c] = d_m[c] / (4*samples)
//! d_x[sample, c, a, b] = d_y[sample, c, a, b] * r[c] * weight[c] + 2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]) + d_layer_mean[c]
//! ```
#![doc(alias = "BatchNormalization")]
