// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One direction of one layer of `LSTM`.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! LSTMDirection(In => Hidden, bias = true, reversed = false)
//!
//! x: [T, In], h0: [Hidden] = zeros, c0: [Hidden] = zeros, length: index<T + 1> = none -> (y: [T, Hidden], h: [Hidden], c: [Hidden])
//! param weight_ih: [4*Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh: [4*Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih: [4*Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh: [4*Hidden] = uniform(1 / sqrt(Hidden))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `bias` | `true` or `false` | `true` |
//! | `reversed` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: LSTMDirection(3 => 2),
//!     }
//!
//!     fn forward(x: [4, 3]) -> [4, 2] {
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
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4], [-0.9, 0.5, -0.1], [-0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.030, -0.030, -0.033, -0.033, -0.052, -0.052]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer LSTMDirection<In => Hidden, bias: bool = true, reversed: R: bool = false>(
//!     x: [T, In], h0: [Hidden] = zeros, c0: [Hidden] = zeros, length: index<T + 1> = none
//! ) -> (y: [T, Hidden], h: [Hidden], c: [Hidden]) {
//!     param weight_ih: [4*Hidden, In] = uniform(1 / sqrt(Hidden));
//!     param weight_hh: [4*Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!     if bias {
//!         param bias_ih: [4*Hidden] = uniform(1 / sqrt(Hidden));
//!         param bias_hh: [4*Hidden] = uniform(1 / sqrt(Hidden));
//!         a[t, g] = bias_ih[g] + bias_hh[g] + sum[i](weight_ih[g, i] * x[t, i]);
//!     } else {
//!         a[t, g] = sum[i](weight_ih[g, i] * x[t, i]);
//!     }
//!     gates = a.reshape(T, 4, Hidden);
//!     scan t: T, reversed = R {
//!         carry h: [Hidden] = h0;
//!         carry c: [Hidden] = c0;
//!         s[g: 4, j: Hidden] = gates[t, g, j] + sum[k](weight_hh[g*Hidden + j, k] * h[k]);
//!         input[j] = sigmoid(s[0, j]);
//!         forget[j] = sigmoid(s[1, j]);
//!         candidate[j] = tanh(s[2, j]);
//!         output[j] = sigmoid(s[3, j]);
//!         cell[j] = forget[j] * c[j] + input[j] * candidate[j];
//!         out[j] = output[j] * tanh(cell[j]);
//!         if length != none {
//!             next c[j] = where(t < length, cell[j], c[j]);
//!             next h[j] = where(t < length, out[j], h[j]);
//!             y[t, j] = where(t < length, out[j], 0);
//!         } else {
//!             next c = cell;
//!             next h = out;
//!             y[t, j] = out[j];
//!         }
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
//! reshape: [4, 4, 2] is a: [4, 8]
//! d_reshape: [4, 4, 2] is d_a: [4, 8]
//! layer_sum[sample, t, g] = sum[i](weight_ih[g, i] * x[sample, t, i])
//! a[sample, t, g] = bias_ih[g] + bias_hh[g] + layer_sum[sample, t, g]
//! h[sample, 0, i] = 0
//! c[sample, 0, i] = 0
//! layer_sum_2[sample, t, g, j] = sum[k](weight_hh[2*g + j, k] * h[sample, t, k])
//! s[sample, t, g, j] = reshape[sample, t, g, j] + layer_sum_2[sample, t, g, j]
//! input[sample, t, j] = sigmoid(s[sample, t, 0, j])
//! forget[sample, t, j] = sigmoid(s[sample, t, 1, j])
//! candidate[sample, t, j] = tanh(s[sample, t, 2, j])
//! output[sample, t, j] = sigmoid(s[sample, t, 3, j])
//! cell[sample, t, j] = forget[sample, t, j] * c[sample, t, j] + input[sample, t, j] * candidate[sample, t, j]
//! out[sample, t, j] = output[sample, t, j] * tanh(cell[sample, t, j])
//! h[sample, t + 1, i] = out[sample, t, i]
//! c[sample, t + 1, i] = cell[sample, t, i]
//! y[sample, i, j] = out[sample, i, j]
//! d_h[sample, 4, i] = 0
//! d_c[sample, 4, i] = 0
//! d_out[sample, t, i] = d_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_cell[sample, t, i] = d_c[sample, t + 1, i] + d_out[sample, t, i] * output[sample, t, i] * (1 - tanh(cell[sample, t, i]) * tanh(cell[sample, t, i]))
//! d_s[sample, t, 3, j] = d_out[sample, t, j] * tanh(cell[sample, t, j]) * output[sample, t, j] * (1 - output[sample, t, j])
//! d_s[sample, t, 2, j] = d_cell[sample, t, j] * input[sample, t, j] * (1 - candidate[sample, t, j] * candidate[sample, t, j])
//! d_s[sample, t, 1, j] = d_cell[sample, t, j] * c[sample, t, j] * forget[sample, t, j] * (1 - forget[sample, t, j])
//! d_s[sample, t, 0, j] = d_cell[sample, t, j] * candidate[sample, t, j] * input[sample, t, j] * (1 - input[sample, t, j])
//! d_h[sample, t, k] = sum[g, j](d_s[sample, t, g, j] * weight_hh[2*g + j, k])
//! d_c[sample, t, j] = d_cell[sample, t, j] * forget[sample, t, j]
//! d_reshape[sample, t, g, j] = d_s[sample, t, g, j]
//! d_bias_ih[g] = sum[sample, t](d_a[sample, t, g])
//! d_bias_hh[g] = sum[sample, t](d_a[sample, t, g])
//! d_weight_ih[g, i] = sum[sample, t](d_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_a[sample, t, g] * weight_ih[g, i])
//! d_weight_hh[2*g + j, k] = sum[sample, t](d_s[sample, t, g, j] * h[sample, t, k])
//! ```
