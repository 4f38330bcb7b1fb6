// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Half the squared difference divided by `beta` where the difference is less than `beta`, and a line beyond.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! smooth_l1(y, t, beta = 1.0)
//!
//! y: [..], t: [..] -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `beta` | a number | `1.0` |
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
//!     loss(t: [5]) = smooth_l1(output, t);
//! }
//!
//! let y = Tensor::from([0.17, -0.05, -0.28, 0.3, 0.07]);
//! let t = Tensor::from([-0.15, -0.38, 0.2, -0.03, -0.25]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.065");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss smooth_l1<beta: B: real = 1.0>(y: [..], t: [..]) -> l: [] {
//!     require B >= 0;
//!     if B == 0 {
//!         l = mean[..](abs(y[..] - t[..]));
//!     } else {
//!         l = mean[..](where(abs(y[..] - t[..]) < B, 0.5 * sq(y[..] - t[..]) / B, abs(y[..] - t[..]) - 0.5 * B));
//!     }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! smooth_l1_mean[sample] = sum[a](where(abs(y[sample, a] - t[sample, a]) < 1, 0.5 * (y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]), abs(y[sample, a] - t[sample, a]) - 0.5))
//! loss[sample] = smooth_l1_mean[sample] / 5
//! d_smooth_l1_mean[sample] = scale / 5
//! d_y[sample, i] = d_smooth_l1_mean[sample] * where(abs(y[sample, i] - t[sample, i]) < 1, y[sample, i] - t[sample, i], sign(y[sample, i] - t[sample, i]))
//! ```
#![doc(alias = "SmoothL1Loss")]
