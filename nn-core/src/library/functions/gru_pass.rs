// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One direction of gated recurrent units, from the input's share of each step and the biases of the state's share.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! a.gru_pass(weight, bias, h0, reset_after = true, reversed = false)
//!
//! a: [T, 3*Hidden], weight: [3*Hidden, Hidden], bias: [3*Hidden], h0: [Hidden] -> (y: [T, Hidden], h: [Hidden])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `reset_after` | `true` or `false` | `true` |
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
//!     fn forward(a: [3, 6], weight: [6, 2], bias: [6], h0: [2]) -> [3, 2] {
//!         let (y, _) = a.gru_pass(weight, bias, h0);
//!         y
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut a = Tensor::zeros();
//! for (at, element) in a.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let weight = Tensor::from([[-0.4, -0.9], [0.5, -0.1], [-0.6, 0.8], [0.2, -0.3], [-0.9, 0.5], [-0.0, -0.6]]);
//! let bias = Tensor::from([0.8, 0.2, -0.3, -0.9, 0.5, -0.0]);
//! let h0 = Tensor::from([-0.0, -0.6]);
//! let y = session.forward(&NetInput { a, weight, bias, h0 });
//! assert_eq!(format!("{y:.3?}"), "[[0.325, 0.131], [0.529, 0.451], [0.630, 0.613]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn gru_pass<reset_after: A: bool = true, reversed: R: bool = false>(
//!     a: [T, 3*Hidden], weight: [3*Hidden, Hidden], bias: [3*Hidden], h0: [Hidden]
//! ) -> (y: [T, Hidden], h: [Hidden]) {
//!     gates = a.reshape(T, 3, Hidden);
//!     scan t: T, reversed = R {
//!         carry h: [Hidden] = h0;
//!         if A {
//!             s[g: 3, j: Hidden] = bias[g*Hidden + j] + sum[k](weight[g*Hidden + j, k] * h[k]);
//!             r[j] = sigmoid(gates[t, 0, j] + s[0, j]);
//!             z[j] = sigmoid(gates[t, 1, j] + s[1, j]);
//!             n[j] = tanh(gates[t, 2, j] + r[j] * s[2, j]);
//!         } else {
//!             u[g: 2, j: Hidden] = bias[g*Hidden + j] + sum[k](weight[g*Hidden + j, k] * h[k]);
//!             r[j] = sigmoid(gates[t, 0, j] + u[0, j]);
//!             z[j] = sigmoid(gates[t, 1, j] + u[1, j]);
//!             v[j: Hidden] = bias[j + 2*Hidden] + sum[k](weight[j + 2*Hidden, k] * r[k] * h[k]);
//!             n[j] = tanh(gates[t, 2, j] + v[j]);
//!         }
//!         out[j] = (1 - z[j]) * n[j] + z[j] * h[j];
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
//! reshape: [3, 3, 2] is a: [3, 6]
//! d_reshape: [3, 3, 2] is d_a: [3, 6]
//! h[sample, 0, i] = h0[sample, i]
//! gru_pass_sum[sample, t, g, j] = sum[k](weight[sample, 2*g + j, k] * h[sample, t, k])
//! s[sample, t, g, j] = bias[sample, 2*g + j] + gru_pass_sum[sample, t, g, j]
//! r[sample, t, j] = sigmoid(reshape[sample, t, 0, j] + s[sample, t, 0, j])
//! z[sample, t, j] = sigmoid(reshape[sample, t, 1, j] + s[sample, t, 1, j])
//! n[sample, t, j] = tanh(reshape[sample, t, 2, j] + r[sample, t, j] * s[sample, t, 2, j])
//! out[sample, t, j] = (1 - z[sample, t, j]) * n[sample, t, j] + z[sample, t, j] * h[sample, t, j]
//! h[sample, t + 1, i] = out[sample, t, i]
//! y[sample, i, j] = out[sample, i, j]
//! d_h[sample, 3, i] = 0
//! d_weight[sample, i, j] = 0
//! d_bias[sample, i] = 0
//! d_out[sample, t, i] = d_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_n[sample, t, j] = d_out[sample, t, j] * (1 - z[sample, t, j])
//! d_z[sample, t, j] = d_out[sample, t, j] * (-n[sample, t, j] + h[sample, t, j])
//! d_r[sample, t, j] = d_n[sample, t, j] * (1 - n[sample, t, j] * n[sample, t, j]) * s[sample, t, 2, j]
//! d_s[sample, t, 2, j] = d_n[sample, t, j] * (1 - n[sample, t, j] * n[sample, t, j]) * r[sample, t, j]
//! d_s[sample, t, 1, j] = d_z[sample, t, j] * z[sample, t, j] * (1 - z[sample, t, j])
//! d_s[sample, t, 0, j] = d_r[sample, t, j] * r[sample, t, j] * (1 - r[sample, t, j])
//! d_weight[sample, 2*g + j, k] += sum[t](d_s[sample, t, g, j] * h[sample, t, k])
//! d_bias[sample, 2*g + j] += sum[t](d_s[sample, t, g, j])
//! d_h[sample, t, j] = d_out[sample, t, j] * z[sample, t, j]
//! d_h[sample, t, k] += sum[g, j](d_s[sample, t, g, j] * weight[sample, 2*g + j, k])
//! d_h0[sample, i] = d_h[sample, 0, i]
//! d_reshape[sample, t, 2, j] = d_n[sample, t, j] * (1 - n[sample, t, j] * n[sample, t, j])
//! d_reshape[sample, t, 1, j] = d_z[sample, t, j] * z[sample, t, j] * (1 - z[sample, t, j])
//! d_reshape[sample, t, 0, j] = d_r[sample, t, j] * r[sample, t, j] * (1 - r[sample, t, j])
//! ```
