// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Divides each sample by the root of its mean square over the last axes.
//!
//! Without `eps`, the precision of the numbers is added to the mean square.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! RMSNorm(normalized_shape, eps = none, elementwise_affine = true)
//!
//! x: [.., N..] -> y: [.., N..]
//! param weight: [N..] = ones
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `normalized_shape` | a size, or several in parentheses |  |
//! | `eps` | a number | `none` |
//! | `elementwise_affine` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: RMSNorm(5),
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
//! assert_eq!(format!("{y:.3?}"), "[0.820, -0.205, -1.435, 1.435, 0.410]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer RMSNorm<normalized_shape: N.., eps: E: real = none, elementwise_affine: bool = true>(x: [.., N..]) -> y: [.., N..] {
//!     m[..] = mean[N..](sq(x[.., N..]));
//!     if E != none {
//!         s[..] = 1 / sqrt(m[..] + E);
//!     } else {
//!         s[..] = 1 / sqrt(m[..] + epsilon(m[..]));
//!     }
//!     if elementwise_affine {
//!         param weight: [N..] = ones;
//!         y[.., N..] = weight[N..] * (x[.., N..] * s[..]);
//!     } else {
//!         y[.., N..] = x[.., N..] * s[..];
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
//! layer_mean[sample] = sum[a](x[sample, a] * x[sample, a])
//! s[sample] = 1 / sqrt(layer_mean[sample] / 5 + epsilon(layer_mean[sample] / 5))
//! y[sample, a] = weight[a] * x[sample, a] * s[sample]
//! d_weight[a] = sum[sample](d_y[sample, a] * x[sample, a] * s[sample])
//! d_s[sample] = sum[a](d_y[sample, a] * weight[a] * x[sample, a])
//! d_layer_mean[sample] = -0.5 * s[sample] * s[sample] * s[sample] * d_s[sample] / 5
//! d_x[sample, a] = d_y[sample, a] * weight[a] * s[sample] + 2 * d_layer_mean[sample] * x[sample, a]
//! ```
#![doc(alias = "RMSNormalization")]
