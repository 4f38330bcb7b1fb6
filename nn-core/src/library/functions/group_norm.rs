// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Normalises each group of channels by its mean and variance, without parameters.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.group_norm(num_groups, eps = 1e-5)
//!
//! x: [C, ..] -> y: [C, ..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `num_groups` | a size |  |
//! | `eps` | a number | `1e-5` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [4, 3]) -> [4, 3] {
//!         x.group_norm(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4], [-0.9, 0.5, -0.1], [-0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.809, -0.246, -1.512, 1.441, 0.387, -0.879]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn group_norm<num_groups: G, eps: E: real = 1e-5>(x: [C, ..]) -> y: [C, ..] {
//!     require G * (C/G) == C, "the number of channels must be a multiple of `num_groups`";
//!     z[g: G, k: C/G, ..] = x[g*(C/G) + k, ..];
//!     d[g, k, ..] = z[g, k, ..] - mean[j, ..](z[g, j, ..]);
//!     s[g] = 1 / sqrt(mean[k, ..](sq(d[g, k, ..])) + E);
//!     y[g*(C/G) + k, ..] = d[g, k, ..] * s[g];
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! group_norm_mean[sample, g] = sum[j, a](x[sample, 2*g + j, a])
//! d[sample, g, k, a] = x[sample, 2*g + k, a] - group_norm_mean[sample, g] / 6
//! group_norm_mean_2[sample, g] = sum[k, a](d[sample, g, k, a] * d[sample, g, k, a])
//! s[sample, g] = 1 / sqrt(group_norm_mean_2[sample, g] / 6 + 0.00001)
//! y[sample, 2*g + k, a] = d[sample, g, k, a] * s[sample, g]
//! d_s[sample, g] = sum[k, a](d_y[sample, 2*g + k, a] * d[sample, g, k, a])
//! d_group_norm_mean_2[sample, g] = -0.5 * s[sample, g] * s[sample, g] * s[sample, g] * d_s[sample, g] / 6
//! d_d[sample, g, k, a] = d_y[sample, 2*g + k, a] * s[sample, g] + 2 * d_group_norm_mean_2[sample, g] * d[sample, g, k, a]
//! d_group_norm_mean[sample, g] = sum[k, a](-d_d[sample, g, k, a] / 6)
//! d_x[sample, 2*g + k, a] = d_d[sample, g, k, a] + d_group_norm_mean[sample, g]
//! ```
