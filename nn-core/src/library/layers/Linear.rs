// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A dense layer: the product of a matrix with the last axis, and a bias.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! Linear(In => Out, bias = true)
//!
//! x: [.., In] -> y: [.., Out]
//! param weight: [Out, In] = kaiming_uniform(In, a = sqrt(5))
//! param bias: [Out] = uniform(1 / sqrt(In))
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `In => Out` | two sizes |  |
//! | `bias` | `true` or `false` | `true` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: Linear(5 => 3),
//!     }
//!
//!     fn forward(x: [5]) -> [3] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! session.network.params.layer.weight = Tensor::filled(0.1);
//! session.network.params.layer.bias = Tensor::filled(0.5);
//! let x = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.550, 0.550, 0.550]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer Linear<In => Out, bias: bool = true>(x: [.., In]) -> y: [.., Out] {
//!     param weight: [Out, In] = kaiming_uniform(In, a = sqrt(5));
//!     if bias {
//!         param bias: [Out] = uniform(1 / sqrt(In));
//!         y[.., o] = bias[o] + sum[i](weight[o, i] * x[.., i]);
//!     } else {
//!         y[.., o] = sum[i](weight[o, i] * x[.., i]);
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
//! layer_sum[sample, o] = sum[i](weight[o, i] * x[sample, i])
//! y[sample, o] = bias[o] + layer_sum[sample, o]
//! d_bias[o] = sum[sample](d_y[sample, o])
//! d_weight[o, i] = sum[sample](d_y[sample, o] * x[sample, i])
//! d_x[sample, i] = sum[o](d_y[sample, o] * weight[o, i])
//! ```
#![doc(alias = "Dense")]
#![doc(alias = "FullyConnected")]
#![doc(alias = "fc")]
