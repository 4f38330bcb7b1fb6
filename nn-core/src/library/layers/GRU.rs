// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Gated recurrent units (Cho and others, 2014). With `reset_after`, as in PyTorch, the reset gate acts on the product of the
//!
//! weights and the state; without, on the state before.
//!
//! With several layers, each takes the results of the one before, with `dropout` between them. The results are the states
//! at all positions of the last layer, and the last states of all layers and directions, one behind the other in PyTorch's
//! order; so are states to begin with. Both directions of a bidirectional layer stand side by side.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! GRU(In => Hidden, num_layers = 1, reset_after = true, bias = true, dropout = 0.0, bidirectional = false)
//!
//! x: [T, In], h0: [L*both(D, Hidden)] = zeros -> (y: [T, both(D, Hidden)], h: [L*both(D, Hidden)])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Hidden` | two sizes |  |
//! | `num_layers` | a size | `1` |
//! | `reset_after` | `true` or `false` | `true` |
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
//! layer GRU<
//!     In => Hidden,
//!     num_layers: L = 1,
//!     reset_after: A: bool = true,
//!     bias: bool = true,
//!     dropout: P: real = 0.0,
//!     bidirectional: D: bool = false,
//! >(x: [T, In], h0: [L*both(D, Hidden)] = zeros) -> (y: [T, both(D, Hidden)], h: [L*both(D, Hidden)]) {
//!     require L < 5, "`GRU`: {L} layers are more than 4: call several `GRU` one after the other";
//!     #[suffix("_l0")] l0: GRULayer(In => Hidden, reset_after = A, bias = bias, bidirectional = D);
//!     let (y0, h_l0) = l0(x, h0.narrow(0, 0, both(D, Hidden)));
//!     if L == 1 { y = y0; h = h_l0; }
//!     if L > 1 {
//!         #[suffix("_l1")] l1: GRULayer(both(D, Hidden) => Hidden, reset_after = A, bias = bias, bidirectional = D);
//!         let (y1, h_l1) = l1(y0.dropout(P), h0.narrow(0, 1*both(D, Hidden), both(D, Hidden)));
//!         if L == 2 { y = y1; h = concat(h_l0, h_l1); }
//!     }
//!     if L > 2 {
//!         #[suffix("_l2")] l2: GRULayer(both(D, Hidden) => Hidden, reset_after = A, bias = bias, bidirectional = D);
//!         let (y2, h_l2) = l2(y1.dropout(P), h0.narrow(0, 2*both(D, Hidden), both(D, Hidden)));
//!         if L == 3 { y = y2; h = concat(h_l0, h_l1, h_l2); }
//!     }
//!     if L > 3 {
//!         #[suffix("_l3")] l3: GRULayer(both(D, Hidden) => Hidden, reset_after = A, bias = bias, bidirectional = D);
//!         let (y3, h_l3) = l3(y2.dropout(P), h0.narrow(0, 3*both(D, Hidden), both(D, Hidden)));
//!         if L == 4 { y = y3; h = concat(h_l0, h_l1, h_l2, h_l3); }
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
//! reshape: [5, 3, 4] is l0_ahead_a: [5, 12]
//! d_reshape: [5, 3, 4] is d_l0_ahead_a: [5, 12]
//! l0_ahead_sum[sample, t, g] = sum[i](weight_ih_l0[g, i] * x[sample, t, i])
//! l0_ahead_a[sample, t, g] = bias_ih_l0[g] + l0_ahead_sum[sample, t, g]
//! l0_ahead_h[sample, 0, i] = 0
//! l0_ahead_sum_2[sample, t, g, j] = sum[k](weight_hh_l0[4*g + j, k] * l0_ahead_h[sample, t, k])
//! l0_ahead_s[sample, t, g, j] = bias_hh_l0[4*g + j] + l0_ahead_sum_2[sample, t, g, j]
//! l0_ahead_r[sample, t, j] = sigmoid(reshape[sample, t, 0, j] + l0_ahead_s[sample, t, 0, j])
//! l0_ahead_z[sample, t, j] = sigmoid(reshape[sample, t, 1, j] + l0_ahead_s[sample, t, 1, j])
//! l0_ahead_n[sample, t, j] = tanh(reshape[sample, t, 2, j] + l0_ahead_r[sample, t, j] * l0_ahead_s[sample, t, 2, j])
//! l0_ahead_out[sample, t, j] = (1 - l0_ahead_z[sample, t, j]) * l0_ahead_n[sample, t, j] + l0_ahead_z[sample, t, j] * l0_ahead_h[sample, t, j]
//! l0_ahead_h[sample, t + 1, i] = l0_ahead_out[sample, t, i]
//! y[sample, i, j] = l0_ahead_out[sample, i, j]
//! d_l0_ahead_h[sample, 5, i] = 0
//! d_l0_ahead_out[sample, t, i] = d_l0_ahead_h[sample, t + 1, i] + d_y[sample, t, i]
//! d_l0_ahead_n[sample, t, j] = d_l0_ahead_out[sample, t, j] * (1 - l0_ahead_z[sample, t, j])
//! d_l0_ahead_z[sample, t, j] = d_l0_ahead_out[sample, t, j] * (-l0_ahead_n[sample, t, j] + l0_ahead_h[sample, t, j])
//! d_l0_ahead_r[sample, t, j] = d_l0_ahead_n[sample, t, j] * (1 - l0_ahead_n[sample, t, j] * l0_ahead_n[sample, t, j]) * l0_ahead_s[sample, t, 2, j]
//! d_l0_ahead_s[sample, t, 2, j] = d_l0_ahead_n[sample, t, j] * (1 - l0_ahead_n[sample, t, j] * l0_ahead_n[sample, t, j]) * l0_ahead_r[sample, t, j]
//! d_l0_ahead_s[sample, t, 1, j] = d_l0_ahead_z[sample, t, j] * l0_ahead_z[sample, t, j] * (1 - l0_ahead_z[sample, t, j])
//! d_l0_ahead_s[sample, t, 0, j] = d_l0_ahead_r[sample, t, j] * l0_ahead_r[sample, t, j] * (1 - l0_ahead_r[sample, t, j])
//! d_l0_ahead_h[sample, t, j] = d_l0_ahead_out[sample, t, j] * l0_ahead_z[sample, t, j]
//! d_l0_ahead_h[sample, t, k] += sum[g, j](d_l0_ahead_s[sample, t, g, j] * weight_hh_l0[4*g + j, k])
//! d_reshape[sample, t, 2, j] = d_l0_ahead_n[sample, t, j] * (1 - l0_ahead_n[sample, t, j] * l0_ahead_n[sample, t, j])
//! d_reshape[sample, t, 1, j] = d_l0_ahead_z[sample, t, j] * l0_ahead_z[sample, t, j] * (1 - l0_ahead_z[sample, t, j])
//! d_reshape[sample, t, 0, j] = d_l0_ahead_r[sample, t, j] * l0_ahead_r[sample, t, j] * (1 - l0_ahead_r[sample, t, j])
//! d_bias_ih_l0[g] = sum[sample, t](d_l0_ahead_a[sample, t, g])
//! d_weight_ih_l0[g, i] = sum[sample, t](d_l0_ahead_a[sample, t, g] * x[sample, t, i])
//! d_x[sample, t, i] = sum[g](d_l0_ahead_a[sample, t, g] * weight_ih_l0[g, i])
//! d_weight_hh_l0[4*g + j, k] = sum[sample, t](d_l0_ahead_s[sample, t, g, j] * l0_ahead_h[sample, t, k])
//! d_bias_hh_l0[4*g + j] = sum[sample, t](d_l0_ahead_s[sample, t, g, j])
//! ```
