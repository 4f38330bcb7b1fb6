// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The greatest value of each channel of a sequence.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.global_max_pool1d()
//!
//! x: [C, L] -> y: [C]
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
//!     fn forward(x: [2, 5]) -> [2] {
//!         x.global_max_pool1d()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.700, 0.500]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn global_max_pool1d(x: [C, L]) -> y: [C] {
//!     y[c] = max[l](x[c, l]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c] = max[l](x[sample, c, l])
//! y_at[sample, c] = argmax[l](x[sample, c, l])
//! d_x[sample, c, l] = where(l == y_at[sample, c], d_y[sample, c], 0)
//! ```
#![doc(alias = "GlobalMaxPooling1D")]
