// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One direction of a long short-term memory, from the input's share of each step.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! a.lstm_pass(weight, h0, c0, reversed = false)
//!
//! a: [T, 4*Hidden], weight: [4*Hidden, Hidden], h0: [Hidden], c0: [Hidden] -> (y: [T, Hidden], h: [Hidden], c: [Hidden])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `reversed` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(a: [3, 8], weight: [8, 2], h0: [2], c0: [2]) -> [3, 2] {
//!         let (y, _, _) = a.lstm_pass(weight, h0, c0);
//!         y
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut a = Tensor::zeros();
//! for (at, element) in a.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let weight = Tensor::from([[-0.4, -0.9], [0.5, -0.1], [-0.6, 0.8], [0.2, -0.3], [-0.9, 0.5], [-0.0, -0.6], [0.9, 0.3], [-0.3, -0.8]]);
//! let h0 = Tensor::from([0.8, 0.2]);
//! let c0 = Tensor::from([-0.0, -0.6]);
//! let y = session.forward(&NetInput { a, weight, h0, c0 });
//! assert_eq!(format!("{y:.3?}"), "[[-0.065, -0.077], [0.387, 0.393], [0.773, 0.740]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn lstm_pass<reversed: R: bool = false>(a: [T, 4*Hidden], weight: [4*Hidden, Hidden], h0: [Hidden], c0: [Hidden])
//!     -> (y: [T, Hidden], h: [Hidden], c: [Hidden])
//! {
//!     scan t: T, reversed = R {
//!         carry h: [Hidden] = h0;
//!         carry c: [Hidden] = c0;
//!         s[g: 4, j: Hidden] = a[t, g*Hidden + j] + sum[k](weight[g*Hidden + j, k] * h[k]);
//!         cell[j] = sigmoid(s[1, j]) * c[j] + sigmoid(s[0, j]) * tanh(s[2, j]);
//!         out[j] = sigmoid(s[3, j]) * tanh(cell[j]);
//!         next c = cell;
//!         next h = out;
//!         y[t, j] = out[j];
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
//! h[sample, 0, i] = h0[sample, i]
//! c[sample, 0, i] = c0[sample, i]
//! lstm_pass_sum[sample, t, g, j] = sum[k](weight[sample, 2*g + j, k] * h[sample, t, k])
//! s[sample, t, g, j] = a[sample, t, 2*g + j] + lstm_pass_sum[sample, t, g, j]
//! cell[sample, t, j] = sigmoid(s[sample, t, 1, j]) * c[sample, t, j] + sigmoid(s[sample, t, 0, j]) * tanh(s[sample, t, 2, j])
//! out[sample, t, j] = sigmoid(s[sample, t, 3, j]) * tanh(cell[sample, t, j])
//! h[sample, t + 1, i] = out[sample, t, i]
//! c[sample, t + 1, i] = cell[sample, t, i]
//! y[sample, i, j] = out[sample, i, j]
//! d_h[sample, 3, i] = 0
//! d_c[sample, 3, i] = 0
//! d_weight[sample, i, j] = 0
//! d_out[sample, t, i] = d_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_cell[sample, t, i] = d_c[sample, t + 1, i] + d_out[sample, t, i] * sigmoid(s[sample, t, 3, i]) * (1 - tanh(cell[sample, t, i]) * tanh(cell[sample, t, i]))
//! d_s[sample, t, 3, j] = out[sample, t, j] * d_out[sample, t, j] * (1 - sigmoid(s[sample, t, 3, j]))
//! d_s[sample, t, 1, j] = d_cell[sample, t, j] * c[sample, t, j] * sigmoid(s[sample, t, 1, j]) * (1 - sigmoid(s[sample, t, 1, j]))
//! d_s[sample, t, 0, j] = d_cell[sample, t, j] * tanh(s[sample, t, 2, j]) * sigmoid(s[sample, t, 0, j]) * (1 - sigmoid(s[sample, t, 0, j]))
//! d_s[sample, t, 2, j] = d_cell[sample, t, j] * sigmoid(s[sample, t, 0, j]) * (1 - tanh(s[sample, t, 2, j]) * tanh(s[sample, t, 2, j]))
//! d_weight[sample, 2*g + j, k] += sum[t](d_s[sample, t, g, j] * h[sample, t, k])
//! d_h[sample, t, k] = sum[g, j](d_s[sample, t, g, j] * weight[sample, 2*g + j, k])
//! d_c[sample, t, j] = d_cell[sample, t, j] * sigmoid(s[sample, t, 1, j])
//! d_c0[sample, i] = d_c[sample, 0, i]
//! d_h0[sample, i] = d_h[sample, 0, i]
//! d_a[sample, t, 2*g + j] = d_s[sample, t, g, j]
//! ```
