// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! An image with an edge of zeros, of a `value`, or of its own values.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.pad2d(top = 0, bottom = 0, left = 0, right = 0, value = 0, mode = constant)
//!
//! x: [C, H, W] -> y: [C, H + BH + EH, W + BW + EW]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `top` | a size | `0` |
//! | `bottom` | a size | `0` |
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
//!     fn forward(x: [2, 3, 2]) -> [2, 4, 4] {
//!         x.pad2d(top = 1, right = 2, value = 0.5)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.500, 0.500, 0.500, 0.500, 0.400, -0.100]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn pad2d<
//!     top: BH = 0,
//!     bottom: EH = 0,
//!     left: BW = 0,
//!     right: EW = 0,
//!     value: V: real = 0,
//!     mode: one_of(constant, reflect, replicate, circular) = constant,
//! >(x: [C, H, W])
//!     -> y: [C, H + BH + EH, W + BW + EW]
//! {
//!     if mode == constant {
//!         y[c, h, w] = pad(x[c, h - BH, w - BW], V);
//!     } else if mode == reflect {
//!         require max(BH, EH) < H, "an axis of {H} is reflected in less than {H} places";
//!         require max(BW, EW) < W, "an axis of {W} is reflected in less than {W} places";
//!         y[c, h, w] = x[c, H - 1 - abs(H - 1 - abs(h - BH)), W - 1 - abs(W - 1 - abs(w - BW))];
//!     } else if mode == replicate {
//!         y[c, h, w] = x[c, min(max(h - BH, 0), H - 1), min(max(w - BW, 0), W - 1)];
//!     } else {
//!         require max(BH, EH) <= H, "an axis of {H} is repeated in at most {H} places";
//!         require max(BW, EW) <= W, "an axis of {W} is repeated in at most {W} places";
//!         y[c, h, w] = x[c, h - BH - floor((h - BH)/H)*H, w - BW - floor((w - BW)/W)*W];
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
//! y[sample, c, h, w] = pad(x[sample, c, h - 1, w], 0.5)
//! d_x[sample, c, h, w] = d_y[sample, c, h + 1, w]
//! ```
#![doc(alias = "ZeroPadding2D")]
#![doc(alias = "ZeroPad2d")]
#![doc(alias = "ConstantPad2d")]
#![doc(alias = "ReflectionPad2d")]
#![doc(alias = "ReplicationPad2d")]
#![doc(alias = "CircularPad2d")]
