// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Gated recurrent units (Cho and others, 2014).
//!
//!
//! With `reset_after`, as in PyTorch, the reset gate acts on the product of the weights and the state; without, on the
//! state before. The results are the states at all positions, and the last one. Both directions of a bidirectional layer
//! stand side by side.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! GRU(In => Hidden, bias = true, bidirectional = false, reset_after = true)
//!
//! x: [T, In], h0: [where(D, 2*Hidden, Hidden)] = zeros -> (y: [T, where(D, 2*Hidden, Hidden)], h: [where(D, 2*Hidden, Hidden)])
//! param weight_ih_l0: [3*Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh_l0: [3*Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih_l0: [3*Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh_l0: [3*Hidden] = uniform(1 / sqrt(Hidden))
//! param weight_ih_l0_reverse: [3*Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh_l0_reverse: [3*Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih_l0_reverse: [3*Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh_l0_reverse: [3*Hidden] = uniform(1 / sqrt(Hidden))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `bias` | `true` or `false` | `true` |
//! | `bidirectional` | `true` or `false` | `false` |
//! | `reset_after` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: GRU(3 => 4),
//!     }
//!
//!     fn forward(x: [5, 3]) -> [5, 4] {
//!         let (y, _) = layer(x);
//!         y
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight_ih_l0 = Tensor::filled(0.1);
//! session.network.params.layer.weight_hh_l0 = Tensor::filled(0.5);
//! session.network.params.layer.bias_ih_l0 = Tensor::filled(-0.2);
//! session.network.params.layer.bias_hh_l0 = Tensor::filled(0.1);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4], [-0.9, 0.5, -0.1], [-0.6, 0.8, 0.2], [-0.3, -0.9, 0.5]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.102, -0.102, -0.102, -0.102, -0.153, -0.153]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer GRU<In => Hidden, bias: bool = true, bidirectional: D: bool = false, reset_after: A: bool = true>(
//!     x: [T, In], h0: [where(D, 2*Hidden, Hidden)] = zeros
//! ) -> (y: [T, where(D, 2*Hidden, Hidden)], h: [where(D, 2*Hidden, Hidden)]) {
//!     param weight_ih_l0: [3*Hidden, In] = uniform(1 / sqrt(Hidden));
//!     param weight_hh_l0: [3*Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!     if bias {
//!         param bias_ih_l0: [3*Hidden] = uniform(1 / sqrt(Hidden));
//!         param bias_hh_l0: [3*Hidden] = uniform(1 / sqrt(Hidden));
//!         a[t, g] = bias_ih_l0[g] + sum[i](weight_ih_l0[g, i] * x[t, i]);
//!         a_bias = bias_hh_l0;
//!     } else {
//!         a[t, g] = sum[i](weight_ih_l0[g, i] * x[t, i]);
//!         a_bias[g: 3*Hidden] = 0 * g;
//!     }
//!     first[j: Hidden] = h0[j];
//!     let (ahead, h_ahead) = gru_pass(a, weight_hh_l0, a_bias, first, reset_after = A);
//!     if D {
//!         param weight_ih_l0_reverse: [3*Hidden, In] = uniform(1 / sqrt(Hidden));
//!         param weight_hh_l0_reverse: [3*Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!         if bias {
//!             param bias_ih_l0_reverse: [3*Hidden] = uniform(1 / sqrt(Hidden));
//!             param bias_hh_l0_reverse: [3*Hidden] = uniform(1 / sqrt(Hidden));
//!             b[t, g] = bias_ih_l0_reverse[g] + sum[i](weight_ih_l0_reverse[g, i] * x[t, i]);
//!             b_bias = bias_hh_l0_reverse;
//!         } else {
//!             b[t, g] = sum[i](weight_ih_l0_reverse[g, i] * x[t, i]);
//!             b_bias[g: 3*Hidden] = 0 * g;
//!         }
//!         begin_back[j: Hidden] = h0[j + Hidden];
//!         let (back, h_back) = gru_pass(b, weight_hh_l0_reverse, b_bias, begin_back, reset_after = A, reversed = true);
//!         y = concat(ahead, back, axis = -1);
//!         h = concat(h_ahead, h_back);
//!     } else {
//!         y = ahead;
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
//! reshape: [5, 3, 4] is a: [5, 12]
//! d_reshape: [5, 3, 4] is d_a: [5, 12]
//! layer_sum[sample, t, g] = sum[i](weight_ih_l0[g, i] * x[sample, t, i])
//! a[sample, t, g] = bias_ih_l0[g] + layer_sum[sample, t, g]
//! gru_pass_h[sample, 0, i] = 0
//! gru_pass_sum[sample, t, g, j] = sum[k](weight_hh_l0[4*g + j, k] * gru_pass_h[sample, t, k])
//! gru_pass_s[sample, t, g, j] = bias_hh_l0[4*g + j] + gru_pass_sum[sample, t, g, j]
//! gru_pass_r[sample, t, j] = sigmoid(reshape[sample, t, 0, j] + gru_pass_s[sample, t, 0, j])
//! gru_pass_z[sample, t, j] = sigmoid(reshape[sample, t, 1, j] + gru_pass_s[sample, t, 1, j])
//! gru_pass_n[sample, t, j] = tanh(reshape[sample, t, 2, j] + gru_pass_r[sample, t, j] * gru_pass_s[sample, t, 2, j])
//! gru_pass_out[sample, t, j] = (1 - gru_pass_z[sample, t, j]) * gru_pass_n[sample, t, j] + gru_pass_z[sample, t, j] * gru_pass_h[sample, t, j]
//! gru_pass_h[sample, t + 1, i] = gru_pass_out[sample, t, i]
//! y[sample, i, j] = gru_pass_out[sample, i, j]
//! d_gru_pass_h[sample, 5, i] = 0
//! d_gru_pass_out[sample, t, i] = d_gru_pass_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_gru_pass_n[sample, t, j] = d_gru_pass_out[sample, t, j] * (1 - gru_pass_z[sample, t, j])
//! d_gru_pass_z[sample, t, j] = d_gru_pass_out[sample, t, j] * (-gru_pass_n[sample, t, j] + gru_pass_h[sample, t, j])
//! d_gru_pass_r[sample, t, j] = d_gru_pass_n[sample, t, j] * (1 - gru_pass_n[sample, t, j] * gru_pass_n[sample, t, j]) * gru_pass_s[sample, t, 2, j]
//! d_gru_pass_s[sample, t, 2, j] = d_gru_pass_n[sample, t, j] * (1 - gru_pass_n[sample, t, j] * gru_pass_n[sample, t, j]) * gru_pass_r[sample, t, j]
//! d_gru_pass_s[sample, t, 1, j] = d_gru_pass_z[sample, t, j] * gru_pass_z[sample, t, j] * (1 - gru_pass_z[sample, t, j])
//! d_gru_pass_s[sample, t, 0, j] = d_gru_pass_r[sample, t, j] * gru_pass_r[sample, t, j] * (1 - gru_pass_r[sample, t, j])
//! d_gru_pass_h[sample, t, j] = d_gru_pass_out[sample, t, j] * gru_pass_z[sample, t, j]
//! d_gru_pass_h[sample, t, k] += sum[g, j](d_gru_pass_s[sample, t, g, j] * weight_hh_l0[4*g + j, k])
//! d_reshape[sample, t, 2, j] = d_gru_pass_n[sample, t, j] * (1 - gru_pass_n[sample, t, j] * gru_pass_n[sample, t, j])
//! d_reshape[sample, t, 1, j] = d_gru_pass_z[sample, t, j] * gru_pass_z[sample, t, j] * (1 - gru_pass_z[sample, t, j])
//! d_reshape[sample, t, 0, j] = d_gru_pass_r[sample, t, j] * gru_pass_r[sample, t, j] * (1 - gru_pass_r[sample, t, j])
//! d_bias_ih_l0[g] = sum[sample, t](d_a[sample, t, g])
//! d_weight_ih_l0[g, i] = sum[sample, t](d_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_a[sample, t, g] * weight_ih_l0[g, i])
//! d_weight_hh_l0[4*g + j, k] = sum[sample, t](d_gru_pass_s[sample, t, g, j] * gru_pass_h[sample, t, k])
//! d_bias_hh_l0[4*g + j] = sum[sample, t](d_gru_pass_s[sample, t, g, j])
//! ```
