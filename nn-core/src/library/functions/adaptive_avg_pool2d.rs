// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! The means of `output` windows that cover an image, whatever its size.
//!
//! A function: it is called in a [`network!`](macro@crate::network) or in
//! [`formulas!`](macro@crate::formulas). It is no item of Rust.
//!
//! ```text
//! x.adaptive_avg_pool2d(output)
//!
//! x: [C, H, W] -> y: [C, NH, NW]
//! ```
//!
//! | argument | what is given | default |
//! | --- | --- | --- |
//! | `output` | a size, or `(NH, NW)` |  |
//!
//! # Example
//!
//! ```
//! use nn_core::prelude::*;
//!
//! network! {
//!     struct Net;
//!
//!     fn forward(x: [2, 7, 4]) -> [2, 3, 3] {
//!         x.adaptive_avg_pool2d(3)
//!     }
//! }
//!
//! let mut session = Net::session(0);
//! let mut x = Tensor::zeros();
//! for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
//!     *element = at as f32 / 10.0;
//! }
//! let y = session.forward(&x);
//! assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.450, 0.550, 0.650, 1.250, 1.350, 1.450]");
//! ```
//!
//! # Formula
//!
//! ```text
//! fn adaptive_avg_pool2d<output: (NH, NW)>(x: [C, H, W]) -> y: [C, NH, NW] {
//!     if widest(H, NH) * NH + widest(W, NW) * NW == H + W {
//!         y = avg_pool2d(x, (H/NH, W/NW));
//!     } else {
//!         n[h: NH] = ceil((h + 1)*H / NH) - floor(h*H / NH);
//!         m[w: NW] = ceil((w + 1)*W / NW) - floor(w*W / NW);
//!         y[c, h, w] = sum[i: widest(H, NH), j: widest(W, NW)](where(i < n[h], where(j < m[w],
//!             x[c, min(floor(h*H / NH) + i, H - 1), min(floor(w*W / NW) + j, W - 1)], 0), 0)) / (n[h] * m[w]);
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
//! n[h] = ceil(((h) + 1) * 7 / 3) - floor((h) * 7 / 3)
//! m[w] = ceil(((w) + 1) * 4 / 3) - floor((w) * 4 / 3)
//! adaptive_avg_pool2d_sum[sample, c, h, w] = sum[i, j](where(i < n[h], where(j < m[w], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]], 0), 0))
//! y[sample, c, h, w] = adaptive_avg_pool2d_sum[sample, c, h, w] / (n[h] * m[w])
//! d_adaptive_avg_pool2d_sum[sample, c, h, w] = d_y[sample, c, h, w] / (n[h] * m[w])
//! d_x[sample, i, j, k] = 0
//! d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]] += where(i < n[h], where(j < m[w], d_adaptive_avg_pool2d_sum[sample, c, h, w], 0), 0)
//! ```
