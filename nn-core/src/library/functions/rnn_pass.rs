// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! One direction of an Elman network, from the input's share of each step.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! a.rnn_pass(weight, h0, nonlinearity = tanh, reversed = false)
//!
//! a: [T, Hidden], weight: [Hidden, Hidden], h0: [Hidden] -> (y: [T, Hidden], h: [Hidden])
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `nonlinearity` | `tanh`, `relu` | `tanh` |
//! | `reversed` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(a: [3, 2], weight: [2, 2], h0: [2]) -> [3, 2] {
//!         let (y, _) = a.rnn_pass(weight, h0);
//!         y
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let a = Tensor::from([[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]]);
//! let weight = Tensor::from([[-0.4, -0.9], [0.5, -0.1]]);
//! let h0 = Tensor::from([0.8, 0.2]);
//! let y = session.forward(&NetInput { a, weight, h0 });
//! assert_eq!(format!("{y:.3?}"), "[[-0.100, 0.273], [-0.719, 0.553], [-0.010, -0.672]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn rnn_pass<nonlinearity: F: one_of(tanh, relu) = tanh, reversed: R: bool = false>(
//!     a: [T, Hidden], weight: [Hidden, Hidden], h0: [Hidden]
//! ) -> (y: [T, Hidden], h: [Hidden]) {
//!     scan t: T, reversed = R {
//!         carry h: [Hidden] = h0;
//!         s[j] = a[t, j] + sum[k](weight[j, k] * h[k]);
//!         if F == tanh { out = tanh(s); } else { out = relu(s); }
//!         next h = out;
//!         y[t, j] = out[j];
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
//! h[sample, 0, i] = h0[sample, i]
//! rnn_pass_sum[sample, t, j] = sum[k](weight[sample, j, k] * h[sample, t, k])
//! tanh[sample, t, i] = tanh(a[sample, t, i] + rnn_pass_sum[sample, t, i])
//! h[sample, t + 1, i] = tanh[sample, t, i]
//! y[sample, i, j] = tanh[sample, i, j]
//! d_h[sample, 3, i] = 0
//! d_weight[sample, i, j] = 0
//! d_s[sample, t, i] = (d_h[sample, t + 1, i] + d_y[sample, t, i]) * (1 - tanh[sample, t, i] * tanh[sample, t, i])
//! d_weight[sample, j, k] += sum[t](d_s[sample, t, j] * h[sample, t, k])
//! d_h[sample, t, k] = sum[j](d_s[sample, t, j] * weight[sample, j, k])
//! d_h0[sample, i] = d_h[sample, 0, i]
//! d_a[sample, t, j] = d_s[sample, t, j]
//! ```
