// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Binary cross entropy of probabilities. The logarithms are kept above -100.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! bce(y, t, weight = 1)
//!
//! y: [..], t: [..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `weight` | a number, or numbers of the shape `[..]` | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(y: [5]) -> [5] {
//!         y
//!     }
//!
//!     loss(t: [5]) = bce(output, t);
//! }
//!
//! let y = Tensor::from([0.67, 0.45, 0.22, 0.8, 0.57]);
//! let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.866");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss bce<weight: W: [..] = 1>(y: [..], t: [..]) =
//!     mean[..](W[..] * (-t[..] * max(ln(y[..]), -100) - (1 - t[..]) * max(ln(1 - y[..]), -100)));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! bce_mean[sample] = sum[a](-t[sample, a] * max(ln(y[sample, a]), -100) - (1 - t[sample, a]) * max(ln(1 - y[sample, a]), -100))
//! loss[sample] = bce_mean[sample] / 5
//! d_bce_mean[sample] = scale / 5
//! d_y[sample, i] = d_bce_mean[sample] * (-where(max(ln(y[sample, i]), -100) <= -100, 0, t[sample, i] / y[sample, i]) - where(max(ln(1 - y[sample, i]), -100) <= -100, 0, -(1 - t[sample, i]) / (1 - y[sample, i])))
//! ```
#![doc(alias = "BCELoss")]
#![doc(alias = "binary_crossentropy")]
#![doc(alias = "binary_cross_entropy")]
