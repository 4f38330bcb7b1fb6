// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! `bce_with_logits` with less weight on what is right already.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! focal(y, t, gamma = 2.0, alpha = 0.25)
//!
//! y: [..], t: [..] -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `gamma` | a number | `2.0` |
//! | `alpha` | a number | `0.25` |
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
//!     loss(t: [5]) = focal(output, t);
//! }
//!
//! let y = Tensor::from([1.3, -0.4, -2.1, 2.2, 0.5]);
//! let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.187");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss focal<gamma: G: real = 2.0, alpha: A: real = 0.25>(y: [..], t: [..]) -> l: [] {
//!     require G >= 0;
//!     wrong[..] = sigmoid(y[..]) * (1 - t[..]) + sigmoid(-y[..]) * t[..];
//!     share[..] = A * t[..] + (1 - A) * (1 - t[..]);
//!     e[..] = -t[..] * log_sigmoid(y[..]) - (1 - t[..]) * log_sigmoid(-y[..]);
//!     l = mean[..](share[..] * pow(max(wrong[..], 1e-37), G) * e[..]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! wrong[sample, a] = sigmoid(y[sample, a]) * (1 - t[sample, a]) + sigmoid(-y[sample, a]) * t[sample, a]
//! share[sample, a] = 0.25 * t[sample, a] + 0.75 * (1 - t[sample, a])
//! e[sample, a] = -t[sample, a] * where(y[sample, a] < 0, y[sample, a] - ln_1p(exp(y[sample, a])), -ln_1p(exp(-y[sample, a]))) - (1 - t[sample, a]) * where(-y[sample, a] < 0, -y[sample, a] - ln_1p(exp(-y[sample, a])), -ln_1p(exp(y[sample, a])))
//! focal_mean[sample] = sum[a](share[sample, a] * max(wrong[sample, a], 0.0000000000000000000000000000000000001) * max(wrong[sample, a], 0.0000000000000000000000000000000000001) * e[sample, a])
//! loss[sample] = focal_mean[sample] / 5
//! d_focal_mean[sample] = scale / 5
//! d_y[sample, i] = d_focal_mean[sample] * share[sample, i] * max(wrong[sample, i], 0.0000000000000000000000000000000000001) * max(wrong[sample, i], 0.0000000000000000000000000000000000001) * (-t[sample, i] * where(y[sample, i] < 0, 1 - exp(y[sample, i]) / (exp(y[sample, i]) + 1), exp(-y[sample, i]) / (exp(-y[sample, i]) + 1)) - (1 - t[sample, i]) * where(-y[sample, i] < 0, exp(-y[sample, i]) / (exp(-y[sample, i]) + 1) - 1, -exp(y[sample, i]) / (exp(y[sample, i]) + 1))) + where(max(wrong[sample, i], 0.0000000000000000000000000000000000001) <= 0.0000000000000000000000000000000000001, 0, 2 * ((1 - t[sample, i]) * sigmoid(y[sample, i]) * (1 - sigmoid(y[sample, i])) - t[sample, i] * sigmoid(-y[sample, i]) * (1 - sigmoid(-y[sample, i]))) * d_focal_mean[sample] * share[sample, i] * max(wrong[sample, i], 0.0000000000000000000000000000000000001) * e[sample, i])
//! ```
#![doc(alias = "sigmoid_focal_loss")]
#![doc(alias = "BinaryFocalCrossentropy")]
