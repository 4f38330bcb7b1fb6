// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Turns each pair of channels `i` and `i + N/2` by an angle that grows with the position (Su and others, 2021), so that
//!
//! products of queries and keys depend on the distance of their positions.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.rotary_positions(base = 10000.0)
//!
//! x: [.., T, N] -> y: [.., T, N]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `base` | a number | `10000.0` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [3, 4]) -> [3, 4] {
//!         x.rotary_positions()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5], [-0.1, -0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.865, -0.405]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn rotary_positions<base: B: real = 10000.0>(x: [.., T, N]) -> y: [.., T, N] {
//!     require 2 * (N/2) == N, "{N} channels are no pairs";
//!     angle[t: T, i: N/2] = t / pow(B, 2 * i / N);
//!     a[.., t, i: N/2] = x[.., t, i] * cos(angle[t, i]) - x[.., t, i + N/2] * sin(angle[t, i]);
//!     b[.., t, i: N/2] = x[.., t, i + N/2] * cos(angle[t, i]) + x[.., t, i] * sin(angle[t, i]);
//!     y = concat(a, b, axis = -1);
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! angle[t, i] = (t) / powf(10000, 2 * (i) / 4)
//! y[sample, a, b] = x[sample, a, b] * cos(angle[a, b]) - x[sample, a, b + 2] * sin(angle[a, b])
//! y[sample, a, b + 2] = x[sample, a, b + 2] * cos(angle[a, b]) + x[sample, a, b] * sin(angle[a, b])
//! d_b[sample, a, b] = d_y[sample, a, b + 2]
//! d_a[sample, a, b] = d_y[sample, a, b]
//! d_x[sample, t, i] = where(2 <= i, pad(d_b[sample, t, i - 2], 0) * cos(pad(angle[t, i - 2], 0)), 0) + where(2 <= i, -pad(d_a[sample, t, i - 2], 0) * sin(pad(angle[t, i - 2], 0)), 0)
//! d_x[sample, t, i] += d_b[sample, t, i] * sin(angle[t, i])
//! d_x[sample, t, i] += d_a[sample, t, i] * cos(angle[t, i])
//! ```
