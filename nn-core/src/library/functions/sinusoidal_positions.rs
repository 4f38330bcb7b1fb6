// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Adds sines and cosines of the position to each vector, with wavelengths from 2π to 10000 · 2π (Vaswani and others,
//!
//! 2017). The number of channels is even.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.sinusoidal_positions()
//!
//! x: [T, N] -> y: [T, N]
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
//!     fn forward(x: [3, 4]) -> [3, 4] {
//!         x.sinusoidal_positions()
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5], [-0.1, -0.6, 0.8, 0.2]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.900, -0.700, 1.700, 1.041, 0.140]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn sinusoidal_positions(x: [T, N]) -> y: [T, N] {
//!     require 2 * (N/2) == N, "{N} channels are no pairs";
//!     angle[t: T, i: N/2] = t / pow(10000, 2 * i / N);
//!     wave[t: T, i: N/2, k: 2] = where(k < 1, sin(angle[t, i]), cos(angle[t, i]));
//!     y[t, 2*i + k] = x[t, 2*i + k] + wave[t, i, k];
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
//! wave[t, i, k] = where(k < 1, sin(angle[t, i]), cos(angle[t, i]))
//! y[sample, t, 2*i + k] = x[sample, t, 2*i + k] + wave[t, i, k]
//! d_x[sample, t, 2*i + k] = d_y[sample, t, 2*i + k]
//! ```
