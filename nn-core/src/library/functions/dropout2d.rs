// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `dropout` of whole channels: all values of a channel are zeroed together.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.dropout2d(rate = 0.5)
//!
//! x: [C, ..] -> y: [C, ..]
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
//!     fn forward(x: [5, 2, 2]) -> [5, 2, 2] {
//!         x.dropout2d(0.4)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.100, 0.200, 0.300, 0.400, 0.500]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn dropout1d, dropout2d, dropout3d<rate: P: real = 0.5>(x: [C, ..]) -> y: [C, ..] {
//!     require 0 <= P;
//!     require P < 1;
//!     train {
//!         kept[c: C] = where(random() < P, 0, 1 / (1 - P));
//!         y[c, ..] = x[c, ..] * kept[c];
//!     }
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
//! kept[sample, c] = where(random0[c] < 0.4, 0, 1.6666666666666667)
//! y[sample, c, a, b] = x[sample, c, a, b] * kept[sample, c]
//! d_x[sample, c, a, b] = d_y[sample, c, a, b] * kept[sample, c]
//! ```
#![doc(alias = "SpatialDropout2D")]
