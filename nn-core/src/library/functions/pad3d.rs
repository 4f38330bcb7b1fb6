// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! A volume with an edge of zeros, of a `value`, or of its own values.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.pad3d(front = 0, back = 0, top = 0, bottom = 0, left = 0, right = 0, value = 0, mode = constant)
//!
//! x: [C, D, H, W] -> y: [C, D + BD + ED, H + BH + EH, W + BW + EW]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `front` | a size | `0` |
//! | `back` | a size | `0` |
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
//!     fn forward(x: [1, 2, 2, 2]) -> [1, 3, 3, 4] {
//!         x.pad3d(front = 1, bottom = 1, left = 2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[[[0.4, -0.1], [-0.7, 0.7]], [[0.2, -0.4], [-0.9, 0.5]]]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.000, 0.000, 0.000, 0.000, 0.000]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn pad3d<
//!     front: BD = 0,
//!     back: ED = 0,
//!     top: BH = 0,
//!     bottom: EH = 0,
//!     left: BW = 0,
//!     right: EW = 0,
//!     value: V: real = 0,
//!     mode: one_of(constant, reflect, replicate, circular) = constant,
//! >(x: [C, D, H, W])
//!     -> y: [C, D + BD + ED, H + BH + EH, W + BW + EW]
//! {
//!     if mode == constant {
//!         y[c, d, h, w] = pad(x[c, d - BD, h - BH, w - BW], V);
//!     } else if mode == reflect {
//!         require max(BD, ED) < D, "an axis of {D} is reflected in less than {D} places";
//!         require max(BH, EH) < H, "an axis of {H} is reflected in less than {H} places";
//!         require max(BW, EW) < W, "an axis of {W} is reflected in less than {W} places";
//!         y[c, d, h, w] = x[
//!             c,
//!             D - 1 - abs(D - 1 - abs(d - BD)),
//!             H - 1 - abs(H - 1 - abs(h - BH)),
//!             W - 1 - abs(W - 1 - abs(w - BW)),
//!         ];
//!     } else if mode == replicate {
//!         y[c, d, h, w] = x[c, min(max(d - BD, 0), D - 1), min(max(h - BH, 0), H - 1), min(max(w - BW, 0), W - 1)];
//!     } else {
//!         require max(BD, ED) <= D, "an axis of {D} is repeated in at most {D} places";
//!         require max(BH, EH) <= H, "an axis of {H} is repeated in at most {H} places";
//!         require max(BW, EW) <= W, "an axis of {W} is repeated in at most {W} places";
//!         y[c, d, h, w] = x[c, d - BD - floor((d - BD)/D)*D, h - BH - floor((h - BH)/H)*H, w - BW - floor((w - BW)/W)*W];
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
//! y[sample, c, d, h, w] = pad(x[sample, c, d - 1, h, w - 2], 0)
//! d_x[sample, c, d, h, w] = d_y[sample, c, d + 1, h, w + 2]
//! ```
#![doc(alias = "ZeroPadding3D")]
#![doc(alias = "ConstantPad3d")]
#![doc(alias = "ReplicationPad3d")]
