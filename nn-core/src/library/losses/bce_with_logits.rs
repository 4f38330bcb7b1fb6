// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Binary cross entropy of logits: of `sigmoid(y)`, without overflow.
//!
//! `pos_weight` multiplies the part of positive targets.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! bce_with_logits(y, t, weight = 1, pos_weight = 1)
//!
//! y: [..], t: [..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `weight` | a number, or numbers of the shape `[..]` | `1` |
//! | `pos_weight` | a number, or numbers of the shape `[..]` | `1` |
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
//!     loss(t: [5]) = bce_with_logits(output, t);
//! }
//!
//! let y = Tensor::from([1.3, -0.4, -2.1, 2.2, 0.5]);
//! let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "1.066");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss bce_with_logits<weight: W: [..] = 1, pos_weight: P: [..] = 1>(y: [..], t: [..]) =
//!     mean[..](W[..] * ((1 - t[..]) * y[..] - (1 + (P[..] - 1) * t[..]) * log_sigmoid(y[..])));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! bce_with_logits_mean[sample] = sum[a]((1 - t[sample, a]) * y[sample, a] - (0 * t[sample, a] + 1) * where(y[sample, a] < 0, y[sample, a] - ln_1p(exp(y[sample, a])), -ln_1p(exp(-y[sample, a]))))
//! loss[sample] = bce_with_logits_mean[sample] / 5
//! d_bce_with_logits_mean[sample] = scale / 5
//! d_y[sample, i] = d_bce_with_logits_mean[sample] * (1 - t[sample, i] - (0 * t[sample, i] + 1) * where(y[sample, i] < 0, 1 - exp(y[sample, i]) / (exp(y[sample, i]) + 1), exp(-y[sample, i]) / (exp(-y[sample, i]) + 1)))
//! ```
#![doc(alias = "BCEWithLogitsLoss")]
#![doc(alias = "binary_cross_entropy_with_logits")]
#![doc(alias = "sigmoid_cross_entropy")]
