// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of absolute differences.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! l1(y, t)
//!
//! y: [..], t: [..]
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
//!     fn forward(y: [5]) -> [5] {
//!         y
//!     }
//!
//!     loss(t: [5]) = l1(output, t);
//! }
//!
//! let y = Tensor::from([0.75, 0.49, 0.24, 0.89, 0.63]);
//! let t = Tensor::from([-0.7, -1.0, -0.3, -0.5, -0.8]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "1.260");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss l1(y: [..], t: [..]) = mean[..](abs(y[..] - t[..]));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! l1_mean[sample] = sum[a](abs(y[sample, a] - t[sample, a]))
//! loss[sample] = l1_mean[sample] / 5
//! d_l1_mean[sample] = scale / 5
//! d_y[sample, i] = d_l1_mean[sample] * sign(y[sample, i] - t[sample, i])
//! ```
#![doc(alias = "L1Loss")]
#![doc(alias = "mae")]
#![doc(alias = "mean_absolute_error")]
