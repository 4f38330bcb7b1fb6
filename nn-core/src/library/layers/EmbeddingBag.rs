// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean, the sum or the maximum of the vectors that several indices choose from a table.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! EmbeddingBag(V => N, mode = mean)
//!
//! x: index<V>[T] -> y: [N]
//! param weight: [V, N] = normal(0, 1)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `V => N` | two sizes |  |
//! | `mode` | `mean`, `sum`, `max` | `mean` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: EmbeddingBag(5 => 3),
//!     }
//!
//!     fn forward(x: index<5>[4]) -> [3] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! let x = Tensor::from([3, 2, 0, 4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.100, 0.100, 0.100]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer EmbeddingBag<V => N, mode: M: one_of(mean, sum, max) = mean>(x: index<V>[T]) -> y: [N] {
//!     param weight: [V, N] = normal(0, 1);
//!     rows[t, n] = weight[x[t], n];
//!     if M == mean { y[n] = mean[t](rows[t, n]); }
//!     if M == sum { y[n] = sum[t](rows[t, n]); }
//!     if M == max { y[n] = max[t](rows[t, n]); }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! layer_mean[sample, n] = sum[t](weight[x[sample, t], n])
//! y[sample, n] = layer_mean[sample, n] / 4
//! d_layer_mean[sample, n] = d_y[sample, n] / 4
//! d_weight[k, n] = sum[sample, t](where(k == x[sample, t], d_layer_mean[sample, n], 0))
//! ```
