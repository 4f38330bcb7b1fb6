// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A table of vectors, of which each index chooses one. The row of `padding_idx` gets no gradient.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! Embedding(V => N, padding_idx = none)
//!
//! x: index<V>[..] -> y: [.., N]
//! param weight: [V, N] = normal(0, 1)
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `V => N` | two sizes |  |
//! | `padding_idx` | a number | `none` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: Embedding(5 => 3),
//!     }
//!
//!     fn forward(x: index<5>[4]) -> [4, 3] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! let x = Tensor::from([3, 2, 0, 4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.100, 0.100, 0.100, 0.100, 0.100, 0.100]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer Embedding<V => N, padding_idx: P: real = none>(x: index<V>[..]) -> y: [.., N] {
//!     param weight: [V, N] = normal(0, 1);
//!     if P == none {
//!         y[.., n] = weight[x[..], n];
//!     } else {
//!         y[.., n] = where(x[..] == P, detach(weight[x[..], n]), weight[x[..], n]);
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
//! y[sample, a, n] = weight[x[sample, a], n]
//! d_weight[k, n] = sum[sample, a](where(k == x[sample, a], d_y[sample, a, n], 0))
//! ```
