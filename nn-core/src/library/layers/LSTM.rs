// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Long short-term memory (Hochreiter and Schmidhuber, 1997, with forget gates). `c` is the state of the cells.
//!
//!
//! With several layers, each takes the results of the one before, with `dropout` between them. The results are the states
//! at all positions of the last layer, and the last states of all layers and directions, one behind the other in PyTorch's
//! order; so are states to begin with. Both directions of a bidirectional layer stand side by side.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LSTM(In => Hidden, num_layers = 1, bias = true, dropout = 0.0, bidirectional = false)
//!
//! x: [T, In], h0: [L*both(D, Hidden)] = zeros, c0: [L*both(D, Hidden)] = zeros -> (y: [T, both(D, Hidden)], h: [L*both(D, Hidden)], c: [L*both(D, Hidden)])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `num_layers` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//! | `dropout` | a number | `0.0` |
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
//! layer LSTM<
//!     In => Hidden,
//!     num_layers: L = 1,
//!     bias: bool = true,
//!     dropout: P: real = 0.0,
//!     bidirectional: D: bool = false,
//! >(x: [T, In], h0: [L*both(D, Hidden)] = zeros, c0: [L*both(D, Hidden)] = zeros) -> (y: [T, both(D, Hidden)], h: [L*both(D, Hidden)], c: [L*both(D, Hidden)]) {
//!     require L < 5, "`LSTM`: {L} layers are more than 4: call several `LSTM` one after the other";
//!     #[suffix("_l0")] l0: LSTMLayer(In => Hidden, bias = bias, bidirectional = D);
//!     let (y0, h_l0, c_l0) = l0(x, h0.narrow(0, 0, both(D, Hidden)), c0.narrow(0, 0, both(D, Hidden)));
//!     if L == 1 { y = y0; h = h_l0; c = c_l0; }
//!     if L > 1 {
//!         #[suffix("_l1")] l1: LSTMLayer(both(D, Hidden) => Hidden, bias = bias, bidirectional = D);
//!         let (y1, h_l1, c_l1) = l1(y0.dropout(P), h0.narrow(0, 1*both(D, Hidden), both(D, Hidden)), c0.narrow(0, 1*both(D, Hidden), both(D, Hidden)));
//!         if L == 2 { y = y1; h = concat(h_l0, h_l1); c = concat(c_l0, c_l1); }
//!     }
//!     if L > 2 {
//!         #[suffix("_l2")] l2: LSTMLayer(both(D, Hidden) => Hidden, bias = bias, bidirectional = D);
//!         let (y2, h_l2, c_l2) = l2(y1.dropout(P), h0.narrow(0, 2*both(D, Hidden), both(D, Hidden)), c0.narrow(0, 2*both(D, Hidden), both(D, Hidden)));
//!         if L == 3 { y = y2; h = concat(h_l0, h_l1, h_l2); c = concat(c_l0, c_l1, c_l2); }
//!     }
//!     if L > 3 {
//!         #[suffix("_l3")] l3: LSTMLayer(both(D, Hidden) => Hidden, bias = bias, bidirectional = D);
//!         let (y3, h_l3, c_l3) = l3(y2.dropout(P), h0.narrow(0, 3*both(D, Hidden), both(D, Hidden)), c0.narrow(0, 3*both(D, Hidden), both(D, Hidden)));
//!         if L == 4 { y = y3; h = concat(h_l0, h_l1, h_l2, h_l3); c = concat(c_l0, c_l1, c_l2, c_l3); }
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
//! l0_ahead_sum[sample, t, g] = sum[i](weight_ih_l0[g, i] * x[sample, t, i])
//! l0_ahead_a[sample, t, g] = bias_ih_l0[g] + bias_hh_l0[g] + l0_ahead_sum[sample, t, g]
//! l0_ahead_h[sample, 0, i] = 0
//! l0_ahead_c[sample, 0, i] = 0
//! l0_ahead_sum_2[sample, t, g, j] = sum[k](weight_hh_l0[4*g + j, k] * l0_ahead_h[sample, t, k])
//! l0_ahead_s[sample, t, g, j] = l0_ahead_a[sample, t, 4*g + j] + l0_ahead_sum_2[sample, t, g, j]
//! l0_ahead_cell[sample, t, j] = sigmoid(l0_ahead_s[sample, t, 1, j]) * l0_ahead_c[sample, t, j] + sigmoid(l0_ahead_s[sample, t, 0, j]) * tanh(l0_ahead_s[sample, t, 2, j])
//! l0_ahead_out[sample, t, j] = sigmoid(l0_ahead_s[sample, t, 3, j]) * tanh(l0_ahead_cell[sample, t, j])
//! l0_ahead_h[sample, t + 1, i] = l0_ahead_out[sample, t, i]
//! l0_ahead_c[sample, t + 1, i] = l0_ahead_cell[sample, t, i]
//! y[sample, i, j] = l0_ahead_out[sample, i, j]
//! d_l0_ahead_h[sample, 5, i] = 0
//! d_l0_ahead_c[sample, 5, i] = 0
//! d_l0_ahead_out[sample, t, i] = d_l0_ahead_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_l0_ahead_cell[sample, t, i] = d_l0_ahead_c[sample, t + 1, i] + d_l0_ahead_out[sample, t, i] * sigmoid(l0_ahead_s[sample, t, 3, i]) * (1 - tanh(l0_ahead_cell[sample, t, i]) * tanh(l0_ahead_cell[sample, t, i]))
//! d_l0_ahead_s[sample, t, 3, j] = l0_ahead_out[sample, t, j] * d_l0_ahead_out[sample, t, j] * (1 - sigmoid(l0_ahead_s[sample, t, 3, j]))
//! d_l0_ahead_s[sample, t, 1, j] = d_l0_ahead_cell[sample, t, j] * l0_ahead_c[sample, t, j] * sigmoid(l0_ahead_s[sample, t, 1, j]) * (1 - sigmoid(l0_ahead_s[sample, t, 1, j]))
//! d_l0_ahead_s[sample, t, 0, j] = d_l0_ahead_cell[sample, t, j] * tanh(l0_ahead_s[sample, t, 2, j]) * sigmoid(l0_ahead_s[sample, t, 0, j]) * (1 - sigmoid(l0_ahead_s[sample, t, 0, j]))
//! d_l0_ahead_s[sample, t, 2, j] = d_l0_ahead_cell[sample, t, j] * sigmoid(l0_ahead_s[sample, t, 0, j]) * (1 - tanh(l0_ahead_s[sample, t, 2, j]) * tanh(l0_ahead_s[sample, t, 2, j]))
//! d_l0_ahead_h[sample, t, k] = sum[g, j](d_l0_ahead_s[sample, t, g, j] * weight_hh_l0[4*g + j, k])
//! d_l0_ahead_c[sample, t, j] = d_l0_ahead_cell[sample, t, j] * sigmoid(l0_ahead_s[sample, t, 1, j])
//! d_l0_ahead_a[sample, t, 4*g + j] = d_l0_ahead_s[sample, t, g, j]
//! d_bias_ih_l0[g] = sum[sample, t](d_l0_ahead_a[sample, t, g])
//! d_bias_hh_l0[g] = sum[sample, t](d_l0_ahead_a[sample, t, g])
//! d_weight_ih_l0[g, i] = sum[sample, t](d_l0_ahead_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_l0_ahead_a[sample, t, g] * weight_ih_l0[g, i])
//! d_weight_hh_l0[4*g + j, k] = sum[sample, t](d_l0_ahead_s[sample, t, g, j] * l0_ahead_h[sample, t, k])
//! ```
