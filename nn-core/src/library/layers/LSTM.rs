// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Long short-term memory (Hochreiter and Schmidhuber, 1997, with forget gates). `c` is the state of the cells.
//!
//!
//! With several layers, each takes the results of the one before, with `dropout` between them. The results are the states
//! at all positions of the last layer, and the last states of all layers and directions, one behind the other in PyTorch's
//! order; so are states to begin with. Both directions of a bidirectional layer stand side by side. The names of the
//! parameters count the layers from `first`: `weight_ih_l0`.
//!
//! A sequence that is shorter than `x` ends at its `length`, as a packed one of PyTorch's does: `h` is the state there, the
//! direction from the end begins there, and `y` is zero behind it. A `length` of 0 leaves the states that it begins with.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LSTM(In => Hidden, num_layers = 1, bias = true, dropout = 0.0, bidirectional = false, first = 0)
//!
//! x: [T, In], h0: [L*both(D, Hidden)] = zeros, c0: [L*both(D, Hidden)] = zeros, length: index<T + 1> = none -> (y: [T, both(D, Hidden)], h: [L*both(D, Hidden)], c: [L*both(D, Hidden)])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `num_layers` | a size | `1` |
//! | `bias` | `true` or `false` | `true` |
//! | `dropout` | a number | `0.0` |
//! | `bidirectional` | `true` or `false` | `false` |
//! | `first` | a size | `0` |
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
//!     first: K = 0,
//! >(x: [T, In], h0: [L*both(D, Hidden)] = zeros, c0: [L*both(D, Hidden)] = zeros, length: index<T + 1> = none)
//!     -> (y: [T, both(D, Hidden)], h: [L*both(D, Hidden)], c: [L*both(D, Hidden)])
//! {
//!     require L > 0, "`num_layers` is 1 or more, not {L}";
//!     #[suffix("_l{K}")] layer: LSTMLayer(In => Hidden, bias = bias, bidirectional = D);
//!     let (y_own, h_own, c_own) = layer(x, h0.narrow(0, 0, both(D, Hidden)), c0.narrow(0, 0, both(D, Hidden)), length);
//!     if L == 1 {
//!         y = y_own;
//!         h = h_own;
//!         c = c_own;
//!     } else {
//!         #[suffix("")] rest: LSTM(
//!             both(D, Hidden) => Hidden, num_layers = L - 1, bias = bias, dropout = P, bidirectional = D, first = K + 1
//!         );
//!         let (y_rest, h_rest, c_rest) = rest(
//!             y_own.dropout(P),
//!             h0.narrow(0, both(D, Hidden), (L - 1)*both(D, Hidden)),
//!             c0.narrow(0, both(D, Hidden), (L - 1)*both(D, Hidden)),
//!             length,
//!         );
//!         y = y_rest;
//!         h = concat(h_own, h_rest);
//!         c = concat(c_own, c_rest);
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
//! reshape: [5, 4, 4] is layer_ahead_a: [5, 16]
//! d_reshape: [5, 4, 4] is d_layer_ahead_a: [5, 16]
//! layer_ahead_sum[sample, t, g] = sum[i](weight_ih_l0[g, i] * x[sample, t, i])
//! layer_ahead_a[sample, t, g] = bias_ih_l0[g] + bias_hh_l0[g] + layer_ahead_sum[sample, t, g]
//! layer_ahead_h[sample, 0, i] = 0
//! layer_ahead_c[sample, 0, i] = 0
//! layer_ahead_sum_2[sample, t, g, j] = sum[k](weight_hh_l0[4*g + j, k] * layer_ahead_h[sample, t, k])
//! layer_ahead_s[sample, t, g, j] = reshape[sample, t, g, j] + layer_ahead_sum_2[sample, t, g, j]
//! layer_ahead_input[sample, t, j] = sigmoid(layer_ahead_s[sample, t, 0, j])
//! layer_ahead_forget[sample, t, j] = sigmoid(layer_ahead_s[sample, t, 1, j])
//! layer_ahead_candidate[sample, t, j] = tanh(layer_ahead_s[sample, t, 2, j])
//! layer_ahead_output[sample, t, j] = sigmoid(layer_ahead_s[sample, t, 3, j])
//! layer_ahead_cell[sample, t, j] = layer_ahead_forget[sample, t, j] * layer_ahead_c[sample, t, j] + layer_ahead_input[sample, t, j] * layer_ahead_candidate[sample, t, j]
//! layer_ahead_out[sample, t, j] = layer_ahead_output[sample, t, j] * tanh(layer_ahead_cell[sample, t, j])
//! layer_ahead_h[sample, t + 1, i] = layer_ahead_out[sample, t, i]
//! layer_ahead_c[sample, t + 1, i] = layer_ahead_cell[sample, t, i]
//! y[sample, i, j] = layer_ahead_out[sample, i, j]
//! d_layer_ahead_h[sample, 5, i] = 0
//! d_layer_ahead_c[sample, 5, i] = 0
//! d_layer_ahead_out[sample, t, i] = d_layer_ahead_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_layer_ahead_cell[sample, t, i] = d_layer_ahead_c[sample, t + 1, i] + d_layer_ahead_out[sample, t, i] * layer_ahead_output[sample, t, i] * (1 - tanh(layer_ahead_cell[sample, t, i]) * tanh(layer_ahead_cell[sample, t, i]))
//! d_layer_ahead_s[sample, t, 3, j] = d_layer_ahead_out[sample, t, j] * tanh(layer_ahead_cell[sample, t, j]) * layer_ahead_output[sample, t, j] * (1 - layer_ahead_output[sample, t, j])
//! d_layer_ahead_s[sample, t, 2, j] = d_layer_ahead_cell[sample, t, j] * layer_ahead_input[sample, t, j] * (1 - layer_ahead_candidate[sample, t, j] * layer_ahead_candidate[sample, t, j])
//! d_layer_ahead_s[sample, t, 1, j] = d_layer_ahead_cell[sample, t, j] * layer_ahead_c[sample, t, j] * layer_ahead_forget[sample, t, j] * (1 - layer_ahead_forget[sample, t, j])
//! d_layer_ahead_s[sample, t, 0, j] = d_layer_ahead_cell[sample, t, j] * layer_ahead_candidate[sample, t, j] * layer_ahead_input[sample, t, j] * (1 - layer_ahead_input[sample, t, j])
//! d_layer_ahead_h[sample, t, k] = sum[g, j](d_layer_ahead_s[sample, t, g, j] * weight_hh_l0[4*g + j, k])
//! d_layer_ahead_c[sample, t, j] = d_layer_ahead_cell[sample, t, j] * layer_ahead_forget[sample, t, j]
//! d_reshape[sample, t, g, j] = d_layer_ahead_s[sample, t, g, j]
//! d_bias_ih_l0[g] = sum[sample, t](d_layer_ahead_a[sample, t, g])
//! d_bias_hh_l0[g] = sum[sample, t](d_layer_ahead_a[sample, t, g])
//! d_weight_ih_l0[g, i] = sum[sample, t](d_layer_ahead_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_layer_ahead_a[sample, t, g] * weight_ih_l0[g, i])
//! d_weight_hh_l0[4*g + j, k] = sum[sample, t](d_layer_ahead_s[sample, t, g, j] * layer_ahead_h[sample, t, k])
//! ```
