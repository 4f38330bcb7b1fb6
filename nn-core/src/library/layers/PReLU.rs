// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `relu` with a learned slope for negative numbers: one for all values, or one for each channel.
//!
//! A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
//! field. It is no item of Rust.
//!
//! ```text
//! PReLU(num_parameters = 1)
//!
//! x: [..] -> y: [..]
//! param weight: [C] = 0.25
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `num_parameters` | a size | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net {
//!         layer: PReLU(),
//!     }
//!
//!     fn forward(x: [5]) -> [5] {
//!         layer(x)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.900, -0.075, -0.350, 1.500, 0.400]");
//! ```
//!
//! # Formula
//!
//! ```text
//! layer PReLU<num_parameters: C = 1>(x: [..]) -> y: [..] {
//!     param weight: [C] = 0.25;
//!     if C == 1 {
//!         y[..] = where(x[..] > 0, x[..], weight[0] * x[..]);
//!     } else {
//!         y = prelu(x, weight);
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
//! y[sample, a] = where(x[sample, a] > 0, x[sample, a], weight[0] * x[sample, a])
//! d_x[sample, a] = d_y[sample, a] * where(x[sample, a] > 0, 1, weight[0])
//! d_weight[0] = sum[sample, a](where(x[sample, a] > 0, 0, d_y[sample, a] * x[sample, a]))
//! ```
