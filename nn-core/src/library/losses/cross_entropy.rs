// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Cross entropy of logits, for targets that are classes, one for each position behind the axis of the classes.
//!
//! Ignored targets count neither in the sum nor in what it is divided by.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! cross_entropy(y, t, weight = 1, ignore_index = none, label_smoothing = 0)
//!
//! y: [N, ..], t: index<N or I>[..] -> l: [] / d: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `weight` | a number, or numbers of the shape `[N]` | `1` |
//! | `ignore_index` | a number | `none` |
//! | `label_smoothing` | a number | `0` |
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
//!     loss(t: index<5>) = cross_entropy(output, t);
//! }
//!
//! let y = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
//! let t = 1;
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "2.543");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss cross_entropy<weight: W: [N] = 1, ignore_index: I: real = none, label_smoothing: S: real = 0>(
//!     y: [N, ..], t: index<N or I>[..]) -> l: [] / d: []
//! {
//!     require 0 <= S;
//!     require S <= 1;
//!     p = log_softmax(y, axis = 0);
//!     if I == none {
//!         w[..] = W[t[..]];
//!         e[..] = -W[t[..]] * p[t[..], ..];
//!         s[..] = -sum[k](W[k] * p[k, ..]);
//!     } else {
//!         w[..] = where(t[..] == I, 0, W[t[..]]);
//!         e[..] = where(t[..] == I, 0, -W[t[..]] * p[t[..], ..]);
//!         s[..] = where(t[..] == I, 0, -sum[k](W[k] * p[k, ..]));
//!     }
//!     if S == 0 {
//!         l = sum[..](e[..]);
//!     } else {
//!         l = sum[..]((1 - S) * e[..] + S / N * s[..]);
//!     }
//!     d = sum[..](w[..]);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! log_softmax_m[sample] = max[n](y[sample, n])
//! log_softmax_s[sample] = sum[n](exp(y[sample, n] - detach(log_softmax_m[sample])))
//! loss[sample] = -y[sample, t[sample]] + detach(log_softmax_m[sample]) + ln(log_softmax_s[sample])
//! d_log_softmax_s[sample] = scale / log_softmax_s[sample]
//! d_y[sample, i] = where(i == t[sample], -scale, 0) + d_log_softmax_s[sample] * exp(y[sample, i] - detach(log_softmax_m[sample]))
//! ```
//!
//! # `y: [N, ..], t: [N, ..] -> l: []`
//!
//! The same for targets that are probabilities.
//!
//! ```text
//! cross_entropy(y, t, weight = 1, label_smoothing = 0)
//!
//! y: [N, ..], t: [N, ..] -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `weight` | a number, or numbers of the shape `[N]` | `1` |
//! | `label_smoothing` | a number | `0` |
//!
//! ## Example
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
//!     loss(t: [5]) = cross_entropy(output, t);
//! }
//!
//! let y = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
//! let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "3.693");
//! # Ok::<(), Error>(())
//! ```
//!
//! ## Formula
//!
//! ```text
//! loss cross_entropy<weight: W: [N] = 1, label_smoothing: S: real = 0>(y: [N, ..], t: [N, ..]) -> l: [] {
//!     require 0 <= S;
//!     require S <= 1;
//!     p = log_softmax(y, axis = 0);
//!     l = mean[..](-sum[k](W[k] * (t[k, ..] * (1 - S) + S / N) * p[k, ..]));
//! }
//! ```
//!
//! ## Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! log_softmax_m[sample] = max[n](y[sample, n])
//! log_softmax_s[sample] = sum[n](exp(y[sample, n] - detach(log_softmax_m[sample])))
//! log_softmax[sample, n] = y[sample, n] - detach(log_softmax_m[sample]) - ln(log_softmax_s[sample])
//! cross_entropy_sum[sample] = sum[k]((t[sample, k] + 0 * 1 / 5) * log_softmax[sample, k])
//! loss[sample] = -cross_entropy_sum[sample]
//! d_log_softmax[sample, k] = -scale * t[sample, k]
//! d_log_softmax_s[sample] = sum[n](-d_log_softmax[sample, n] / log_softmax_s[sample])
//! d_y[sample, i] = d_log_softmax[sample, i] + d_log_softmax_s[sample] * exp(y[sample, i] - detach(log_softmax_m[sample]))
//! ```
#![doc(alias = "CrossEntropyLoss")]
#![doc(alias = "categorical_crossentropy")]
#![doc(alias = "sparse_categorical_crossentropy")]
#![doc(alias = "softmax_cross_entropy")]
