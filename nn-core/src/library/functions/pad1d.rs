// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A sequence with an edge of zeros, of a `value`, or of its own values.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.pad1d(left = 0, right = 0, value = 0, mode = constant)
//!
//! x: [C, L] -> y: [C, L + B + E]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `left` | a size | `0` |
//! | `right` | a size | `0` |
//! | `value` | a number | `0` |
//! | `mode` | `constant`, `reflect`, `replicate`, `circular` | `constant` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 3]) -> [2, 6] {
//!         x.pad1d(1, 2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.400, -0.100, -0.700, 0.000, 0.000]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn pad1d<
//!     left: B = 0,
//!     right: E = 0,
//!     value: V: real = 0,
//!     mode: one_of(constant, reflect, replicate, circular) = constant,
//! >(x: [C, L])
//!     -> y: [C, L + B + E]
//! {
//!     if mode == constant {
//!         y[c, l] = pad(x[c, l - B], V);
//!     } else if mode == reflect {
//!         require max(B, E) < L, "an axis of {L} is reflected in less than {L} places";
//!         y[c, l] = x[c, L - 1 - abs(L - 1 - abs(l - B))];
//!     } else if mode == replicate {
//!         y[c, l] = x[c, min(max(l - B, 0), L - 1)];
//!     } else {
//!         require max(B, E) <= L, "an axis of {L} is repeated in at most {L} places";
//!         y[c, l] = x[c, l - B - floor((l - B)/L)*L];
//!     }
//! }
//! ```
//!
//! # Derived gradient
//!
//! The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
//! `sample` counts the samples of a step.
//!
//! ```text
//! y[sample, c, l] = pad(x[sample, c, l - 1], 0)
//! d_x[sample, c, l] = d_y[sample, c, l + 1]
//! ```
#![doc(alias = "ZeroPadding1D")]
#![doc(alias = "ConstantPad1d")]
#![doc(alias = "ReflectionPad1d")]
#![doc(alias = "ReplicationPad1d")]
#![doc(alias = "CircularPad1d")]
