// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each channel of a sample by its mean and variance over three axes.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! InstanceNorm3d(num_features, eps = 1e-5, affine = false)
//!
//! x: [C, D, H, W] -> y: [C, D, H, W]
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
//!         layer: InstanceNorm3d(2, affine = true),
//!     }
//!
//!     fn forward(x: [2, 2, 3, 2]) -> [2, 2, 3, 2] {
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
//! layer InstanceNorm3d<num_features: C, eps: E: real = 1e-5, affine: bool = false>(x: [C, D, H, W]) -> y: [C, D, H, W] {
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
//! instance_norm_mean[sample, c] = sum[a, b, d](x[sample, c, a, b, d])
//! instance_norm_var[sample, c] = sum[a, b, d]((x[sample, c, a, b, d] - instance_norm_mean[sample, c] / 12) * (x[sample, c, a, b, d] - instance_norm_mean[sample, c] / 12))
//! instance_norm[sample, c, a, b, d] = (x[sample, c, a, b, d] - instance_norm_mean[sample, c] / 12) / sqrt(instance_norm_var[sample, c] / 12 + 0.00001)
//! y[sample, c, a, b, d] = weight[c] * instance_norm[sample, c, a, b, d] + bias[c]
//! d_weight[c] = sum[sample, a, b, d](d_y[sample, c, a, b, d] * instance_norm[sample, c, a, b, d])
//! d_bias[c] = sum[sample, a, b, d](d_y[sample, c, a, b, d])
//! d_instance_norm[sample, c, a, b, d] = d_y[sample, c, a, b, d] * weight[c]
//! d_instance_norm_var[sample, c] = sum[a, b, d](-0.5 * instance_norm[sample, c, a, b, d] * d_instance_norm[sample, c, a, b, d] / (sqrt(instance_norm_var[sample, c] / 12 + 0.00001) * sqrt(instance_norm_var[sample, c] / 12 + 0.00001) * 12))
//! d_instance_norm_mean_2[sample, c] = sum[a, b, d](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a, b, d] - instance_norm_mean[sample, c] / 12) / 12)
//! d_instance_norm_mean[sample, c] = sum[a, b, d](-d_instance_norm[sample, c, a, b, d] / (sqrt(instance_norm_var[sample, c] / 12 + 0.00001) * 12))
//! d_x[sample, c, a, b, d] = d_instance_norm[sample, c, a, b, d] / sqrt(instance_norm_var[sample, c] / 12 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a, b, d] - instance_norm_mean[sample, c] / 12) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
//! ```
#![doc(alias = "InstanceNormalization")]
