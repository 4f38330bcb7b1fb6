// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// The greatest value of each window of a sequence. Padding does not take part.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.max_pool1d(kernel, stride = kernel, padding = 0, dilation = 1, ceil_mode = false)
///
/// x: [C, L] -> y: [C, pooled(L, K, S, P, D, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size |  |
/// | `stride` | a size | `kernel` |
/// | `padding` | a size | `0` |
/// | `dilation` | a size | `1` |
/// | `ceil_mode` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 5]) -> [2, 2] {
///         x.max_pool1d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.400, 0.700], [-0.400, 0.500]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn max_pool1d<kernel: K, stride: S = K, padding: P = 0, dilation: D = 1, ceil_mode: bool = false>(x: [C, L])
///     -> y: [C, pooled(L, K, S, P, D, ceil_mode)]
/// {
///     require 2*P <= D*(K - 1) + 1, "`padding` is at most half of a window";
///     y[c, l] = max[i: K](pad(x[c, l*S + i*D - P], -infinity));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, l] = max[i](x[sample, c, 2*l + i])
/// y_at[sample, c, l] = argmax[i](x[sample, c, 2*l + i])
/// d_x[sample, i, j] = 0
/// d_x[sample, c, 2*l + i] = where(i == y_at[sample, c, l], d_y[sample, c, l], 0)
/// ```
#[doc(alias = "MaxPooling1D")]
pub mod max_pool1d {}

/// The sum of each window of a sequence.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sum_pool1d(kernel, stride = kernel, padding = 0, ceil_mode = false)
///
/// x: [C, L] -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size |  |
/// | `stride` | a size | `kernel` |
/// | `padding` | a size | `0` |
/// | `ceil_mode` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 5]) -> [2, 2] {
///         x.sum_pool1d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.300, 0.000], [-1.300, 0.400]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn sum_pool1d<kernel: K, stride: S = K, padding: P = 0, ceil_mode: bool = false>(x: [C, L])
///     -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
/// {
///     require 2*P <= K, "`padding` is at most half of a window";
///     y[c, l] = sum[i: K](pad(x[c, l*S + i - P], 0));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, l] = sum[i](x[sample, c, 2*l + i])
/// d_x[sample, i, j] = 0
/// d_x[sample, c, 2*l + i] = d_y[sample, c, l]
/// ```
pub mod sum_pool1d {}

/// The mean of each window of a sequence.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.avg_pool1d(kernel, stride = kernel, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = 0)
///
/// x: [C, L] -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size |  |
/// | `stride` | a size | `kernel` |
/// | `padding` | a size | `0` |
/// | `ceil_mode` | `true` or `false` | `false` |
/// | `count_include_pad` | `true` or `false` | `true` |
/// | `divisor_override` | a size | `0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 5]) -> [2, 2] {
///         x.avg_pool1d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.150, 0.000], [-0.650, 0.200]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn avg_pool1d<
///     kernel: K,
///     stride: S = K,
///     padding: P = 0,
///     ceil_mode: bool = false,
///     count_include_pad: bool = true,
///     divisor_override: N = 0,
/// >(x: [C, L])
///     -> y: [C, pooled(L, K, S, P, 1, ceil_mode)]
/// {
///     s = sum_pool1d(x, K, stride = S, padding = P, ceil_mode = ceil_mode);
///     if N > 0 {
///         y[c, l] = s[c, l] / N;
///     } else if count_include_pad {
///         if ceil_mode {
///             y[c, l] = s[c, l] / (min(K, L + 2*P - l*S));
///         } else {
///             y[c, l] = s[c, l] / (K);
///         }
///     } else {
///         y[c, l] = s[c, l]
///             / (min(l*S - P + K, L) - max(l*S - P, 0));
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
/// sum_pool1d[sample, c, l] = sum[i](x[sample, c, 2*l + i])
/// y[sample, c, l] = sum_pool1d[sample, c, l] / 2
/// d_sum_pool1d[sample, c, l] = d_y[sample, c, l] / 2
/// d_x[sample, i, j] = 0
/// d_x[sample, c, 2*l + i] = d_sum_pool1d[sample, c, l]
/// ```
#[doc(alias = "AveragePooling1D")]
pub mod avg_pool1d {}

/// The greatest value of each window of an image. Padding does not take part.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.max_pool2d(kernel, stride = kernel, padding = 0, dilation = 1, ceil_mode = false)
///
/// x: [C, H, W] -> y: [C, pooled(H, KH, SH, PH, DH, ceil_mode), pooled(W, KW, SW, PW, DW, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size, or `(KH, KW)` |  |
/// | `stride` | a size, or `(SH, SW)` | `kernel` |
/// | `padding` | a size, or `(PH, PW)` | `0` |
/// | `dilation` | a size, or `(DH, DW)` | `1` |
/// | `ceil_mode` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 4, 5]) -> [2, 2, 2] {
///         x.max_pool2d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.600, 0.800, 1.600, 1.800, 2.600, 2.800]");
/// ```
///
/// # Formula
///
/// ```text
/// fn max_pool2d<
///     kernel: (KH, KW),
///     stride: (SH, SW) = (KH, KW),
///     padding: (PH, PW) = 0,
///     dilation: (DH, DW) = 1,
///     ceil_mode: bool = false,
/// >(x: [C, H, W])
///     -> y: [C, pooled(H, KH, SH, PH, DH, ceil_mode), pooled(W, KW, SW, PW, DW, ceil_mode)]
/// {
///     require 2*PH <= DH*(KH - 1) + 1, "`padding` is at most half of a window";
///     require 2*PW <= DW*(KW - 1) + 1, "`padding` is at most half of a window";
///     y[c, h, w] = max[i: KH, j: KW](pad(x[c, h*SH + i*DH - PH, w*SW + j*DW - PW], -infinity));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, h, w] = max[i, j](x[sample, c, 2*h + i, 2*w + j])
/// y_at[sample, c, h, w] = argmax[i, j](x[sample, c, 2*h + i, 2*w + j])
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, 2*h + i, 2*w + j] = where(2*i + j == y_at[sample, c, h, w], d_y[sample, c, h, w], 0)
/// ```
#[doc(alias = "MaxPooling2D")]
pub mod max_pool2d {}

/// The sum of each window of an image.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sum_pool2d(kernel, stride = kernel, padding = 0, ceil_mode = false)
///
/// x: [C, H, W] -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size, or `(KH, KW)` |  |
/// | `stride` | a size, or `(SH, SW)` | `kernel` |
/// | `padding` | a size, or `(PH, PW)` | `0` |
/// | `ceil_mode` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 4, 5]) -> [2, 2, 2] {
///         x.sum_pool2d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[1.200, 2.000, 5.200, 6.000, 9.200, 10.000]");
/// ```
///
/// # Formula
///
/// ```text
/// fn sum_pool2d<
///     kernel: (KH, KW),
///     stride: (SH, SW) = (KH, KW),
///     padding: (PH, PW) = 0,
///     ceil_mode: bool = false,
/// >(x: [C, H, W])
///     -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
/// {
///     require 2*PH <= KH, "`padding` is at most half of a window";
///     require 2*PW <= KW, "`padding` is at most half of a window";
///     y[c, h, w] = sum[i: KH, j: KW](pad(x[c, h*SH + i - PH, w*SW + j - PW], 0));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, h, w] = sum[i, j](x[sample, c, 2*h + i, 2*w + j])
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, 2*h + i, 2*w + j] = d_y[sample, c, h, w]
/// ```
pub mod sum_pool2d {}

/// The mean of each window of an image.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.avg_pool2d(kernel, stride = kernel, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = 0)
///
/// x: [C, H, W] -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size, or `(KH, KW)` |  |
/// | `stride` | a size, or `(SH, SW)` | `kernel` |
/// | `padding` | a size, or `(PH, PW)` | `0` |
/// | `ceil_mode` | `true` or `false` | `false` |
/// | `count_include_pad` | `true` or `false` | `true` |
/// | `divisor_override` | a size | `0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 4, 5]) -> [2, 2, 2] {
///         x.avg_pool2d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.300, 0.500, 1.300, 1.500, 2.300, 2.500]");
/// ```
///
/// # Formula
///
/// ```text
/// fn avg_pool2d<
///     kernel: (KH, KW),
///     stride: (SH, SW) = (KH, KW),
///     padding: (PH, PW) = 0,
///     ceil_mode: bool = false,
///     count_include_pad: bool = true,
///     divisor_override: N = 0,
/// >(x: [C, H, W])
///     -> y: [C, pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
/// {
///     s = sum_pool2d(x, (KH, KW), stride = (SH, SW), padding = (PH, PW), ceil_mode = ceil_mode);
///     if N > 0 {
///         y[c, h, w] = s[c, h, w] / N;
///     } else if count_include_pad {
///         if ceil_mode {
///             y[c, h, w] = s[c, h, w] / (min(KH, H + 2*PH - h*SH) * min(KW, W + 2*PW - w*SW));
///         } else {
///             y[c, h, w] = s[c, h, w] / (KH * KW);
///         }
///     } else {
///         y[c, h, w] = s[c, h, w]
///             / (min(h*SH - PH + KH, H) - max(h*SH - PH, 0))
///             / (min(w*SW - PW + KW, W) - max(w*SW - PW, 0));
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
/// sum_pool2d[sample, c, h, w] = sum[i, j](x[sample, c, 2*h + i, 2*w + j])
/// y[sample, c, h, w] = sum_pool2d[sample, c, h, w] / (2 * 2)
/// d_sum_pool2d[sample, c, h, w] = d_y[sample, c, h, w] / (2 * 2)
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, 2*h + i, 2*w + j] = d_sum_pool2d[sample, c, h, w]
/// ```
#[doc(alias = "AveragePooling2D")]
pub mod avg_pool2d {}

/// The greatest value of each window of a volume. Padding does not take part.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.max_pool3d(kernel, stride = kernel, padding = 0, dilation = 1, ceil_mode = false)
///
/// x: [C, D, H, W] -> y: [C, pooled(D, KD, SD, PD, DD, ceil_mode), pooled(H, KH, SH, PH, DH, ceil_mode), pooled(W, KW, SW, PW, DW, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size, or `(KD, KH, KW)` |  |
/// | `stride` | a size, or `(SD, SH, SW)` | `kernel` |
/// | `padding` | a size, or `(PD, PH, PW)` | `0` |
/// | `dilation` | a size, or `(DD, DH, DW)` | `1` |
/// | `ceil_mode` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [1, 4, 2, 3]) -> [1, 2, 1, 1] {
///         x.max_pool3d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[[[1.000]], [[2.200]]]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn max_pool3d<
///     kernel: (KD, KH, KW),
///     stride: (SD, SH, SW) = (KD, KH, KW),
///     padding: (PD, PH, PW) = 0,
///     dilation: (DD, DH, DW) = 1,
///     ceil_mode: bool = false,
/// >(x: [C, D, H, W])
///     -> y: [
///         C,
///         pooled(D, KD, SD, PD, DD, ceil_mode),
///         pooled(H, KH, SH, PH, DH, ceil_mode),
///         pooled(W, KW, SW, PW, DW, ceil_mode),
///     ]
/// {
///     require 2*PD <= DD*(KD - 1) + 1, "`padding` is at most half of a window";
///     require 2*PH <= DH*(KH - 1) + 1, "`padding` is at most half of a window";
///     require 2*PW <= DW*(KW - 1) + 1, "`padding` is at most half of a window";
///     y[c, d, h, w] =
///         max[i: KD, j: KH, k: KW](pad(x[c, d*SD + i*DD - PD, h*SH + j*DH - PH, w*SW + k*DW - PW], -infinity));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, d, h, w] = max[i, j, k](x[sample, c, 2*d + i, j, k])
/// y_at[sample, c, d, h, w] = argmax[i, j, k](x[sample, c, 2*d + i, j, k])
/// d_x[sample, i, j, k, l] = 0
/// d_x[sample, c, 2*d + i, j, k] = sum[h, w](where(4*i + 2*j + k == y_at[sample, c, d, h, w], d_y[sample, c, d, h, w], 0))
/// ```
#[doc(alias = "MaxPooling3D")]
pub mod max_pool3d {}

/// The sum of each window of a volume.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sum_pool3d(kernel, stride = kernel, padding = 0, ceil_mode = false)
///
/// x: [C, D, H, W] -> y: [C, pooled(D, KD, SD, PD, 1, ceil_mode), pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size, or `(KD, KH, KW)` |  |
/// | `stride` | a size, or `(SD, SH, SW)` | `kernel` |
/// | `padding` | a size, or `(PD, PH, PW)` | `0` |
/// | `ceil_mode` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [1, 4, 2, 3]) -> [1, 2, 1, 1] {
///         x.sum_pool3d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[[[4.000]], [[13.600]]]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn sum_pool3d<
///     kernel: (KD, KH, KW),
///     stride: (SD, SH, SW) = (KD, KH, KW),
///     padding: (PD, PH, PW) = 0,
///     ceil_mode: bool = false,
/// >(x: [C, D, H, W])
///     -> y: [
///         C,
///         pooled(D, KD, SD, PD, 1, ceil_mode),
///         pooled(H, KH, SH, PH, 1, ceil_mode),
///         pooled(W, KW, SW, PW, 1, ceil_mode),
///     ]
/// {
///     require 2*PD <= KD, "`padding` is at most half of a window";
///     require 2*PH <= KH, "`padding` is at most half of a window";
///     require 2*PW <= KW, "`padding` is at most half of a window";
///     y[c, d, h, w] = sum[i: KD, j: KH, k: KW](pad(x[c, d*SD + i - PD, h*SH + j - PH, w*SW + k - PW], 0));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, d, h, w] = sum[i, j, k](x[sample, c, 2*d + i, j, k])
/// d_x[sample, i, j, k, l] = 0
/// d_x[sample, c, 2*d + i, j, k] = sum[h, w](d_y[sample, c, d, h, w])
/// ```
pub mod sum_pool3d {}

/// The mean of each window of a volume.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.avg_pool3d(kernel, stride = kernel, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = 0)
///
/// x: [C, D, H, W] -> y: [C, pooled(D, KD, SD, PD, 1, ceil_mode), pooled(H, KH, SH, PH, 1, ceil_mode), pooled(W, KW, SW, PW, 1, ceil_mode)]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `kernel` | a size, or `(KD, KH, KW)` |  |
/// | `stride` | a size, or `(SD, SH, SW)` | `kernel` |
/// | `padding` | a size, or `(PD, PH, PW)` | `0` |
/// | `ceil_mode` | `true` or `false` | `false` |
/// | `count_include_pad` | `true` or `false` | `true` |
/// | `divisor_override` | a size | `0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [1, 4, 2, 3]) -> [1, 2, 1, 1] {
///         x.avg_pool3d(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[[[0.500]], [[1.700]]]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn avg_pool3d<
///     kernel: (KD, KH, KW),
///     stride: (SD, SH, SW) = (KD, KH, KW),
///     padding: (PD, PH, PW) = 0,
///     ceil_mode: bool = false,
///     count_include_pad: bool = true,
///     divisor_override: N = 0,
/// >(x: [C, D, H, W])
///     -> y: [
///         C,
///         pooled(D, KD, SD, PD, 1, ceil_mode),
///         pooled(H, KH, SH, PH, 1, ceil_mode),
///         pooled(W, KW, SW, PW, 1, ceil_mode),
///     ]
/// {
///     s = sum_pool3d(x, (KD, KH, KW), stride = (SD, SH, SW), padding = (PD, PH, PW), ceil_mode = ceil_mode);
///     if N > 0 {
///         y[c, d, h, w] = s[c, d, h, w] / N;
///     } else if count_include_pad {
///         if ceil_mode {
///             y[c, d, h, w] = s[c, d, h, w]
///                 / (min(KD, D + 2*PD - d*SD) * min(KH, H + 2*PH - h*SH) * min(KW, W + 2*PW - w*SW));
///         } else {
///             y[c, d, h, w] = s[c, d, h, w] / (KD * KH * KW);
///         }
///     } else {
///         y[c, d, h, w] = s[c, d, h, w]
///             / (min(d*SD - PD + KD, D) - max(d*SD - PD, 0))
///             / (min(h*SH - PH + KH, H) - max(h*SH - PH, 0))
///             / (min(w*SW - PW + KW, W) - max(w*SW - PW, 0));
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
/// sum_pool3d[sample, c, d, h, w] = sum[i, j, k](x[sample, c, 2*d + i, j, k])
/// y[sample, c, d, h, w] = sum_pool3d[sample, c, d, h, w] / (2 * 2 * 2)
/// d_sum_pool3d[sample, c, d, h, w] = d_y[sample, c, d, h, w] / (2 * 2 * 2)
/// d_x[sample, i, j, k, l] = 0
/// d_x[sample, c, 2*d + i, j, k] = sum[h, w](d_sum_pool3d[sample, c, d, h, w])
/// ```
#[doc(alias = "AveragePooling3D")]
pub mod avg_pool3d {}

/// The mean of each channel of a sequence.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.global_avg_pool1d()
///
/// x: [C, L] -> y: [C]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 5]) -> [2] {
///         x.global_avg_pool1d()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.100, -0.300]");
/// ```
///
/// # Formula
///
/// ```text
/// fn global_avg_pool1d(x: [C, L]) -> y: [C] {
///     y[c] = mean[l](x[c, l]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// global_avg_pool1d_mean[sample, c] = sum[l](x[sample, c, l])
/// y[sample, c] = global_avg_pool1d_mean[sample, c] / 5
/// d_global_avg_pool1d_mean[sample, c] = d_y[sample, c] / 5
/// d_x[sample, c, l] = d_global_avg_pool1d_mean[sample, c]
/// ```
#[doc(alias = "GlobalAveragePooling1D")]
pub mod global_avg_pool1d {}

/// The mean of each channel of an image.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.global_avg_pool2d()
///
/// x: [C, H, W] -> y: [C]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3, 4]) -> [2] {
///         x.global_avg_pool2d()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.550, 1.750]");
/// ```
///
/// # Formula
///
/// ```text
/// fn global_avg_pool2d(x: [C, H, W]) -> y: [C] {
///     y[c] = mean[h, w](x[c, h, w]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// global_avg_pool2d_mean[sample, c] = sum[h, w](x[sample, c, h, w])
/// y[sample, c] = global_avg_pool2d_mean[sample, c] / 12
/// d_global_avg_pool2d_mean[sample, c] = d_y[sample, c] / 12
/// d_x[sample, c, h, w] = d_global_avg_pool2d_mean[sample, c]
/// ```
#[doc(alias = "GlobalAveragePooling2D")]
pub mod global_avg_pool2d {}

/// The greatest value of each channel of a sequence.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.global_max_pool1d()
///
/// x: [C, L] -> y: [C]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 5]) -> [2] {
///         x.global_max_pool1d()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.700, 0.500]");
/// ```
///
/// # Formula
///
/// ```text
/// fn global_max_pool1d(x: [C, L]) -> y: [C] {
///     y[c] = max[l](x[c, l]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c] = max[l](x[sample, c, l])
/// y_at[sample, c] = argmax[l](x[sample, c, l])
/// d_x[sample, c, l] = where(l == y_at[sample, c], d_y[sample, c], 0)
/// ```
#[doc(alias = "GlobalMaxPooling1D")]
pub mod global_max_pool1d {}

/// The greatest value of each channel of an image.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.global_max_pool2d()
///
/// x: [C, H, W] -> y: [C]
/// ```
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3, 4]) -> [2] {
///         x.global_max_pool2d()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.100, 2.300]");
/// ```
///
/// # Formula
///
/// ```text
/// fn global_max_pool2d(x: [C, H, W]) -> y: [C] {
///     y[c] = max[h, w](x[c, h, w]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c] = max[h, w](x[sample, c, h, w])
/// y_at[sample, c] = argmax[h, w](x[sample, c, h, w])
/// d_x[sample, c, h, w] = where(4*h + w == y_at[sample, c], d_y[sample, c], 0)
/// ```
#[doc(alias = "GlobalMaxPooling2D")]
pub mod global_max_pool2d {}

/// The means of `output` windows that cover a sequence, whatever its length.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.adaptive_avg_pool1d(output)
///
/// x: [C, L] -> y: [C, N]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `output` | a size |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 7]) -> [2, 3] {
///         x.adaptive_avg_pool1d(3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2, -0.4, -0.9], [0.5, -0.1, -0.6, 0.8, 0.2, -0.3, -0.9]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[-0.133, 0.067, -0.367], [-0.067, 0.133, -0.333]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn adaptive_avg_pool1d<output: N>(x: [C, L]) -> y: [C, N] {
///     if L/N * N == L {
///         y = avg_pool1d(x, L/N);
///     } else {
///         n[l: N] = ceil((l + 1)*L / N) - floor(l*L / N);
///         y[c, l] = sum[i: widest(L, N)](where(i < n[l], x[c, min(floor(l*L / N) + i, L - 1)], 0)) / n[l];
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
/// n[l] = ceil(((l) + 1) * 7 / 3) - floor((l) * 7 / 3)
/// adaptive_avg_pool1d_sum[sample, c, l] = sum[i](where(i < n[l], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]], 0))
/// y[sample, c, l] = adaptive_avg_pool1d_sum[sample, c, l] / n[l]
/// d_adaptive_avg_pool1d_sum[sample, c, l] = d_y[sample, c, l] / n[l]
/// d_x[sample, i, j] = 0
/// d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]] += where(i < n[l], d_adaptive_avg_pool1d_sum[sample, c, l], 0)
/// ```
pub mod adaptive_avg_pool1d {}

/// The means of `output` windows that cover an image, whatever its size.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.adaptive_avg_pool2d(output)
///
/// x: [C, H, W] -> y: [C, NH, NW]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `output` | a size, or `(NH, NW)` |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 7, 4]) -> [2, 3, 3] {
///         x.adaptive_avg_pool2d(3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.450, 0.550, 0.650, 1.250, 1.350, 1.450]");
/// ```
///
/// # Formula
///
/// ```text
/// fn adaptive_avg_pool2d<output: (NH, NW)>(x: [C, H, W]) -> y: [C, NH, NW] {
///     if widest(H, NH) * NH + widest(W, NW) * NW == H + W {
///         y = avg_pool2d(x, (H/NH, W/NW));
///     } else {
///         n[h: NH] = ceil((h + 1)*H / NH) - floor(h*H / NH);
///         m[w: NW] = ceil((w + 1)*W / NW) - floor(w*W / NW);
///         y[c, h, w] = sum[i: widest(H, NH), j: widest(W, NW)](where(i < n[h], where(j < m[w],
///             x[c, min(floor(h*H / NH) + i, H - 1), min(floor(w*W / NW) + j, W - 1)], 0), 0)) / (n[h] * m[w]);
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
/// n[h] = ceil(((h) + 1) * 7 / 3) - floor((h) * 7 / 3)
/// m[w] = ceil(((w) + 1) * 4 / 3) - floor((w) * 4 / 3)
/// adaptive_avg_pool2d_sum[sample, c, h, w] = sum[i, j](where(i < n[h], where(j < m[w], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]], 0), 0))
/// y[sample, c, h, w] = adaptive_avg_pool2d_sum[sample, c, h, w] / (n[h] * m[w])
/// d_adaptive_avg_pool2d_sum[sample, c, h, w] = d_y[sample, c, h, w] / (n[h] * m[w])
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]] += where(i < n[h], where(j < m[w], d_adaptive_avg_pool2d_sum[sample, c, h, w], 0), 0)
/// ```
pub mod adaptive_avg_pool2d {}

/// The greatest values of `output` windows that cover a sequence, whatever its length.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.adaptive_max_pool1d(output)
///
/// x: [C, L] -> y: [C, N]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `output` | a size |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 7]) -> [2, 3] {
///         x.adaptive_max_pool1d(3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2, -0.4, -0.9], [0.5, -0.1, -0.6, 0.8, 0.2, -0.3, -0.9]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[[0.400, 0.700, 0.200], [0.500, 0.800, 0.200]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn adaptive_max_pool1d<output: N>(x: [C, L]) -> y: [C, N] {
///     n[l: N] = ceil((l + 1)*L / N) - floor(l*L / N);
///     y[c, l] = max[i: widest(L, N)](where(i < n[l], x[c, min(floor(l*L / N) + i, L - 1)], -infinity));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// n[l] = ceil(((l) + 1) * 7 / 3) - floor((l) * 7 / 3)
/// y[sample, c, l] = max[i](where(i < n[l], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]], -inf))
/// y_at[sample, c, l] = argmax[i](where(i < n[l], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]], -inf))
/// d_x[sample, i, j] = 0
/// d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*l + i]] += where(i == y_at[sample, c, l], where(i < n[l], d_y[sample, c, l], 0), 0)
/// ```
pub mod adaptive_max_pool1d {}

/// The greatest values of `output` windows that cover an image, whatever its size.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.adaptive_max_pool2d(output)
///
/// x: [C, H, W] -> y: [C, NH, NW]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `output` | a size, or `(NH, NW)` |  |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 7, 4]) -> [2, 3, 3] {
///         x.adaptive_max_pool2d(3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.900, 1.000, 1.100, 1.700, 1.800, 1.900]");
/// ```
///
/// # Formula
///
/// ```text
/// fn adaptive_max_pool2d<output: (NH, NW)>(x: [C, H, W]) -> y: [C, NH, NW] {
///     n[h: NH] = ceil((h + 1)*H / NH) - floor(h*H / NH);
///     m[w: NW] = ceil((w + 1)*W / NW) - floor(w*W / NW);
///     y[c, h, w] = max[i: widest(H, NH), j: widest(W, NW)](where(i < n[h], where(j < m[w],
///         x[c, min(floor(h*H / NH) + i, H - 1), min(floor(w*W / NW) + j, W - 1)], -infinity), -infinity));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// n[h] = ceil(((h) + 1) * 7 / 3) - floor((h) * 7 / 3)
/// m[w] = ceil(((w) + 1) * 4 / 3) - floor((w) * 4 / 3)
/// y[sample, c, h, w] = max[i, j](where(i < n[h], where(j < m[w], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]], -inf), -inf))
/// y_at[sample, c, h, w] = argmax[i, j](where(i < n[h], where(j < m[w], x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]], -inf), -inf))
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, [0, 1, 2, 3, 2, 3, 4, 5, …][4*h + i], [0, 1, 2, 1, 2, 3, 2, 3, …][3*w + j]] += where(3*i + j == y_at[sample, c, h, w], where(i < n[h], where(j < m[w], d_y[sample, c, h, w], 0), 0), 0)
/// ```
pub mod adaptive_max_pool2d {}
