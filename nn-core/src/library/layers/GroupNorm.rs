// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each group of channels by its mean and variance, with a factor and an offset for each channel.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! GroupNorm(num_groups, num_channels, eps = 1e-5, affine = true)
//!
//! x: [C, ..] -> y: [C, ..]
//! param weight: [C] = ones
//! param bias: [C] = zeros
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `num_groups` | a size |  |
//! | `num_channels` | a size |  |
//! | `eps` | a number | `1e-5` |
//! | `affine` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: GroupNorm(2, 4),
//!     }
//!
//!     fn forward(x: [4, 3, 2]) -> [4, 3, 2] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-1.593, -1.304, -1.014, -0.724, -0.435, -0.145]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer GroupNorm<num_groups: G, num_channels: C, eps: E: real = 1e-5, affine: bool = true>(x: [C, ..]) -> y: [C, ..] {
//!     z = group_norm(x, G, eps = E);
//!     if affine {
//!         param weight: [C] = ones;
//!         param bias: [C] = zeros;
//!         y = scale_channels(z, weight, bias);
//!     } else {
//!         y = z;
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
//! group_norm_mean[sample, g] = sum[j, a, b](x[sample, 2*g + j, a, b])
//! group_norm_d[sample, g, k, a, b] = x[sample, 2*g + k, a, b] - group_norm_mean[sample, g] / 12
//! group_norm_mean_2[sample, g] = sum[k, a, b](group_norm_d[sample, g, k, a, b] * group_norm_d[sample, g, k, a, b])
//! group_norm_s[sample, g] = 1 / sqrt(group_norm_mean_2[sample, g] / 12 + 0.00001)
//! group_norm[sample, 2*g + k, a, b] = group_norm_d[sample, g, k, a, b] * group_norm_s[sample, g]
//! y[sample, c, a, b] = weight[c] * group_norm[sample, c, a, b] + bias[c]
//! d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * group_norm[sample, c, a, b])
//! d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
//! d_group_norm[sample, c, a, b] = d_y[sample, c, a, b] * weight[c]
//! d_group_norm_s[sample, g] = sum[k, a, b](d_group_norm[sample, 2*g + k, a, b] * group_norm_d[sample, g, k, a, b])
//! d_group_norm_mean_2[sample, g] = -0.5 * group_norm_s[sample, g] * group_norm_s[sample, g] * group_norm_s[sample, g] * d_group_norm_s[sample, g] / 12
//! d_group_norm_d[sample, g, k, a, b] = d_group_norm[sample, 2*g + k, a, b] * group_norm_s[sample, g] + 2 * d_group_norm_mean_2[sample, g] * group_norm_d[sample, g, k, a, b]
//! d_group_norm_mean[sample, g] = sum[k, a, b](-d_group_norm_d[sample, g, k, a, b] / 12)
//! d_x[sample, 2*g + k, a, b] = d_group_norm_d[sample, g, k, a, b] + d_group_norm_mean[sample, g]
//! ```
#![doc(alias = "GroupNormalization")]
