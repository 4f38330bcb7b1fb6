// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The product of two matrices, or of as many as the axes in front stand for.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! a.matmul(b)
//!
//! a: [.., I, K], b: [.., K, J] -> y: [.., I, J]
//! ```
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(a: [2, 3], b: [3, 4]) -> [2, 4] {
//!         a.matmul(b)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let a = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
//! let b = Tensor::from([[-0.4, -0.9, 0.5, -0.1], [-0.6, 0.8, 0.2, -0.3], [-0.9, 0.5, -0.0, -0.6]]);
//! let y = session.forward(&NetInput { a, b });
//! assert_eq!(format!("{y:.3?}"), "[[0.530, -0.790, 0.180, 0.410], [-0.040, -0.670, 0.390, 0.110]]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn matmul(a: [.., I, K], b: [.., K, J]) -> y: [.., I, J] {
//!     y[.., i, j] = sum[k](a[.., i, k] * b[.., k, j]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, i, j] = sum[k](a[sample, i, k] * b[sample, k, j])
//! d_a[sample, i, k] = sum[j](d_y[sample, i, j] * b[sample, k, j])
//! d_b[sample, k, j] = sum[i](d_y[sample, i, j] * a[sample, i, k])
//! ```
