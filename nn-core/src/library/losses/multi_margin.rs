// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! How far the values of other classes come within `margin` of the value of the right class.
//!
//! It is divided by the number of classes.
//!
//! A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
//! network has one output. It is no item of Rust.
//!
//! ```text
//! multi_margin(y, t, p = 1, margin = 1.0, weight = 1)
//!
//! y: [N], t: index<N> -> l: []
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `p` | a size | `1` |
//! | `margin` | a number | `1.0` |
//! | `weight` | a number, or numbers of the shape `[N]` | `1` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(y: [4]) -> [4] {
//!         y
//!     }
//!
//!     loss(t: index<4>) = multi_margin(output, t);
//! }
//!
//! let y = Tensor::from([0.17, -0.05, -0.28, 0.3]);
//! let t = 1;
//! let mut workspace = nn_core::train_workspace::<Net>();
//! let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
//! assert_eq!(format!("{loss:.3}"), "0.835");
//! # Ok::<(), Error>(())
//! ```
//!
//! # Formula
//!
//! ```text
//! loss multi_margin<p: P = 1, margin: M: real = 1.0, weight: W: [N] = 1>(y: [N], t: index<N>) -> l: [] {
//!     require 1 <= P;
//!     require P <= 2;
//!     if P == 1 {
//!         l = W[t] / N * sum[k](where(k == t, 0, max(M - y[t] + y[k], 0)));
//!     } else {
//!         l = W[t] / N * sum[k](where(k == t, 0, sq(max(M - y[t] + y[k], 0))));
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
//! multi_margin_sum[sample] = sum[a](where(a == t[sample], 0, max(1 - y[sample, t[sample]] + y[sample, a], 0)))
//! loss[sample] = multi_margin_sum[sample] / 4
//! d_multi_margin_sum[sample] = scale / 4
//! d_output[sample, k] = sum[a](where(k == t[sample], where(a == t[sample], 0, where(max(1 - y[sample, t[sample]] + y[sample, a], 0) <= 0, 0, -d_multi_margin_sum[sample])), 0))
//! d_output[sample, a] += where(a == t[sample], 0, where(max(1 - y[sample, t[sample]] + y[sample, a], 0) <= 0, 0, d_multi_margin_sum[sample]))
//! d_y[sample, i] = d_output[sample, i]
//! ```
#![doc(alias = "MultiMarginLoss")]
