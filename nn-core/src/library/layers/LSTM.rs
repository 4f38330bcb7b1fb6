// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A long short-term memory (Hochreiter and Schmidhuber, 1997, with forget gates).
//!
//!
//! The results are the states `h` at all positions, the last one, and the last state `c` of the cells. Both directions of
//! a bidirectional layer stand side by side.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LSTM(In => Hidden, bias = true, bidirectional = false)
//!
//! x: [T, In], h0: [where(D, 2*Hidden, Hidden)] = zeros, c0: [where(D, 2*Hidden, Hidden)] = zeros -> (y: [T, where(D, 2*Hidden, Hidden)], h: [where(D, 2*Hidden, Hidden)], c: [where(D, 2*Hidden, Hidden)])
//! param weight_ih_l0: [4*Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh_l0: [4*Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih_l0: [4*Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh_l0: [4*Hidden] = uniform(1 / sqrt(Hidden))
//! param weight_ih_l0_reverse: [4*Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh_l0_reverse: [4*Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih_l0_reverse: [4*Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh_l0_reverse: [4*Hidden] = uniform(1 / sqrt(Hidden))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
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
//!         layer: LSTM(3 => 4),
//!     }
//!
//!     fn forward(x: [5, 3]) -> [5, 4] {
//!         let (y, _, _) = layer(x);
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.030, -0.030, -0.030, -0.030, -0.039, -0.039]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer LSTM<In => Hidden, bias: bool = true, bidirectional: D: bool = false>(
//!     x: [T, In], h0: [where(D, 2*Hidden, Hidden)] = zeros, c0: [where(D, 2*Hidden, Hidden)] = zeros
//! ) -> (y: [T, where(D, 2*Hidden, Hidden)], h: [where(D, 2*Hidden, Hidden)], c: [where(D, 2*Hidden, Hidden)]) {
//!     param weight_ih_l0: [4*Hidden, In] = uniform(1 / sqrt(Hidden));
//!     param weight_hh_l0: [4*Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!     if bias {
//!         param bias_ih_l0: [4*Hidden] = uniform(1 / sqrt(Hidden));
//!         param bias_hh_l0: [4*Hidden] = uniform(1 / sqrt(Hidden));
//!         a[t, g] = bias_ih_l0[g] + bias_hh_l0[g] + sum[i](weight_ih_l0[g, i] * x[t, i]);
//!     } else {
//!         a[t, g] = sum[i](weight_ih_l0[g, i] * x[t, i]);
//!     }
//!     first_h[j: Hidden] = h0[j];
//!     first_c[j: Hidden] = c0[j];
//!     let (ahead, h_ahead, c_ahead) = lstm_pass(a, weight_hh_l0, first_h, first_c);
//!     if D {
//!         param weight_ih_l0_reverse: [4*Hidden, In] = uniform(1 / sqrt(Hidden));
//!         param weight_hh_l0_reverse: [4*Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!         if bias {
//!             param bias_ih_l0_reverse: [4*Hidden] = uniform(1 / sqrt(Hidden));
//!             param bias_hh_l0_reverse: [4*Hidden] = uniform(1 / sqrt(Hidden));
//!             b[t, g] = bias_ih_l0_reverse[g] + bias_hh_l0_reverse[g] + sum[i](weight_ih_l0_reverse[g, i] * x[t, i]);
//!         } else {
//!             b[t, g] = sum[i](weight_ih_l0_reverse[g, i] * x[t, i]);
//!         }
//!         begin_back_h[j: Hidden] = h0[j + Hidden];
//!         begin_back_c[j: Hidden] = c0[j + Hidden];
//!         let (back, h_back, c_back) = lstm_pass(b, weight_hh_l0_reverse, begin_back_h, begin_back_c, reversed = true);
//!         y = concat(ahead, back, axis = -1);
//!         h = concat(h_ahead, h_back);
//!         c = concat(c_ahead, c_back);
//!     } else {
//!         y = ahead;
//!         h = h_ahead;
//!         c = c_ahead;
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
//! layer_sum[sample, t, g] = sum[i](weight_ih_l0[g, i] * x[sample, t, i])
//! a[sample, t, g] = bias_ih_l0[g] + bias_hh_l0[g] + layer_sum[sample, t, g]
//! lstm_pass_h[sample, 0, i] = 0
//! lstm_pass_c[sample, 0, i] = 0
//! lstm_pass_sum[sample, t, g, j] = sum[k](weight_hh_l0[4*g + j, k] * lstm_pass_h[sample, t, k])
//! lstm_pass_s[sample, t, g, j] = a[sample, t, 4*g + j] + lstm_pass_sum[sample, t, g, j]
//! lstm_pass_cell[sample, t, j] = sigmoid(lstm_pass_s[sample, t, 1, j]) * lstm_pass_c[sample, t, j] + sigmoid(lstm_pass_s[sample, t, 0, j]) * tanh(lstm_pass_s[sample, t, 2, j])
//! lstm_pass_out[sample, t, j] = sigmoid(lstm_pass_s[sample, t, 3, j]) * tanh(lstm_pass_cell[sample, t, j])
//! lstm_pass_h[sample, t + 1, i] = lstm_pass_out[sample, t, i]
//! lstm_pass_c[sample, t + 1, i] = lstm_pass_cell[sample, t, i]
//! y[sample, i, j] = lstm_pass_out[sample, i, j]
//! d_lstm_pass_h[sample, 5, i] = 0
//! d_lstm_pass_c[sample, 5, i] = 0
//! d_lstm_pass_out[sample, t, i] = d_lstm_pass_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_lstm_pass_cell[sample, t, i] = d_lstm_pass_c[sample, t + 1, i] + d_lstm_pass_out[sample, t, i] * sigmoid(lstm_pass_s[sample, t, 3, i]) * (1 - tanh(lstm_pass_cell[sample, t, i]) * tanh(lstm_pass_cell[sample, t, i]))
//! d_lstm_pass_s[sample, t, 3, j] = lstm_pass_out[sample, t, j] * d_lstm_pass_out[sample, t, j] * (1 - sigmoid(lstm_pass_s[sample, t, 3, j]))
//! d_lstm_pass_s[sample, t, 1, j] = d_lstm_pass_cell[sample, t, j] * lstm_pass_c[sample, t, j] * sigmoid(lstm_pass_s[sample, t, 1, j]) * (1 - sigmoid(lstm_pass_s[sample, t, 1, j]))
//! d_lstm_pass_s[sample, t, 0, j] = d_lstm_pass_cell[sample, t, j] * tanh(lstm_pass_s[sample, t, 2, j]) * sigmoid(lstm_pass_s[sample, t, 0, j]) * (1 - sigmoid(lstm_pass_s[sample, t, 0, j]))
//! d_lstm_pass_s[sample, t, 2, j] = d_lstm_pass_cell[sample, t, j] * sigmoid(lstm_pass_s[sample, t, 0, j]) * (1 - tanh(lstm_pass_s[sample, t, 2, j]) * tanh(lstm_pass_s[sample, t, 2, j]))
//! d_lstm_pass_h[sample, t, k] = sum[g, j](d_lstm_pass_s[sample, t, g, j] * weight_hh_l0[4*g + j, k])
//! d_lstm_pass_c[sample, t, j] = d_lstm_pass_cell[sample, t, j] * sigmoid(lstm_pass_s[sample, t, 1, j])
//! d_a[sample, t, 4*g + j] = d_lstm_pass_s[sample, t, g, j]
//! d_bias_ih_l0[g] = sum[sample, t](d_a[sample, t, g])
//! d_bias_hh_l0[g] = sum[sample, t](d_a[sample, t, g])
//! d_weight_ih_l0[g, i] = sum[sample, t](d_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_a[sample, t, g] * weight_ih_l0[g, i])
//! d_weight_hh_l0[4*g + j, k] = sum[sample, t](d_lstm_pass_s[sample, t, g, j] * lstm_pass_h[sample, t, k])
//! ```
