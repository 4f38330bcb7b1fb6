// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A recurrent layer of Elman: each state is a dense layer of the input at its position and of the state before.
//!
//!
//! The results are the states at all positions, and the last one. Both directions of a bidirectional layer stand side by
//! side.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! RNN(In => Hidden, nonlinearity = tanh, bias = true, bidirectional = false)
//!
//! x: [T, In], h0: [where(D, 2*Hidden, Hidden)] = zeros -> (y: [T, where(D, 2*Hidden, Hidden)], h: [where(D, 2*Hidden, Hidden)])
//! param weight_ih_l0: [Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh_l0: [Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih_l0: [Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh_l0: [Hidden] = uniform(1 / sqrt(Hidden))
//! param weight_ih_l0_reverse: [Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh_l0_reverse: [Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih_l0_reverse: [Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh_l0_reverse: [Hidden] = uniform(1 / sqrt(Hidden))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `nonlinearity` | `tanh`, `relu` | `tanh` |
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
//!         layer: RNN(3 => 4),
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.139, -0.139, -0.139, -0.139, -0.317, -0.317]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer RNN<In => Hidden, nonlinearity: F: one_of(tanh, relu) = tanh, bias: bool = true, bidirectional: D: bool = false>(
//!     x: [T, In], h0: [where(D, 2*Hidden, Hidden)] = zeros
//! ) -> (y: [T, where(D, 2*Hidden, Hidden)], h: [where(D, 2*Hidden, Hidden)]) {
//!     param weight_ih_l0: [Hidden, In] = uniform(1 / sqrt(Hidden));
//!     param weight_hh_l0: [Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!     if bias {
//!         param bias_ih_l0: [Hidden] = uniform(1 / sqrt(Hidden));
//!         param bias_hh_l0: [Hidden] = uniform(1 / sqrt(Hidden));
//!         a[t, j] = bias_ih_l0[j] + bias_hh_l0[j] + sum[i](weight_ih_l0[j, i] * x[t, i]);
//!     } else {
//!         a[t, j] = sum[i](weight_ih_l0[j, i] * x[t, i]);
//!     }
//!     first[j: Hidden] = h0[j];
//!     let (ahead, h_ahead) = rnn_pass(a, weight_hh_l0, first, nonlinearity = F);
//!     if D {
//!         param weight_ih_l0_reverse: [Hidden, In] = uniform(1 / sqrt(Hidden));
//!         param weight_hh_l0_reverse: [Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!         if bias {
//!             param bias_ih_l0_reverse: [Hidden] = uniform(1 / sqrt(Hidden));
//!             param bias_hh_l0_reverse: [Hidden] = uniform(1 / sqrt(Hidden));
//!             b[t, j] = bias_ih_l0_reverse[j] + bias_hh_l0_reverse[j] + sum[i](weight_ih_l0_reverse[j, i] * x[t, i]);
//!         } else {
//!             b[t, j] = sum[i](weight_ih_l0_reverse[j, i] * x[t, i]);
//!         }
//!         begin_back[j: Hidden] = h0[j + Hidden];
//!         let (back, h_back) = rnn_pass(b, weight_hh_l0_reverse, begin_back, nonlinearity = F, reversed = true);
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
//! layer_sum[sample, t, j] = sum[i](weight_ih_l0[j, i] * x[sample, t, i])
//! rnn_pass_h[sample, 0, i] = 0
//! rnn_pass_sum[sample, t, j] = sum[k](weight_hh_l0[j, k] * rnn_pass_h[sample, t, k])
//! tanh[sample, t, i] = tanh(bias_ih_l0[i] + bias_hh_l0[i] + layer_sum[sample, t, i] + rnn_pass_sum[sample, t, i])
//! rnn_pass_h[sample, t + 1, i] = tanh[sample, t, i]
//! y[sample, i, j] = tanh[sample, i, j]
//! d_rnn_pass_h[sample, 5, i] = 0
//! d_rnn_pass_sum[sample, t, j] = (d_rnn_pass_h[sample, t + 1, j] + d_y[sample, t, j]) * (1 - tanh[sample, t, j] * tanh[sample, t, j])
//! d_rnn_pass_h[sample, t, k] = sum[j](d_rnn_pass_sum[sample, t, j] * weight_hh_l0[j, k])
//! d_bias_ih_l0[j] = sum[sample, t](d_rnn_pass_sum[sample, t, j])
//! d_bias_hh_l0[j] = sum[sample, t](d_rnn_pass_sum[sample, t, j])
//! d_weight_ih_l0[j, i] = sum[sample, t](d_rnn_pass_sum[sample, t, j] * x[sample, t, i])
//! d_x[sample, t, i] = sum[j](d_rnn_pass_sum[sample, t, j] * weight_ih_l0[j, i])
//! d_weight_hh_l0[j, k] = sum[sample, t](d_rnn_pass_sum[sample, t, j] * rnn_pass_h[sample, t, k])
//! ```
