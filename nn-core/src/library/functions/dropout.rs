// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Zeroes each value with probability `rate` while training, and divides the others by `1 - rate`.
//!
//! The mean stays. A prediction changes nothing.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.dropout(rate = 0.5)
//!
//! x: [..] -> y: [..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `rate` | a number | `0.5` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [7]) -> [7] {
//!         x.dropout(0.2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4, -0.8, -1.9]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400, 1.500, 0.400, -0.800, -1.900]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn dropout<rate: P: real = 0.5>(x: [..]) -> y: [..] {
//!     require 0 <= P;
//!     require P < 1;
//!     train { y[..] = where(random() < P, 0, x[..] / (1 - P)); }
//!     infer { y = x; }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, a] = where(random0[a] < 0.2, 0, 1.25 * x[sample, a])
//! d_x[sample, a] = where(random0[a] < 0.2, 0, 1.25 * d_y[sample, a])
//! ```
