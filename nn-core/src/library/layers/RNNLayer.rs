// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One layer of `RNN`, in one direction or in both.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! RNNLayer(In => Hidden, nonlinearity = tanh, bias = true, bidirectional = false)
//!
//! x: [T, In], h0: [both(D, Hidden)] = zeros, length: index<T + 1> = none -> (y: [T, both(D, Hidden)], h: [both(D, Hidden)])
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
//!         layer: RNNLayer(3 => 2, bidirectional = true),
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.139, -0.139, 0.153, 0.153, -0.187, -0.187]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer RNNLayer<In => Hidden, nonlinearity: F: one_of(tanh, relu) = tanh, bias: bool = true, bidirectional: D: bool = false>(
//!     x: [T, In], h0: [both(D, Hidden)] = zeros, length: index<T + 1> = none
//! ) -> (y: [T, both(D, Hidden)], h: [both(D, Hidden)]) {
//!     #[suffix("")] ahead: RNNDirection(In => Hidden, nonlinearity = F, bias = bias);
//!     let (y_ahead, h_ahead) = ahead(x, h0.narrow(0, 0, Hidden), length);
//!     if D {
//!         #[suffix("_reverse")] back: RNNDirection(In => Hidden, nonlinearity = F, bias = bias, reversed = true);
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
//! ahead_sum[sample, t, g] = sum[i](weight_ih[g, i] * x[sample, t, i])
//! ahead_h[sample, 0, i] = 0
//! ahead_sum_2[sample, t, j] = sum[k](weight_hh[j, k] * ahead_h[sample, t, k])
//! tanh[sample, t, i] = tanh(bias_ih[i] + bias_hh[i] + ahead_sum[sample, t, i] + ahead_sum_2[sample, t, i])
//! ahead_h[sample, t + 1, i] = tanh[sample, t, i]
//! back_sum[sample, t, g] = sum[i](weight_ih_reverse[g, i] * x[sample, t, i])
//! back_a[sample, t, g] = bias_ih_reverse[g] + bias_hh_reverse[g] + back_sum[sample, t, g]
//! back_h[sample, 0, i] = 0
//! back_sum_2[sample, t, j] = sum[k](weight_hh_reverse[j, k] * back_h[sample, t, k])
//! tanh_2[sample, t, i] = tanh(back_a[sample, -t + 2, i] + back_sum_2[sample, t, i])
//! back_h[sample, t + 1, i] = tanh_2[sample, t, i]
//! y[sample, a, b] = tanh[sample, a, b]
//! y[sample, a, b + 2] = tanh_2[sample, -a + 2, b]
//! d_back_h[sample, 3, i] = 0
//! d_back_s[sample, t, i] = (d_back_h[sample, t + 1, i] + d_y[sample, -t + 2, i + 2]) * (1 - tanh_2[sample, t, i] * tanh_2[sample, t, i])
//! d_back_h[sample, t, k] = sum[j](d_back_s[sample, t, j] * weight_hh_reverse[j, k])
//! d_back_a[sample, -t + 2, j] = d_back_s[sample, t, j]
//! d_bias_ih_reverse[g] = sum[sample, t](d_back_a[sample, t, g])
//! d_bias_hh_reverse[g] = sum[sample, t](d_back_a[sample, t, g])
//! d_weight_ih_reverse[g, i] = sum[sample, t](d_back_a[sample, t, g] * x[sample, t, i])
//! d_ahead_h[sample, 3, i] = 0
//! d_ahead_sum_2[sample, t, j] = (d_ahead_h[sample, t + 1, j] + d_y[sample, t, j]) * (1 - tanh[sample, t, j] * tanh[sample, t, j])
//! d_ahead_h[sample, t, k] = sum[j](d_ahead_sum_2[sample, t, j] * weight_hh[j, k])
//! d_bias_ih[g] = sum[sample, t](d_ahead_sum_2[sample, t, g])
//! d_bias_hh[g] = sum[sample, t](d_ahead_sum_2[sample, t, g])
//! d_weight_ih[g, i] = sum[sample, t](d_ahead_sum_2[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_back_a[sample, t, g] * weight_ih_reverse[g, i])
//! d_x[sample, t, i] += sum[g](d_ahead_sum_2[sample, t, g] * weight_ih[g, i])
//! d_weight_hh[j, k] = sum[sample, t](d_ahead_sum_2[sample, t, j] * ahead_h[sample, t, k])
//! d_weight_hh_reverse[j, k] = sum[sample, t](d_back_s[sample, t, j] * back_h[sample, t, k])
//! ```
