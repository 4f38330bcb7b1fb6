// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The mean of `max(1 - t * y, 0)`, for targets that are -1 or 1.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! hinge(y, t)
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
//!     loss(t: [5]) = hinge(output, t);
//! }
//!
//! let y = Tensor::from([0.4, -0.1, -0.6, 0.7, 0.2]);
//! let t = Tensor::from([1.0, 1.0, 1.0, 1.0, 1.0]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.880");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss hinge(y: [..], t: [..]) = mean[..](max(1 - t[..] * y[..], 0));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! hinge_mean[sample] = sum[a](max(1 - t[sample, a] * y[sample, a], 0))
//! loss[sample] = hinge_mean[sample] / 5
//! d_hinge_mean[sample] = scale / 5
//! d_y[sample, i] = where(max(1 - t[sample, i] * y[sample, i], 0) <= 0, 0, -d_hinge_mean[sample] * t[sample, i])
//! ```
