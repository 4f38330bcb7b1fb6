// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One direction of one layer of `RNN`.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! RNNDirection(In => Hidden, nonlinearity = tanh, bias = true, reversed = false)
//!
//! x: [T, In], h0: [Hidden] = zeros, length: index<T + 1> = none -> (y: [T, Hidden], h: [Hidden])
//! param weight_ih: [Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh: [Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih: [Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh: [Hidden] = uniform(1 / sqrt(Hidden))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `nonlinearity` | `tanh`, `relu` | `tanh` |
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
//!         layer: RNNDirection(3 => 2),
//!     }
//!
//!     fn forward(x: [4, 3]) -> [4, 2] {
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
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4], [-0.9, 0.5, -0.1], [-0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.139, -0.139, -0.187, -0.187, -0.325, -0.325]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer RNNDirection<In => Hidden, nonlinearity: F: one_of(tanh, relu) = tanh, bias: bool = true, reversed: R: bool = false>(
//!     x: [T, In], h0: [Hidden] = zeros, length: index<T + 1> = none
//! ) -> (y: [T, Hidden], h: [Hidden]) {
//!     param weight_ih: [Hidden, In] = uniform(1 / sqrt(Hidden));
//!     param weight_hh: [Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!     if bias {
//!         param bias_ih: [Hidden] = uniform(1 / sqrt(Hidden));
//!         param bias_hh: [Hidden] = uniform(1 / sqrt(Hidden));
//!         a[t, g] = bias_ih[g] + bias_hh[g] + sum[i](weight_ih[g, i] * x[t, i]);
//!     } else {
//!         a[t, g] = sum[i](weight_ih[g, i] * x[t, i]);
//!     }
//!     scan t: T, reversed = R {
//!         carry h: [Hidden] = h0;
//!         s[j] = a[t, j] + sum[k](weight_hh[j, k] * h[k]);
//!         if F == tanh { out = tanh(s); } else { out = relu(s); }
//!         if length != none {
//!             next h[j] = where(t < length, out[j], h[j]);
//!             y[t, j] = where(t < length, out[j], 0);
//!         } else {
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
//! layer_sum[sample, t, g] = sum[i](weight_ih[g, i] * x[sample, t, i])
//! h[sample, 0, i] = 0
//! layer_sum_2[sample, t, j] = sum[k](weight_hh[j, k] * h[sample, t, k])
//! tanh[sample, t, i] = tanh(bias_ih[i] + bias_hh[i] + layer_sum[sample, t, i] + layer_sum_2[sample, t, i])
//! h[sample, t + 1, i] = tanh[sample, t, i]
//! y[sample, i, j] = tanh[sample, i, j]
//! d_h[sample, 4, i] = 0
//! d_layer_sum_2[sample, t, j] = (d_h[sample, t + 1, j] + d_y[sample, t, j]) * (1 - tanh[sample, t, j] * tanh[sample, t, j])
//! d_h[sample, t, k] = sum[j](d_layer_sum_2[sample, t, j] * weight_hh[j, k])
//! d_bias_ih[g] = sum[sample, t](d_layer_sum_2[sample, t, g])
//! d_bias_hh[g] = sum[sample, t](d_layer_sum_2[sample, t, g])
//! d_weight_ih[g, i] = sum[sample, t](d_layer_sum_2[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_layer_sum_2[sample, t, g] * weight_ih[g, i])
//! d_weight_hh[j, k] = sum[sample, t](d_layer_sum_2[sample, t, j] * h[sample, t, k])
//! ```
