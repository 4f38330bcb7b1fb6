// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A distance where the target is 1, and what it lacks of `margin` where the target is -1.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! hinge_embedding(y, t, margin = 1.0)
//!
//! y: [..], t: [..]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `margin` | a number | `1.0` |
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
//!     loss(t: [5]) = hinge_embedding(output, t);
//! }
//!
//! let y = Tensor::from([0.67, 0.45, 0.22, 0.8, 0.57]);
//! let t = Tensor::from([-1.0, -1.0, -1.0, -1.0, -1.0]);
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.458");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss hinge_embedding<margin: M: real = 1.0>(y: [..], t: [..]) =
//!     mean[..](where(t[..] == 1, 0, where(y[..] <= M, M - y[..], 0)) + where(t[..] == -1, 0, y[..]));
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
//! of a step, and `scale` is the factor of each in the loss.
//!
//! ```text
//! hinge_embedding_mean[sample] = sum[a](where(t[sample, a] == 1, 0, where(y[sample, a] <= 1, 1 - y[sample, a], 0)) + where(t[sample, a] == -1, 0, y[sample, a]))
//! loss[sample] = hinge_embedding_mean[sample] / 5
//! d_hinge_embedding_mean[sample] = scale / 5
//! d_y[sample, i] = d_hinge_embedding_mean[sample] * (where(t[sample, i] == 1, 0, where(y[sample, i] <= 1, -1, 0)) + where(t[sample, i] == -1, 0, 1))
//! ```
#![doc(alias = "HingeEmbeddingLoss")]
