// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! An image enlarged by linear interpolation along both axes. With `align_corners` the outermost values meet.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.upsample_bilinear2d(factor, align_corners = false)
//!
//! x: [C, H, W] -> y: [C, H*FH, W*FW]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `factor` | a size, or `(FH, FW)` |  |
//! | `align_corners` | `true` or `false` | `false` |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 3, 2]) -> [2, 6, 4] {
//!         x.upsample_bilinear2d(2)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.275, 0.025, -0.100, 0.125, 0.119]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn upsample_bilinear2d<factor: (FH, FW), align_corners: bool = false>(x: [C, H, W]) -> y: [C, H*FH, W*FW] {
//!     if align_corners {
//!         r[h: H*FH] = h*(H - 1) / max(H*FH - 1, 1);
//!         s[w: W*FW] = w*(W - 1) / max(W*FW - 1, 1);
//!         rows[h: H*FH, i: 2] = max(1 - abs(r[h] - floor(r[h]) - i), 0);
//!         columns[w: W*FW, j: 2] = max(1 - abs(s[w] - floor(s[w]) - j), 0);
//!         y[c, h, w] = sum[i: 2, j: 2](rows[h, i] * columns[w, j]
//!             * x[
//!                 c,
//!                 min(floor(h*(H - 1) / max(H*FH - 1, 1)) + i, H - 1),
//!                 min(floor(w*(W - 1) / max(W*FW - 1, 1)) + j, W - 1),
//!             ]);
//!     } else {
//!         r[h: H*FH] = max((h + 0.5)/FH - 0.5, 0);
//!         s[w: W*FW] = max((w + 0.5)/FW - 0.5, 0);
//!         rows[h: H*FH, i: 2] = max(1 - abs(r[h] - floor(r[h]) - i), 0);
//!         columns[w: W*FW, j: 2] = max(1 - abs(s[w] - floor(s[w]) - j), 0);
//!         y[c, h, w] = sum[i: 2, j: 2](rows[h, i] * columns[w, j]
//!             * x[
//!                 c,
//!                 min(floor(max((h + 0.5)/FH - 0.5, 0)) + i, H - 1),
//!                 min(floor(max((w + 0.5)/FW - 0.5, 0)) + j, W - 1),
//!             ]);
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
//! r[h] = max(((h) + 0.5) / 2 - 0.5, 0)
//! s[w] = max(((w) + 0.5) / 2 - 0.5, 0)
//! rows[h, i] = max(1 - abs(r[h] - floor(r[h]) - (i)), 0)
//! columns[w, j] = max(1 - abs(s[w] - floor(s[w]) - (j)), 0)
//! y[sample, c, h, w] = sum[i, j](rows[h, i] * columns[w, j] * x[sample, c, [0, 1, 0, 1, 0, 1, 1, 2, …][2*h + i], [0, 1, 0, 1, 0, 1, 1, 1][2*w + j]])
//! d_x[sample, i, j, k] = 0
//! d_x[sample, c, [0, 1, 0, 1, 0, 1, 1, 2, …][2*h + i], [0, 1, 0, 1, 0, 1, 1, 1][2*w + j]] += d_y[sample, c, h, w] * rows[h, i] * columns[w, j]
//! ```
#![doc(alias = "interpolate")]
