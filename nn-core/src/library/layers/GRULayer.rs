// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One layer of `GRU`, in one direction or in both.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! GRULayer(In => Hidden, reset_after = true, bias = true, bidirectional = false)
//!
//! x: [T, In], h0: [both(D, Hidden)] = zeros, length: index<T + 1> = none -> (y: [T, both(D, Hidden)], h: [both(D, Hidden)])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `reset_after` | `true` or `false` | `true` |
//! | `bias` | `true` or `false` | `true` |
//! | `bidirectional` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: GRULayer(3 => 2, bidirectional = true),
//!     }
//!
//!     fn forward(x: [3, 3]) -> [3, 4] {
//!         let (y, _) = layer(x);
//!         y
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight_ih = Tensor::filled(0.1);
//! session.network.params.layer.weight_hh = Tensor::filled(0.5);
//! session.network.params.layer.bias_ih = Tensor::filled(-0.2);
//! session.network.params.layer.bias_hh = Tensor::filled(0.1);
//! session.network.params.layer.weight_ih_reverse = Tensor::filled(0.5);
//! session.network.params.layer.weight_hh_reverse = Tensor::filled(-0.2);
//! session.network.params.layer.bias_ih_reverse = Tensor::filled(0.1);
//! session.network.params.layer.bias_hh_reverse = Tensor::filled(0.5);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4], [-0.9, 0.5, -0.1]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.102, -0.102, 0.186, 0.186, -0.128, -0.128]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer GRULayer<In => Hidden, reset_after: A: bool = true, bias: bool = true, bidirectional: D: bool = false>(
//!     x: [T, In], h0: [both(D, Hidden)] = zeros, length: index<T + 1> = none
//! ) -> (y: [T, both(D, Hidden)], h: [both(D, Hidden)]) {
//!     #[suffix("")] ahead: GRUDirection(In => Hidden, reset_after = A, bias = bias);
//!     let (y_ahead, h_ahead) = ahead(x, h0.narrow(0, 0, Hidden), length);
//!     if D {
//!         #[suffix("_reverse")] back: GRUDirection(In => Hidden, reset_after = A, bias = bias, reversed = true);
//!         let (y_back, h_back) = back(x, h0.narrow(0, Hidden, Hidden), length);
//!         y = concat(y_ahead, y_back, axis = -1);
//!         h = concat(h_ahead, h_back);
//!     } else {
//!         y = y_ahead;
//!         h = h_ahead;
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
//! reshape: [3, 3, 2] is ahead_a: [3, 6]
//! reshape_2: [3, 3, 2] is back_a: [3, 6]
//! d_reshape_2: [3, 3, 2] is d_back_a: [3, 6]
//! d_reshape: [3, 3, 2] is d_ahead_a: [3, 6]
//! ahead_sum[sample, t, g] = sum[i](weight_ih[g, i] * x[sample, t, i])
//! ahead_a[sample, t, g] = bias_ih[g] + ahead_sum[sample, t, g]
//! ahead_h[sample, 0, i] = 0
//! ahead_sum_2[sample, t, g, j] = sum[k](weight_hh[2*g + j, k] * ahead_h[sample, t, k])
//! ahead_s[sample, t, g, j] = bias_hh[2*g + j] + ahead_sum_2[sample, t, g, j]
//! ahead_r[sample, t, j] = sigmoid(reshape[sample, t, 0, j] + ahead_s[sample, t, 0, j])
//! ahead_z[sample, t, j] = sigmoid(reshape[sample, t, 1, j] + ahead_s[sample, t, 1, j])
//! ahead_n[sample, t, j] = tanh(reshape[sample, t, 2, j] + ahead_r[sample, t, j] * ahead_s[sample, t, 2, j])
//! ahead_out[sample, t, j] = (1 - ahead_z[sample, t, j]) * ahead_n[sample, t, j] + ahead_z[sample, t, j] * ahead_h[sample, t, j]
//! ahead_h[sample, t + 1, i] = ahead_out[sample, t, i]
//! back_sum[sample, t, g] = sum[i](weight_ih_reverse[g, i] * x[sample, t, i])
//! back_a[sample, t, g] = bias_ih_reverse[g] + back_sum[sample, t, g]
//! back_h[sample, 0, i] = 0
//! back_sum_2[sample, t, g, j] = sum[k](weight_hh_reverse[2*g + j, k] * back_h[sample, t, k])
//! back_s[sample, t, g, j] = bias_hh_reverse[2*g + j] + back_sum_2[sample, t, g, j]
//! back_r[sample, t, j] = sigmoid(reshape_2[sample, -t + 2, 0, j] + back_s[sample, t, 0, j])
//! back_z[sample, t, j] = sigmoid(reshape_2[sample, -t + 2, 1, j] + back_s[sample, t, 1, j])
//! back_n[sample, t, j] = tanh(reshape_2[sample, -t + 2, 2, j] + back_r[sample, t, j] * back_s[sample, t, 2, j])
//! back_out[sample, t, j] = (1 - back_z[sample, t, j]) * back_n[sample, t, j] + back_z[sample, t, j] * back_h[sample, t, j]
//! back_h[sample, t + 1, i] = back_out[sample, t, i]
//! y[sample, a, b] = ahead_out[sample, a, b]
//! y[sample, a, b + 2] = back_out[sample, -a + 2, b]
//! d_back_h[sample, 3, i] = 0
//! d_back_out[sample, t, i] = d_back_h[sample, t + 1, i] + d_y[sample, -t + 2, i + 2]
//! d_back_n[sample, t, j] = d_back_out[sample, t, j] * (1 - back_z[sample, t, j])
//! d_back_z[sample, t, j] = d_back_out[sample, t, j] * (-back_n[sample, t, j] + back_h[sample, t, j])
//! d_back_r[sample, t, j] = d_back_n[sample, t, j] * (1 - back_n[sample, t, j] * back_n[sample, t, j]) * back_s[sample, t, 2, j]
//! d_back_s[sample, t, 2, j] = d_back_n[sample, t, j] * (1 - back_n[sample, t, j] * back_n[sample, t, j]) * back_r[sample, t, j]
//! d_back_s[sample, t, 1, j] = d_back_z[sample, t, j] * back_z[sample, t, j] * (1 - back_z[sample, t, j])
//! d_back_s[sample, t, 0, j] = d_back_r[sample, t, j] * back_r[sample, t, j] * (1 - back_r[sample, t, j])
//! d_back_h[sample, t, j] = d_back_out[sample, t, j] * back_z[sample, t, j]
//! d_back_h[sample, t, k] += sum[g, j](d_back_s[sample, t, g, j] * weight_hh_reverse[2*g + j, k])
//! d_reshape_2[sample, -t + 2, 2, j] = d_back_n[sample, t, j] * (1 - back_n[sample, t, j] * back_n[sample, t, j])
//! d_reshape_2[sample, -t + 2, 1, j] = d_back_z[sample, t, j] * back_z[sample, t, j] * (1 - back_z[sample, t, j])
//! d_reshape_2[sample, -t + 2, 0, j] = d_back_r[sample, t, j] * back_r[sample, t, j] * (1 - back_r[sample, t, j])
//! d_bias_ih_reverse[g] = sum[sample, t](d_back_a[sample, t, g])
//! d_weight_ih_reverse[g, i] = sum[sample, t](d_back_a[sample, t, g] * x[sample, t, i])
//! d_ahead_h[sample, 3, i] = 0
//! d_ahead_out[sample, t, i] = d_ahead_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_ahead_n[sample, t, j] = d_ahead_out[sample, t, j] * (1 - ahead_z[sample, t, j])
//! d_ahead_z[sample, t, j] = d_ahead_out[sample, t, j] * (-ahead_n[sample, t, j] + ahead_h[sample, t, j])
//! d_ahead_r[sample, t, j] = d_ahead_n[sample, t, j] * (1 - ahead_n[sample, t, j] * ahead_n[sample, t, j]) * ahead_s[sample, t, 2, j]
//! d_ahead_s[sample, t, 2, j] = d_ahead_n[sample, t, j] * (1 - ahead_n[sample, t, j] * ahead_n[sample, t, j]) * ahead_r[sample, t, j]
//! d_ahead_s[sample, t, 1, j] = d_ahead_z[sample, t, j] * ahead_z[sample, t, j] * (1 - ahead_z[sample, t, j])
//! d_ahead_s[sample, t, 0, j] = d_ahead_r[sample, t, j] * ahead_r[sample, t, j] * (1 - ahead_r[sample, t, j])
//! d_ahead_h[sample, t, j] = d_ahead_out[sample, t, j] * ahead_z[sample, t, j]
//! d_ahead_h[sample, t, k] += sum[g, j](d_ahead_s[sample, t, g, j] * weight_hh[2*g + j, k])
//! d_reshape[sample, t, 2, j] = d_ahead_n[sample, t, j] * (1 - ahead_n[sample, t, j] * ahead_n[sample, t, j])
//! d_reshape[sample, t, 1, j] = d_ahead_z[sample, t, j] * ahead_z[sample, t, j] * (1 - ahead_z[sample, t, j])
//! d_reshape[sample, t, 0, j] = d_ahead_r[sample, t, j] * ahead_r[sample, t, j] * (1 - ahead_r[sample, t, j])
//! d_bias_ih[g] = sum[sample, t](d_ahead_a[sample, t, g])
//! d_weight_ih[g, i] = sum[sample, t](d_ahead_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_back_a[sample, t, g] * weight_ih_reverse[g, i])
//! d_x[sample, t, i] += sum[g](d_ahead_a[sample, t, g] * weight_ih[g, i])
//! d_weight_hh[2*g + j, k] = sum[sample, t](d_ahead_s[sample, t, g, j] * ahead_h[sample, t, k])
//! d_bias_hh[2*g + j] = sum[sample, t](d_ahead_s[sample, t, g, j])
//! d_weight_hh_reverse[2*g + j, k] = sum[sample, t](d_back_s[sample, t, g, j] * back_h[sample, t, k])
//! d_bias_hh_reverse[2*g + j] = sum[sample, t](d_back_s[sample, t, g, j])
//! ```
