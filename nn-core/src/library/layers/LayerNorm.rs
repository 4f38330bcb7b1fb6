// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each sample by the mean and variance over its last axes.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LayerNorm(normalized_shape, eps = 1e-5, elementwise_affine = true, bias = true)
//!
//! x: [.., N..] -> y: [.., N..]
//! param weight: [N..] = ones
//! param bias: [N..] = zeros
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `normalized_shape` | a size, or several in parentheses |  |
//! | `eps` | a number | `1e-5` |
//! | `elementwise_affine` | `true` or `false` | `true` |
//! | `bias` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: LayerNorm(5),
//!     }
//!
//!     fn forward(x: [5]) -> [5] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.628, -0.419, -1.675, 1.257, 0.209]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer LayerNorm<normalized_shape: N.., eps: E: real = 1e-5, elementwise_affine: bool = true, bias: bool = true>(x: [.., N..])
//!     -> y: [.., N..]
//! {
//!     d[.., N..] = x[.., N..] - mean[N..](x[.., N..]);
//!     s[..] = 1 / sqrt(mean[N..](sq(d[.., N..])) + E);
//!     if elementwise_affine {
//!         param weight: [N..] = ones;
//!         if bias {
//!             param bias: [N..] = zeros;
//!             y[.., N..] = weight[N..] * (d[.., N..] * s[..]) + bias[N..];
//!         } else {
//!             y[.., N..] = weight[N..] * (d[.., N..] * s[..]);
//!         }
//!     } else {
//!         y[.., N..] = d[.., N..] * s[..];
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
//! layer_mean[sample] = sum[a](x[sample, a])
//! d[sample, a] = x[sample, a] - layer_mean[sample] / 5
//! layer_mean_2[sample] = sum[a](d[sample, a] * d[sample, a])
//! s[sample] = 1 / sqrt(layer_mean_2[sample] / 5 + 0.00001)
//! y[sample, a] = weight[a] * d[sample, a] * s[sample] + bias[a]
//! d_weight[a] = sum[sample](d_y[sample, a] * d[sample, a] * s[sample])
//! d_bias[a] = sum[sample](d_y[sample, a])
//! d_s[sample] = sum[a](d_y[sample, a] * weight[a] * d[sample, a])
//! d_layer_mean_2[sample] = -0.5 * s[sample] * s[sample] * s[sample] * d_s[sample] / 5
//! d_d[sample, a] = d_y[sample, a] * weight[a] * s[sample] + 2 * d_layer_mean_2[sample] * d[sample, a]
//! d_layer_mean[sample] = sum[a](-d_d[sample, a] / 5)
//! d_x[sample, a] = d_d[sample, a] + d_layer_mean[sample]
//! ```
#![doc(alias = "LayerNormalization")]
