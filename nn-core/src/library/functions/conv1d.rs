// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A convolution along one axis, with weights that are an input.
//!
//! The weights of group `g` are the rows from `g*(O/G)` on, its inputs those from `g*I` on.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.conv1d(weight, stride = 1, padding = 0, dilation = 1, groups = 1)
//!
//! x: [C, L], weight: [O, I, K] -> y: [O, windows(L + B + E, K, S, D)]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `stride` | a size | `1` |
//! | `padding` | a size, or `(B, E)` | `0` |
//! | `dilation` | a size | `1` |
//! | `groups` | a size | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 6], weight: [3, 2, 3]) -> [3, 4] {
//!         x.conv1d(weight)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2, -0.4], [-0.9, 0.5, -0.1, -0.6, 0.8, 0.2]]);
//! let mut weight = Tensor::zeros();
//! for (at, element) in weight.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&NetInput { x, weight });
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.270, -0.120, 0.240, 0.180, -0.810, -0.300]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn conv1d<stride: S = 1, padding: (B, E) = 0, dilation: D = 1, groups: G = 1>(
//!     x: [C, L],
//!     weight: [O, I, K],
//! ) -> y: [O, windows(L + B + E, K, S, D)] {
//!     require G * I == C, "{G} groups of {I} channels are not the {C} channels that are given";
//!     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
//!     y[g*(O/G) + o, l] = sum[c, i](weight[g*(O/G) + o, c, i]
//!         * pad(x[g*I + c, l*S + i*D - B], 0));
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, o, l] = sum[c, i](weight[sample, o, c, i] * x[sample, c, l + i])
//! d_weight[sample, o, c, i] = sum[l](d_y[sample, o, l] * x[sample, c, l + i])
//! d_x[sample, i, j] = 0
//! d_x[sample, c, l + i] += sum[o](d_y[sample, o, l] * weight[sample, o, c, i])
//! ```
