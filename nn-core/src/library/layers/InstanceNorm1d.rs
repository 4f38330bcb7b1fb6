// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each channel of a sample by its mean and variance over one axis.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! InstanceNorm1d(num_features, eps = 1e-5, affine = false)
//!
//! x: [C, L] -> y: [C, L]
//! param weight: [C] = ones
//! param bias: [C] = zeros
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `num_features` | a size |  |
//! | `eps` | a number | `1e-5` |
//! | `affine` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: InstanceNorm1d(3, affine = true),
//!     }
//!
//!     fn forward(x: [3, 5]) -> [3, 5] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6], [0.8, 0.2, -0.3, -0.9, 0.5]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.628, -0.419, -1.675, 1.257, 0.209, -0.209]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer InstanceNorm1d<num_features: C, eps: E: real = 1e-5, affine: bool = false>(x: [C, L]) -> y: [C, L] {
//!     z = instance_norm(x, eps = E);
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
//! instance_norm_mean[sample, c] = sum[a](x[sample, c, a])
//! instance_norm_var[sample, c] = sum[a]((x[sample, c, a] - instance_norm_mean[sample, c] / 5) * (x[sample, c, a] - instance_norm_mean[sample, c] / 5))
//! instance_norm[sample, c, a] = (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / sqrt(instance_norm_var[sample, c] / 5 + 0.00001)
//! y[sample, c, a] = weight[c] * instance_norm[sample, c, a] + bias[c]
//! d_weight[c] = sum[sample, a](d_y[sample, c, a] * instance_norm[sample, c, a])
//! d_bias[c] = sum[sample, a](d_y[sample, c, a])
//! d_instance_norm[sample, c, a] = d_y[sample, c, a] * weight[c]
//! d_instance_norm_var[sample, c] = sum[a](-0.5 * instance_norm[sample, c, a] * d_instance_norm[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
//! d_instance_norm_mean_2[sample, c] = sum[a](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / 5)
//! d_instance_norm_mean[sample, c] = sum[a](-d_instance_norm[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
//! d_x[sample, c, a] = d_instance_norm[sample, c, a] / sqrt(instance_norm_var[sample, c] / 5 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
//! ```
#![doc(alias = "InstanceNormalization")]
