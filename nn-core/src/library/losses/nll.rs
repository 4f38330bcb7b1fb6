// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The negative log-likelihood of classes, for an output of log-probabilities. Ignored targets do not count.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! nll(y, t, weight = 1, ignore_index = none)
//!
//! y: [N, ..], t: index<N or I>[..] -> l: [] / d: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `weight` | a number, or numbers of the shape `[N]` | `1` |
//! | `ignore_index` | a number | `none` |
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
//!     loss(t: index<5>) = nll(output, t);
//! }
//!
//! let y = Tensor::from([-0.9, -1.7, -2.6, -0.5, -1.3]);
//! let t = 1;
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "1.700");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss nll<weight: W: [N] = 1, ignore_index: I: real = none>(y: [N, ..], t: index<N or I>[..]) -> l: [] / d: [] {
//!     if I == none {
//!         w[..] = W[t[..]];
//!         l = -sum[..](W[t[..]] * y[t[..], ..]);
//!     } else {
//!         w[..] = where(t[..] == I, 0, W[t[..]]);
//!         l = -sum[..](where(t[..] == I, 0, W[t[..]] * y[t[..], ..]));
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
//! loss[sample] = -y[sample, t[sample]]
//! d_y[sample, i] = where(i == t[sample], -scale, 0)
//! ```
#![doc(alias = "NLLLoss")]
