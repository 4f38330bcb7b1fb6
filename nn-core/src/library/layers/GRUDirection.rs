// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One direction of one layer of `GRU`.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! GRUDirection(In => Hidden, reset_after = true, bias = true, reversed = false)
//!
//! x: [T, In], h0: [Hidden] = zeros, length: index<T + 1> = none -> (y: [T, Hidden], h: [Hidden])
//! param weight_ih: [3*Hidden, In] = uniform(1 / sqrt(Hidden))
//! param weight_hh: [3*Hidden, Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_ih: [3*Hidden] = uniform(1 / sqrt(Hidden))
//! param bias_hh: [3*Hidden] = uniform(1 / sqrt(Hidden))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `reset_after` | `true` or `false` | `true` |
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
//!         layer: GRUDirection(3 => 2),
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
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-0.102, -0.102, -0.128, -0.128, -0.201, -0.201]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer GRUDirection<In => Hidden, reset_after: A: bool = true, bias: bool = true, reversed: R: bool = false>(
//!     x: [T, In], h0: [Hidden] = zeros, length: index<T + 1> = none
//! ) -> (y: [T, Hidden], h: [Hidden]) {
//!     param weight_ih: [3*Hidden, In] = uniform(1 / sqrt(Hidden));
//!     param weight_hh: [3*Hidden, Hidden] = uniform(1 / sqrt(Hidden));
//!     if bias {
//!         param bias_ih: [3*Hidden] = uniform(1 / sqrt(Hidden));
//!         param bias_hh: [3*Hidden] = uniform(1 / sqrt(Hidden));
//!         a[t, g] = bias_ih[g] + sum[i](weight_ih[g, i] * x[t, i]);
//!         b = bias_hh;
//!     } else {
//!         a[t, g] = sum[i](weight_ih[g, i] * x[t, i]);
//!         b[g: 3*Hidden] = 0 * g;
//!     }
//!     gates = a.reshape(T, 3, Hidden);
//!     scan t: T, reversed = R {
//!         carry h: [Hidden] = h0;
//!         if A {
//!             s[g: 3, j: Hidden] = b[g*Hidden + j] + sum[k](weight_hh[g*Hidden + j, k] * h[k]);
//!             r[j] = sigmoid(gates[t, 0, j] + s[0, j]);
//!             z[j] = sigmoid(gates[t, 1, j] + s[1, j]);
//!             n[j] = tanh(gates[t, 2, j] + r[j] * s[2, j]);
//!         } else {
//!             u[g: 2, j: Hidden] = b[g*Hidden + j] + sum[k](weight_hh[g*Hidden + j, k] * h[k]);
//!             r[j] = sigmoid(gates[t, 0, j] + u[0, j]);
//!             z[j] = sigmoid(gates[t, 1, j] + u[1, j]);
//!             v[j: Hidden] = b[j + 2*Hidden] + sum[k](weight_hh[j + 2*Hidden, k] * r[k] * h[k]);
//!             n[j] = tanh(gates[t, 2, j] + v[j]);
//!         }
//!         out[j] = (1 - z[j]) * n[j] + z[j] * h[j];
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
//! reshape: [4, 3, 2] is a: [4, 6]
//! d_reshape: [4, 3, 2] is d_a: [4, 6]
//! layer_sum[sample, t, g] = sum[i](weight_ih[g, i] * x[sample, t, i])
//! a[sample, t, g] = bias_ih[g] + layer_sum[sample, t, g]
//! h[sample, 0, i] = 0
//! layer_sum_2[sample, t, g, j] = sum[k](weight_hh[2*g + j, k] * h[sample, t, k])
//! s[sample, t, g, j] = bias_hh[2*g + j] + layer_sum_2[sample, t, g, j]
//! r[sample, t, j] = sigmoid(reshape[sample, t, 0, j] + s[sample, t, 0, j])
//! z[sample, t, j] = sigmoid(reshape[sample, t, 1, j] + s[sample, t, 1, j])
//! n[sample, t, j] = tanh(reshape[sample, t, 2, j] + r[sample, t, j] * s[sample, t, 2, j])
//! out[sample, t, j] = (1 - z[sample, t, j]) * n[sample, t, j] + z[sample, t, j] * h[sample, t, j]
//! h[sample, t + 1, i] = out[sample, t, i]
//! y[sample, i, j] = out[sample, i, j]
//! d_h[sample, 4, i] = 0
//! d_out[sample, t, i] = d_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_n[sample, t, j] = d_out[sample, t, j] * (1 - z[sample, t, j])
//! d_z[sample, t, j] = d_out[sample, t, j] * (-n[sample, t, j] + h[sample, t, j])
//! d_r[sample, t, j] = d_n[sample, t, j] * (1 - n[sample, t, j] * n[sample, t, j]) * s[sample, t, 2, j]
//! d_s[sample, t, 2, j] = d_n[sample, t, j] * (1 - n[sample, t, j] * n[sample, t, j]) * r[sample, t, j]
//! d_s[sample, t, 1, j] = d_z[sample, t, j] * z[sample, t, j] * (1 - z[sample, t, j])
//! d_s[sample, t, 0, j] = d_r[sample, t, j] * r[sample, t, j] * (1 - r[sample, t, j])
//! d_h[sample, t, j] = d_out[sample, t, j] * z[sample, t, j]
//! d_h[sample, t, k] += sum[g, j](d_s[sample, t, g, j] * weight_hh[2*g + j, k])
//! d_reshape[sample, t, 2, j] = d_n[sample, t, j] * (1 - n[sample, t, j] * n[sample, t, j])
//! d_reshape[sample, t, 1, j] = d_z[sample, t, j] * z[sample, t, j] * (1 - z[sample, t, j])
//! d_reshape[sample, t, 0, j] = d_r[sample, t, j] * r[sample, t, j] * (1 - r[sample, t, j])
//! d_bias_ih[g] = sum[sample, t](d_a[sample, t, g])
//! d_weight_ih[g, i] = sum[sample, t](d_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_a[sample, t, g] * weight_ih[g, i])
//! d_weight_hh[2*g + j, k] = sum[sample, t](d_s[sample, t, g, j] * h[sample, t, k])
//! d_bias_hh[2*g + j] = sum[sample, t](d_s[sample, t, g, j])
//! ```
