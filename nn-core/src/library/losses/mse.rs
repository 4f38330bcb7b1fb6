// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of squared differences.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! mse(y, t)
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
//!     loss(t: [5]) = mse(output, t);
//! }
//!
//! let y = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
//! let t = Tensor::from([-0.4, -0.9, 0.5, -0.1, -0.6]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.800");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss mse(y: [..], t: [..]) = mean[..](sq(y[..] - t[..]));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! mse_mean[sample] = sum[a]((y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]))
//! loss[sample] = mse_mean[sample] / 5
//! d_mse_mean[sample] = scale / 5
//! d_y[sample, i] = 2 * d_mse_mean[sample] * (y[sample, i] - t[sample, i])
//! ```
#![doc(alias = "MSELoss")]
#![doc(alias = "mean_squared_error")]
#![doc(alias = "l2_loss")]
