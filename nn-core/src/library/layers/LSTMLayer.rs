// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One layer of `LSTM`, in one direction or in both.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LSTMLayer(In => Hidden, bias = true, bidirectional = false)
//!
//! x: [T, In], h0: [both(D, Hidden)] = zeros, c0: [both(D, Hidden)] = zeros, length: index<T + 1> = none -> (y: [T, both(D, Hidden)], h: [both(D, Hidden)], c: [both(D, Hidden)])
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
//!         layer: LSTMLayer(3 => 2, bidirectional = true),
//!     }
//!
//!     fn forward(x: [3, 3]) -> [3, 4] {
//!         let (y, _, _) = layer(x);
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.030, -0.030, 0.249, 0.249, -0.033, -0.033]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer LSTMLayer<In => Hidden, bias: bool = true, bidirectional: D: bool = false>(
//!     x: [T, In], h0: [both(D, Hidden)] = zeros, c0: [both(D, Hidden)] = zeros, length: index<T + 1> = none
//! ) -> (y: [T, both(D, Hidden)], h: [both(D, Hidden)], c: [both(D, Hidden)]) {
//!     #[suffix("")] ahead: LSTMDirection(In => Hidden, bias = bias);
//!     let (y_ahead, h_ahead, c_ahead) = ahead(x, h0.narrow(0, 0, Hidden), c0.narrow(0, 0, Hidden), length);
//!     if D {
//!         #[suffix("_reverse")] back: LSTMDirection(In => Hidden, bias = bias, reversed = true);
//!         let (y_back, h_back, c_back) = back(x, h0.narrow(0, Hidden, Hidden), c0.narrow(0, Hidden, Hidden), length);
//!         y = concat(y_ahead, y_back, axis = -1);
//!         h = concat(h_ahead, h_back);
//!         c = concat(c_ahead, c_back);
//!     } else {
//!         y = y_ahead;
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
//! reshape: [3, 4, 2] is ahead_a: [3, 8]
//! reshape_2: [3, 4, 2] is back_a: [3, 8]
//! d_reshape_2: [3, 4, 2] is d_back_a: [3, 8]
//! d_reshape: [3, 4, 2] is d_ahead_a: [3, 8]
//! ahead_sum[sample, t, g] = sum[i](weight_ih[g, i] * x[sample, t, i])
//! ahead_a[sample, t, g] = bias_ih[g] + bias_hh[g] + ahead_sum[sample, t, g]
//! ahead_h[sample, 0, i] = 0
//! ahead_c[sample, 0, i] = 0
//! ahead_sum_2[sample, t, g, j] = sum[k](weight_hh[2*g + j, k] * ahead_h[sample, t, k])
//! ahead_s[sample, t, g, j] = reshape[sample, t, g, j] + ahead_sum_2[sample, t, g, j]
//! ahead_input[sample, t, j] = sigmoid(ahead_s[sample, t, 0, j])
//! ahead_forget[sample, t, j] = sigmoid(ahead_s[sample, t, 1, j])
//! ahead_candidate[sample, t, j] = tanh(ahead_s[sample, t, 2, j])
//! ahead_output[sample, t, j] = sigmoid(ahead_s[sample, t, 3, j])
//! ahead_cell[sample, t, j] = ahead_forget[sample, t, j] * ahead_c[sample, t, j] + ahead_input[sample, t, j] * ahead_candidate[sample, t, j]
//! ahead_out[sample, t, j] = ahead_output[sample, t, j] * tanh(ahead_cell[sample, t, j])
//! ahead_h[sample, t + 1, i] = ahead_out[sample, t, i]
//! ahead_c[sample, t + 1, i] = ahead_cell[sample, t, i]
//! back_sum[sample, t, g] = sum[i](weight_ih_reverse[g, i] * x[sample, t, i])
//! back_a[sample, t, g] = bias_ih_reverse[g] + bias_hh_reverse[g] + back_sum[sample, t, g]
//! back_h[sample, 0, i] = 0
//! back_c[sample, 0, i] = 0
//! back_sum_2[sample, t, g, j] = sum[k](weight_hh_reverse[2*g + j, k] * back_h[sample, t, k])
//! back_s[sample, t, g, j] = reshape_2[sample, -t + 2, g, j] + back_sum_2[sample, t, g, j]
//! back_input[sample, t, j] = sigmoid(back_s[sample, t, 0, j])
//! back_forget[sample, t, j] = sigmoid(back_s[sample, t, 1, j])
//! back_candidate[sample, t, j] = tanh(back_s[sample, t, 2, j])
//! back_output[sample, t, j] = sigmoid(back_s[sample, t, 3, j])
//! back_cell[sample, t, j] = back_forget[sample, t, j] * back_c[sample, t, j] + back_input[sample, t, j] * back_candidate[sample, t, j]
//! back_out[sample, t, j] = back_output[sample, t, j] * tanh(back_cell[sample, t, j])
//! back_h[sample, t + 1, i] = back_out[sample, t, i]
//! back_c[sample, t + 1, i] = back_cell[sample, t, i]
//! y[sample, a, b] = ahead_out[sample, a, b]
//! y[sample, a, b + 2] = back_out[sample, -a + 2, b]
//! d_back_h[sample, 3, i] = 0
//! d_back_c[sample, 3, i] = 0
//! d_back_out[sample, t, i] = d_back_h[sample, t + 1, i] + d_y[sample, -t + 2, i + 2]
//! d_back_cell[sample, t, i] = d_back_c[sample, t + 1, i] + d_back_out[sample, t, i] * back_output[sample, t, i] * (1 - tanh(back_cell[sample, t, i]) * tanh(back_cell[sample, t, i]))
//! d_back_s[sample, t, 3, j] = d_back_out[sample, t, j] * tanh(back_cell[sample, t, j]) * back_output[sample, t, j] * (1 - back_output[sample, t, j])
//! d_back_s[sample, t, 2, j] = d_back_cell[sample, t, j] * back_input[sample, t, j] * (1 - back_candidate[sample, t, j] * back_candidate[sample, t, j])
//! d_back_s[sample, t, 1, j] = d_back_cell[sample, t, j] * back_c[sample, t, j] * back_forget[sample, t, j] * (1 - back_forget[sample, t, j])
//! d_back_s[sample, t, 0, j] = d_back_cell[sample, t, j] * back_candidate[sample, t, j] * back_input[sample, t, j] * (1 - back_input[sample, t, j])
//! d_back_h[sample, t, k] = sum[g, j](d_back_s[sample, t, g, j] * weight_hh_reverse[2*g + j, k])
//! d_back_c[sample, t, j] = d_back_cell[sample, t, j] * back_forget[sample, t, j]
//! d_reshape_2[sample, -t + 2, g, j] = d_back_s[sample, t, g, j]
//! d_bias_ih_reverse[g] = sum[sample, t](d_back_a[sample, t, g])
//! d_bias_hh_reverse[g] = sum[sample, t](d_back_a[sample, t, g])
//! d_weight_ih_reverse[g, i] = sum[sample, t](d_back_a[sample, t, g] * x[sample, t, i])
//! d_ahead_h[sample, 3, i] = 0
//! d_ahead_c[sample, 3, i] = 0
//! d_ahead_out[sample, t, i] = d_ahead_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_ahead_cell[sample, t, i] = d_ahead_c[sample, t + 1, i] + d_ahead_out[sample, t, i] * ahead_output[sample, t, i] * (1 - tanh(ahead_cell[sample, t, i]) * tanh(ahead_cell[sample, t, i]))
//! d_ahead_s[sample, t, 3, j] = d_ahead_out[sample, t, j] * tanh(ahead_cell[sample, t, j]) * ahead_output[sample, t, j] * (1 - ahead_output[sample, t, j])
//! d_ahead_s[sample, t, 2, j] = d_ahead_cell[sample, t, j] * ahead_input[sample, t, j] * (1 - ahead_candidate[sample, t, j] * ahead_candidate[sample, t, j])
//! d_ahead_s[sample, t, 1, j] = d_ahead_cell[sample, t, j] * ahead_c[sample, t, j] * ahead_forget[sample, t, j] * (1 - ahead_forget[sample, t, j])
//! d_ahead_s[sample, t, 0, j] = d_ahead_cell[sample, t, j] * ahead_candidate[sample, t, j] * ahead_input[sample, t, j] * (1 - ahead_input[sample, t, j])
//! d_ahead_h[sample, t, k] = sum[g, j](d_ahead_s[sample, t, g, j] * weight_hh[2*g + j, k])
//! d_ahead_c[sample, t, j] = d_ahead_cell[sample, t, j] * ahead_forget[sample, t, j]
//! d_reshape[sample, t, g, j] = d_ahead_s[sample, t, g, j]
//! d_bias_ih[g] = sum[sample, t](d_ahead_a[sample, t, g])
//! d_bias_hh[g] = sum[sample, t](d_ahead_a[sample, t, g])
//! d_weight_ih[g, i] = sum[sample, t](d_ahead_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_back_a[sample, t, g] * weight_ih_reverse[g, i])
//! d_x[sample, t, i] += sum[g](d_ahead_a[sample, t, g] * weight_ih[g, i])
//! d_weight_hh[2*g + j, k] = sum[sample, t](d_ahead_s[sample, t, g, j] * ahead_h[sample, t, k])
//! d_weight_hh_reverse[2*g + j, k] = sum[sample, t](d_back_s[sample, t, g, j] * back_h[sample, t, k])
//! ```
