// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// A sequence with an edge of zeros, of a `value`, or of its own values.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.pad1d(left = 0, right = 0, value = 0, mode = constant)
///
/// x: [C, L] -> y: [C, L + B + E]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `left` | a size | `0` |
/// | `right` | a size | `0` |
/// | `value` | a number | `0` |
/// | `mode` | `constant`, `reflect`, `replicate`, `circular` | `constant` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [2, 6] {
///         x.pad1d(1, 2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.400, -0.100, -0.700, 0.000, 0.000]");
/// ```
///
/// # Formula
///
/// ```text
/// fn pad1d<
///     left: B = 0,
///     right: E = 0,
///     value: V: real = 0,
///     mode: one_of(constant, reflect, replicate, circular) = constant,
/// >(x: [C, L])
///     -> y: [C, L + B + E]
/// {
///     if mode == constant {
///         y[c, l] = pad(x[c, l - B], V);
///     } else if mode == reflect {
///         require max(B, E) < L, "an axis of {L} is reflected in less than {L} places";
///         y[c, l] = x[c, L - 1 - abs(L - 1 - abs(l - B))];
///     } else if mode == replicate {
///         y[c, l] = x[c, min(max(l - B, 0), L - 1)];
///     } else {
///         require max(B, E) <= L, "an axis of {L} is repeated in at most {L} places";
///         y[c, l] = x[c, l - B - floor((l - B)/L)*L];
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, l] = pad(x[sample, c, l - 1], 0)
/// d_x[sample, c, l] = d_y[sample, c, l + 1]
/// ```
#[doc(alias = "ZeroPadding1D")]
#[doc(alias = "ConstantPad1d")]
#[doc(alias = "ReflectionPad1d")]
#[doc(alias = "ReplicationPad1d")]
#[doc(alias = "CircularPad1d")]
pub mod pad1d {}

/// An image with an edge of zeros, of a `value`, or of its own values.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.pad2d(top = 0, bottom = 0, left = 0, right = 0, value = 0, mode = constant)
///
/// x: [C, H, W] -> y: [C, H + BH + EH, W + BW + EW]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `top` | a size | `0` |
/// | `bottom` | a size | `0` |
/// | `left` | a size | `0` |
/// | `right` | a size | `0` |
/// | `value` | a number | `0` |
/// | `mode` | `constant`, `reflect`, `replicate`, `circular` | `constant` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3, 2]) -> [2, 4, 4] {
///         x.pad2d(top = 1, right = 2, value = 0.5)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.500, 0.500, 0.500, 0.500, 0.400, -0.100]");
/// ```
///
/// # Formula
///
/// ```text
/// fn pad2d<
///     top: BH = 0,
///     bottom: EH = 0,
///     left: BW = 0,
///     right: EW = 0,
///     value: V: real = 0,
///     mode: one_of(constant, reflect, replicate, circular) = constant,
/// >(x: [C, H, W])
///     -> y: [C, H + BH + EH, W + BW + EW]
/// {
///     if mode == constant {
///         y[c, h, w] = pad(x[c, h - BH, w - BW], V);
///     } else if mode == reflect {
///         require max(BH, EH) < H, "an axis of {H} is reflected in less than {H} places";
///         require max(BW, EW) < W, "an axis of {W} is reflected in less than {W} places";
///         y[c, h, w] = x[c, H - 1 - abs(H - 1 - abs(h - BH)), W - 1 - abs(W - 1 - abs(w - BW))];
///     } else if mode == replicate {
///         y[c, h, w] = x[c, min(max(h - BH, 0), H - 1), min(max(w - BW, 0), W - 1)];
///     } else {
///         require max(BH, EH) <= H, "an axis of {H} is repeated in at most {H} places";
///         require max(BW, EW) <= W, "an axis of {W} is repeated in at most {W} places";
///         y[c, h, w] = x[c, h - BH - floor((h - BH)/H)*H, w - BW - floor((w - BW)/W)*W];
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, h, w] = pad(x[sample, c, h - 1, w], 0.5)
/// d_x[sample, c, h, w] = d_y[sample, c, h + 1, w]
/// ```
#[doc(alias = "ZeroPadding2D")]
#[doc(alias = "ZeroPad2d")]
#[doc(alias = "ConstantPad2d")]
#[doc(alias = "ReflectionPad2d")]
#[doc(alias = "ReplicationPad2d")]
#[doc(alias = "CircularPad2d")]
pub mod pad2d {}

/// A volume with an edge of zeros, of a `value`, or of its own values.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.pad3d(front = 0, back = 0, top = 0, bottom = 0, left = 0, right = 0, value = 0, mode = constant)
///
/// x: [C, D, H, W] -> y: [C, D + BD + ED, H + BH + EH, W + BW + EW]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `front` | a size | `0` |
/// | `back` | a size | `0` |
/// | `top` | a size | `0` |
/// | `bottom` | a size | `0` |
/// | `left` | a size | `0` |
/// | `right` | a size | `0` |
/// | `value` | a number | `0` |
/// | `mode` | `constant`, `reflect`, `replicate`, `circular` | `constant` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [1, 2, 2, 2]) -> [1, 3, 3, 4] {
///         x.pad3d(front = 1, bottom = 1, left = 2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[[0.4, -0.1], [-0.7, 0.7]], [[0.2, -0.4], [-0.9, 0.5]]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.000, 0.000, 0.000, 0.000, 0.000]");
/// ```
///
/// # Formula
///
/// ```text
/// fn pad3d<
///     front: BD = 0,
///     back: ED = 0,
///     top: BH = 0,
///     bottom: EH = 0,
///     left: BW = 0,
///     right: EW = 0,
///     value: V: real = 0,
///     mode: one_of(constant, reflect, replicate, circular) = constant,
/// >(x: [C, D, H, W])
///     -> y: [C, D + BD + ED, H + BH + EH, W + BW + EW]
/// {
///     if mode == constant {
///         y[c, d, h, w] = pad(x[c, d - BD, h - BH, w - BW], V);
///     } else if mode == reflect {
///         require max(BD, ED) < D, "an axis of {D} is reflected in less than {D} places";
///         require max(BH, EH) < H, "an axis of {H} is reflected in less than {H} places";
///         require max(BW, EW) < W, "an axis of {W} is reflected in less than {W} places";
///         y[c, d, h, w] = x[
///             c,
///             D - 1 - abs(D - 1 - abs(d - BD)),
///             H - 1 - abs(H - 1 - abs(h - BH)),
///             W - 1 - abs(W - 1 - abs(w - BW)),
///         ];
///     } else if mode == replicate {
///         y[c, d, h, w] = x[c, min(max(d - BD, 0), D - 1), min(max(h - BH, 0), H - 1), min(max(w - BW, 0), W - 1)];
///     } else {
///         require max(BD, ED) <= D, "an axis of {D} is repeated in at most {D} places";
///         require max(BH, EH) <= H, "an axis of {H} is repeated in at most {H} places";
///         require max(BW, EW) <= W, "an axis of {W} is repeated in at most {W} places";
///         y[c, d, h, w] = x[c, d - BD - floor((d - BD)/D)*D, h - BH - floor((h - BH)/H)*H, w - BW - floor((w - BW)/W)*W];
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, d, h, w] = pad(x[sample, c, d - 1, h, w - 2], 0)
/// d_x[sample, c, d, h, w] = d_y[sample, c, d + 1, h, w + 2]
/// ```
#[doc(alias = "ZeroPadding3D")]
#[doc(alias = "ConstantPad3d")]
#[doc(alias = "ReplicationPad3d")]
pub mod pad3d {}

/// Each value of a sequence `factor` times.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.upsample_nearest1d(factor)
///
/// x: [C, L] -> y: [C, L*F]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `factor` | a size |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 4]) -> [2, 12] {
///         x.upsample_nearest1d(3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.400, 0.400, -0.100, -0.100, -0.100]");
/// ```
///
/// # Formula
///
/// ```text
/// fn upsample_nearest1d<factor: F>(x: [C, L]) -> y: [C, L*F] {
///     y[c, l*F + i] = x[c, l];
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, 3*l + i] = x[sample, c, l]
/// d_x[sample, c, l] = sum[i](d_y[sample, c, 3*l + i])
/// ```
#[doc(alias = "UpSampling1D")]
#[doc(alias = "interpolate")]
pub mod upsample_nearest1d {}

/// Each value of an image `factor` times along both axes.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.upsample_nearest2d(factor)
///
/// x: [C, H, W] -> y: [C, H*FH, W*FW]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `factor` | a size, or `(FH, FW)` |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3, 2]) -> [2, 6, 4] {
///         x.upsample_nearest2d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.400, -0.100, -0.100, 0.400, 0.400]");
/// ```
///
/// # Formula
///
/// ```text
/// fn upsample_nearest2d<factor: (FH, FW)>(x: [C, H, W]) -> y: [C, H*FH, W*FW] {
///     y[c, h*FH + i, w*FW + j] = x[c, h, w];
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, 2*h + i, 2*w + j] = x[sample, c, h, w]
/// d_x[sample, c, h, w] = sum[i, j](d_y[sample, c, 2*h + i, 2*w + j])
/// ```
#[doc(alias = "UpSampling2D")]
#[doc(alias = "interpolate")]
pub mod upsample_nearest2d {}

/// An image enlarged by linear interpolation along both axes. With `align_corners` the outermost values meet.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.upsample_bilinear2d(factor, align_corners = false)
///
/// x: [C, H, W] -> y: [C, H*FH, W*FW]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `factor` | a size, or `(FH, FW)` |  |
/// | `align_corners` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3, 2]) -> [2, 6, 4] {
///         x.upsample_bilinear2d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.275, 0.025, -0.100, 0.125, 0.119]");
/// ```
///
/// # Formula
///
/// ```text
/// fn upsample_bilinear2d<factor: (FH, FW), align_corners: bool = false>(x: [C, H, W]) -> y: [C, H*FH, W*FW] {
///     if align_corners {
///         r[h: H*FH] = h*(H - 1) / max(H*FH - 1, 1);
///         s[w: W*FW] = w*(W - 1) / max(W*FW - 1, 1);
///         y[c, h, w] = sum[i: 2, j: 2](max(1 - abs(r[h] - floor(r[h]) - i), 0) * max(1 - abs(s[w] - floor(s[w]) - j), 0)
///             * x[
///                 c,
///                 min(floor(h*(H - 1) / max(H*FH - 1, 1)) + i, H - 1),
///                 min(floor(w*(W - 1) / max(W*FW - 1, 1)) + j, W - 1),
///             ]);
///     } else {
///         r[h: H*FH] = max((h + 0.5)/FH - 0.5, 0);
///         s[w: W*FW] = max((w + 0.5)/FW - 0.5, 0);
///         y[c, h, w] = sum[i: 2, j: 2](max(1 - abs(r[h] - floor(r[h]) - i), 0) * max(1 - abs(s[w] - floor(s[w]) - j), 0)
///             * x[
///                 c,
///                 min(floor(max((h + 0.5)/FH - 0.5, 0)) + i, H - 1),
///                 min(floor(max((w + 0.5)/FW - 0.5, 0)) + j, W - 1),
///             ]);
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// r[h] = max(((h) + 0.5) / 2 - 0.5, 0)
/// s[w] = max(((w) + 0.5) / 2 - 0.5, 0)
/// y[sample, c, h, w] = sum[i, j](max(1 - abs(r[h] - floor(r[h]) - (i)), 0) * max(1 - abs(s[w] - floor(s[w]) - (j)), 0) * x[sample, c, [0, 1, 0, 1, 0, 1, 1, 2, …][2*h + i], [0, 1, 0, 1, 0, 1, 1, 1][2*w + j]])
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, [0, 1, 0, 1, 0, 1, 1, 2, …][2*h + i], [0, 1, 0, 1, 0, 1, 1, 1][2*w + j]] += d_y[sample, c, h, w] * max(1 - abs(r[h] - floor(r[h]) - (i)), 0) * max(1 - abs(s[w] - floor(s[w]) - (j)), 0)
/// ```
#[doc(alias = "interpolate")]
pub mod upsample_bilinear2d {}

/// Channels laid out in squares: `factor * factor` channels become one, whose axes are `factor` times as long.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.pixel_shuffle(factor)
///
/// x: [I, H, W] -> y: [I/(R*R), H*R, W*R]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `factor` | a size |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [8, 2, 3]) -> [2, 4, 6] {
///         x.pixel_shuffle(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.600, 0.100, 0.700, 0.200, 0.800]");
/// ```
///
/// # Formula
///
/// ```text
/// fn pixel_shuffle<factor: R>(x: [I, H, W]) -> y: [I/(R*R), H*R, W*R] {
///     require I/(R*R) * R*R == I, "{I} channels cannot be laid out in squares of {R} by {R}";
///     y[c, h*R + i, w*R + j] = x[c*R*R + i*R + j, h, w];
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, 2*h + i, 2*w + j] = x[sample, 4*c + 2*i + j, h, w]
/// d_x[sample, 4*c + 2*i + j, h, w] = d_y[sample, c, 2*h + i, 2*w + j]
/// ```
#[doc(alias = "depth_to_space")]
pub mod pixel_shuffle {}

/// Squares taken apart into channels: the inverse of `pixel_shuffle`.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.pixel_unshuffle(factor)
///
/// x: [C, I, J] -> y: [C*R*R, I/R, J/R]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `factor` | a size |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 4, 6]) -> [8, 2, 3] {
///         x.pixel_unshuffle(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.200, 0.400, 1.200, 1.400, 1.600]");
/// ```
///
/// # Formula
///
/// ```text
/// fn pixel_unshuffle<factor: R>(x: [C, I, J]) -> y: [C*R*R, I/R, J/R] {
///     require I/R * R == I, "{I} rows cannot be taken {R} by {R}";
///     require J/R * R == J, "{J} columns cannot be taken {R} by {R}";
///     y[c*R*R + i*R + j, h, w] = x[c, h*R + i, w*R + j];
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, 4*c + 2*i + j, h, w] = x[sample, c, i + 2*h, j + 2*w]
/// d_x[sample, c, i + 2*h, j + 2*w] = d_y[sample, 4*c + 2*i + j, h, w]
/// ```
#[doc(alias = "space_to_depth")]
pub mod pixel_unshuffle {}
