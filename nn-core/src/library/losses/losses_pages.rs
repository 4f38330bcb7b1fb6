// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// The mean of squared differences.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// mse(y, t)
///
/// y: [..], t: [..]
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
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = mse(output, t);
/// }
///
/// let y = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
/// let t = Tensor::from([-0.4, -0.9, 0.5, -0.1, -0.6]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.800");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss mse(y: [..], t: [..]) = mean[..](sq(y[..] - t[..]));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// mse_mean[sample] = sum[a]((y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]))
/// loss[sample] = mse_mean[sample] / 5
/// d_mse_mean[sample] = scale / 5
/// d_y[sample, i] = 2 * d_mse_mean[sample] * (y[sample, i] - t[sample, i])
/// ```
#[doc(alias = "MSELoss")]
#[doc(alias = "mean_squared_error")]
#[doc(alias = "l2_loss")]
pub mod mse {}

/// The mean of absolute differences.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// l1(y, t)
///
/// y: [..], t: [..]
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
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = l1(output, t);
/// }
///
/// let y = Tensor::from([0.75, 0.49, 0.24, 0.89, 0.63]);
/// let t = Tensor::from([-0.7, -1.0, -0.3, -0.5, -0.8]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.260");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss l1(y: [..], t: [..]) = mean[..](abs(y[..] - t[..]));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// l1_mean[sample] = sum[a](abs(y[sample, a] - t[sample, a]))
/// loss[sample] = l1_mean[sample] / 5
/// d_l1_mean[sample] = scale / 5
/// d_y[sample, i] = d_l1_mean[sample] * sign(y[sample, i] - t[sample, i])
/// ```
#[doc(alias = "L1Loss")]
#[doc(alias = "mae")]
#[doc(alias = "mean_absolute_error")]
pub mod l1 {}

/// Half the squared difference divided by `beta` where the difference is less than `beta`, and a line beyond.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// smooth_l1(y, t, beta = 1.0)
///
/// y: [..], t: [..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `beta` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = smooth_l1(output, t);
/// }
///
/// let y = Tensor::from([0.17, -0.05, -0.28, 0.3, 0.07]);
/// let t = Tensor::from([-0.15, -0.38, 0.2, -0.03, -0.25]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.065");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss smooth_l1<beta: B: real = 1.0>(y: [..], t: [..]) -> l: [] {
///     require B >= 0;
///     if B == 0 {
///         l = mean[..](abs(y[..] - t[..]));
///     } else {
///         l = mean[..](where(abs(y[..] - t[..]) < B, 0.5 * sq(y[..] - t[..]) / B, abs(y[..] - t[..]) - 0.5 * B));
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// smooth_l1_mean[sample] = sum[a](where(abs(y[sample, a] - t[sample, a]) < 1, 0.5 * (y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]), abs(y[sample, a] - t[sample, a]) - 0.5))
/// loss[sample] = smooth_l1_mean[sample] / 5
/// d_smooth_l1_mean[sample] = scale / 5
/// d_y[sample, i] = d_smooth_l1_mean[sample] * where(abs(y[sample, i] - t[sample, i]) < 1, y[sample, i] - t[sample, i], sign(y[sample, i] - t[sample, i]))
/// ```
#[doc(alias = "SmoothL1Loss")]
pub mod smooth_l1 {}

/// Half the squared difference up to `delta`, and a line beyond.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// huber(y, t, delta = 1.0)
///
/// y: [..], t: [..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `delta` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = huber(output, t);
/// }
///
/// let y = Tensor::from([0.17, -0.05, -0.28, 0.3, 0.07]);
/// let t = Tensor::from([-0.15, -0.38, 0.2, -0.03, -0.25]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.065");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss huber<delta: D: real = 1.0>(y: [..], t: [..]) -> l: [] {
///     require D > 0;
///     l = mean[..](where(abs(y[..] - t[..]) <= D, 0.5 * sq(y[..] - t[..]), D * (abs(y[..] - t[..]) - 0.5 * D)));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// huber_mean[sample] = sum[a](where(abs(y[sample, a] - t[sample, a]) <= 1, 0.5 * (y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]), abs(y[sample, a] - t[sample, a]) - 0.5))
/// loss[sample] = huber_mean[sample] / 5
/// d_huber_mean[sample] = scale / 5
/// d_y[sample, i] = d_huber_mean[sample] * where(abs(y[sample, i] - t[sample, i]) <= 1, y[sample, i] - t[sample, i], sign(y[sample, i] - t[sample, i]))
/// ```
#[doc(alias = "HuberLoss")]
pub mod huber {}

/// The mean of the logarithms of the hyperbolic cosine of differences.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// log_cosh(y, t)
///
/// y: [..], t: [..]
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
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = log_cosh(output, t);
/// }
///
/// let y = Tensor::from([0.75, 0.49, 0.24, 0.89, 0.63]);
/// let t = Tensor::from([-0.7, -1.0, -0.3, -0.5, -0.8]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.669");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss log_cosh(y: [..], t: [..]) =
///     mean[..](abs(y[..] - t[..]) + ln_1p(exp(-2 * abs(y[..] - t[..]))) - 0.6931471805599453);
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// log_cosh_mean[sample] = sum[a](abs(y[sample, a] - t[sample, a]) + ln_1p(exp(-2 * abs(y[sample, a] - t[sample, a]))) - 0.6931471805599453)
/// loss[sample] = log_cosh_mean[sample] / 5
/// d_log_cosh_mean[sample] = scale / 5
/// d_y[sample, i] = d_log_cosh_mean[sample] * (sign(y[sample, i] - t[sample, i]) - 2 * exp(-2 * abs(y[sample, i] - t[sample, i])) * sign(y[sample, i] - t[sample, i]) / (exp(-2 * abs(y[sample, i] - t[sample, i])) + 1))
/// ```
#[doc(alias = "LogCoshLoss")]
pub mod log_cosh {}

/// Binary cross entropy of probabilities. The logarithms are kept above -100.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// bce(y, t, weight = 1)
///
/// y: [..], t: [..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `weight` | a number, or numbers of the shape `[..]` | `1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = bce(output, t);
/// }
///
/// let y = Tensor::from([0.67, 0.45, 0.22, 0.8, 0.57]);
/// let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.866");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss bce<weight: W: [..] = 1>(y: [..], t: [..]) =
///     mean[..](W[..] * (-t[..] * max(ln(y[..]), -100) - (1 - t[..]) * max(ln(1 - y[..]), -100)));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// bce_mean[sample] = sum[a](-t[sample, a] * max(ln(y[sample, a]), -100) - (1 - t[sample, a]) * max(ln(1 - y[sample, a]), -100))
/// loss[sample] = bce_mean[sample] / 5
/// d_bce_mean[sample] = scale / 5
/// d_y[sample, i] = d_bce_mean[sample] * (-where(max(ln(y[sample, i]), -100) <= -100, 0, t[sample, i] / y[sample, i]) - where(max(ln(1 - y[sample, i]), -100) <= -100, 0, -(1 - t[sample, i]) / (1 - y[sample, i])))
/// ```
#[doc(alias = "BCELoss")]
#[doc(alias = "binary_crossentropy")]
#[doc(alias = "binary_cross_entropy")]
pub mod bce {}

/// Binary cross entropy of logits: of `sigmoid(y)`, without overflow.
///
/// `pos_weight` multiplies the part of positive targets.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// bce_with_logits(y, t, weight = 1, pos_weight = 1)
///
/// y: [..], t: [..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `weight` | a number, or numbers of the shape `[..]` | `1` |
/// | `pos_weight` | a number, or numbers of the shape `[..]` | `1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = bce_with_logits(output, t);
/// }
///
/// let y = Tensor::from([1.3, -0.4, -2.1, 2.2, 0.5]);
/// let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.066");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss bce_with_logits<weight: W: [..] = 1, pos_weight: P: [..] = 1>(y: [..], t: [..]) =
///     mean[..](W[..] * ((1 - t[..]) * y[..] - (1 + (P[..] - 1) * t[..]) * log_sigmoid(y[..])));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// bce_with_logits_mean[sample] = sum[a]((1 - t[sample, a]) * y[sample, a] - (0 * t[sample, a] + 1) * where(y[sample, a] < 0, y[sample, a] - ln_1p(exp(y[sample, a])), -ln_1p(exp(-y[sample, a]))))
/// loss[sample] = bce_with_logits_mean[sample] / 5
/// d_bce_with_logits_mean[sample] = scale / 5
/// d_y[sample, i] = d_bce_with_logits_mean[sample] * (1 - t[sample, i] - (0 * t[sample, i] + 1) * where(y[sample, i] < 0, 1 - exp(y[sample, i]) / (exp(y[sample, i]) + 1), exp(-y[sample, i]) / (exp(-y[sample, i]) + 1)))
/// ```
#[doc(alias = "BCEWithLogitsLoss")]
#[doc(alias = "binary_cross_entropy_with_logits")]
#[doc(alias = "sigmoid_cross_entropy")]
pub mod bce_with_logits {}

/// `bce_with_logits` with less weight on what is right already.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// focal(y, t, gamma = 2.0, alpha = 0.25)
///
/// y: [..], t: [..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `gamma` | a number | `2.0` |
/// | `alpha` | a number | `0.25` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = focal(output, t);
/// }
///
/// let y = Tensor::from([1.3, -0.4, -2.1, 2.2, 0.5]);
/// let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.187");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss focal<gamma: G: real = 2.0, alpha: A: real = 0.25>(y: [..], t: [..]) -> l: [] {
///     require G >= 0;
///     wrong[..] = sigmoid(y[..]) * (1 - t[..]) + sigmoid(-y[..]) * t[..];
///     share[..] = A * t[..] + (1 - A) * (1 - t[..]);
///     e[..] = -t[..] * log_sigmoid(y[..]) - (1 - t[..]) * log_sigmoid(-y[..]);
///     l = mean[..](share[..] * pow(max(wrong[..], 1e-37), G) * e[..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// wrong[sample, a] = sigmoid(y[sample, a]) * (1 - t[sample, a]) + sigmoid(-y[sample, a]) * t[sample, a]
/// share[sample, a] = 0.25 * t[sample, a] + 0.75 * (1 - t[sample, a])
/// e[sample, a] = -t[sample, a] * where(y[sample, a] < 0, y[sample, a] - ln_1p(exp(y[sample, a])), -ln_1p(exp(-y[sample, a]))) - (1 - t[sample, a]) * where(-y[sample, a] < 0, -y[sample, a] - ln_1p(exp(-y[sample, a])), -ln_1p(exp(y[sample, a])))
/// focal_mean[sample] = sum[a](share[sample, a] * max(wrong[sample, a], 0.0000000000000000000000000000000000001) * max(wrong[sample, a], 0.0000000000000000000000000000000000001) * e[sample, a])
/// loss[sample] = focal_mean[sample] / 5
/// d_focal_mean[sample] = scale / 5
/// d_y[sample, i] = d_focal_mean[sample] * share[sample, i] * max(wrong[sample, i], 0.0000000000000000000000000000000000001) * max(wrong[sample, i], 0.0000000000000000000000000000000000001) * (-t[sample, i] * where(y[sample, i] < 0, 1 - exp(y[sample, i]) / (exp(y[sample, i]) + 1), exp(-y[sample, i]) / (exp(-y[sample, i]) + 1)) - (1 - t[sample, i]) * where(-y[sample, i] < 0, exp(-y[sample, i]) / (exp(-y[sample, i]) + 1) - 1, -exp(y[sample, i]) / (exp(y[sample, i]) + 1))) + where(max(wrong[sample, i], 0.0000000000000000000000000000000000001) <= 0.0000000000000000000000000000000000001, 0, 2 * ((1 - t[sample, i]) * sigmoid(y[sample, i]) * (1 - sigmoid(y[sample, i])) - t[sample, i] * sigmoid(-y[sample, i]) * (1 - sigmoid(-y[sample, i]))) * d_focal_mean[sample] * share[sample, i] * max(wrong[sample, i], 0.0000000000000000000000000000000000001) * e[sample, i])
/// ```
#[doc(alias = "sigmoid_focal_loss")]
#[doc(alias = "BinaryFocalCrossentropy")]
pub mod focal {}

/// The mean of `max(1 - t * y, 0)`, for targets that are -1 or 1.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// hinge(y, t)
///
/// y: [..], t: [..]
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
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = hinge(output, t);
/// }
///
/// let y = Tensor::from([0.4, -0.1, -0.6, 0.7, 0.2]);
/// let t = Tensor::from([-0.4, -0.9, 0.5, -0.1, -0.6]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.112");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss hinge(y: [..], t: [..]) = mean[..](max(1 - t[..] * y[..], 0));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// hinge_mean[sample] = sum[a](max(1 - t[sample, a] * y[sample, a], 0))
/// loss[sample] = hinge_mean[sample] / 5
/// d_hinge_mean[sample] = scale / 5
/// d_y[sample, i] = where(max(1 - t[sample, i] * y[sample, i], 0) <= 0, 0, -d_hinge_mean[sample] * t[sample, i])
/// ```
pub mod hinge {}

/// The mean of the squares of `max(1 - t * y, 0)`, for targets that are -1 or 1.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// squared_hinge(y, t)
///
/// y: [..], t: [..]
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
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = squared_hinge(output, t);
/// }
///
/// let y = Tensor::from([0.4, -0.1, -0.6, 0.7, 0.2]);
/// let t = Tensor::from([-0.4, -0.9, 0.5, -0.1, -0.6]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.253");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss squared_hinge(y: [..], t: [..]) = mean[..](sq(max(1 - t[..] * y[..], 0)));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// squared_hinge_mean[sample] = sum[a](max(1 - t[sample, a] * y[sample, a], 0) * max(1 - t[sample, a] * y[sample, a], 0))
/// loss[sample] = squared_hinge_mean[sample] / 5
/// d_squared_hinge_mean[sample] = scale / 5
/// d_y[sample, i] = where(max(1 - t[sample, i] * y[sample, i], 0) <= 0, 0, -2 * d_squared_hinge_mean[sample] * max(1 - t[sample, i] * y[sample, i], 0) * t[sample, i])
/// ```
pub mod squared_hinge {}

/// The mean of `ln(1 + exp(-t * y))`, for targets that are -1 or 1.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// soft_margin(y, t)
///
/// y: [..], t: [..]
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
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = soft_margin(output, t);
/// }
///
/// let y = Tensor::from([1.3, -0.4, -2.1, 2.2, 0.5]);
/// let t = Tensor::from([-0.4, -0.9, 0.5, -0.1, -0.6]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.906");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss soft_margin(y: [..], t: [..]) = mean[..](-log_sigmoid(t[..] * y[..]));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// soft_margin_mean[sample] = sum[a](-where(t[sample, a] * y[sample, a] < 0, t[sample, a] * y[sample, a] - ln_1p(exp(t[sample, a] * y[sample, a])), -ln_1p(exp(-t[sample, a] * y[sample, a]))))
/// loss[sample] = soft_margin_mean[sample] / 5
/// d_soft_margin_mean[sample] = scale / 5
/// d_y[sample, i] = -d_soft_margin_mean[sample] * where(t[sample, i] * y[sample, i] < 0, t[sample, i] - exp(t[sample, i] * y[sample, i]) * t[sample, i] / (exp(t[sample, i] * y[sample, i]) + 1), exp(-t[sample, i] * y[sample, i]) * t[sample, i] / (exp(-t[sample, i] * y[sample, i]) + 1))
/// ```
#[doc(alias = "SoftMarginLoss")]
pub mod soft_margin {}

/// A distance where the target is 1, and what it lacks of `margin` where the target is -1.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// hinge_embedding(y, t, margin = 1.0)
///
/// y: [..], t: [..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `margin` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = hinge_embedding(output, t);
/// }
///
/// let y = Tensor::from([0.67, 0.45, 0.22, 0.8, 0.57]);
/// let t = Tensor::from([-0.4, -0.9, 0.5, -0.1, -0.6]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.000");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss hinge_embedding<margin: M: real = 1.0>(y: [..], t: [..]) =
///     mean[..](where(t[..] == 1, 0, where(y[..] <= M, M - y[..], 0)) + where(t[..] == -1, 0, y[..]));
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// hinge_embedding_mean[sample] = sum[a](where(t[sample, a] == 1, 0, where(y[sample, a] <= 1, 1 - y[sample, a], 0)) + where(t[sample, a] == -1, 0, y[sample, a]))
/// loss[sample] = hinge_embedding_mean[sample] / 5
/// d_hinge_embedding_mean[sample] = scale / 5
/// d_y[sample, i] = d_hinge_embedding_mean[sample] * (where(t[sample, i] == 1, 0, where(y[sample, i] <= 1, -1, 0)) + where(t[sample, i] == -1, 0, 1))
/// ```
#[doc(alias = "HingeEmbeddingLoss")]
pub mod hinge_embedding {}

/// The Kullback-Leibler divergence, for an output of log-probabilities.
///
/// Targets are probabilities or, with `log_target`, their logarithms.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// kl_div(y, t, log_target = false)
///
/// y: [..], t: [..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `log_target` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = kl_div(output, t);
/// }
///
/// let y = Tensor::from([-0.9, -1.7, -2.6, -0.5, -1.3]);
/// let t = Tensor::from([0.38, 0.13, 0.77, 0.52, 0.26]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.328");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss kl_div<log_target: bool = false>(y: [..], t: [..]) -> l: [] {
///     if log_target {
///         l = mean[..](exp(t[..]) * (t[..] - y[..]));
///     } else {
///         l = mean[..](where(t[..] == 0, 0, t[..] * (ln(t[..]) - y[..])));
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// kl_div_mean[sample] = sum[a](where(t[sample, a] == 0, 0, t[sample, a] * (ln(t[sample, a]) - y[sample, a])))
/// loss[sample] = kl_div_mean[sample] / 5
/// d_kl_div_mean[sample] = scale / 5
/// d_y[sample, i] = where(t[sample, i] == 0, 0, -d_kl_div_mean[sample] * t[sample, i])
/// ```
#[doc(alias = "KLDivLoss")]
#[doc(alias = "kl_divergence")]
pub mod kl_div {}

/// The negative log-likelihood of counts under Poisson distributions.
///
/// The output is the expected count or, with `log_input`, its logarithm. `full` adds Stirling's formula for the
/// factorial of the count.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// poisson_nll(y, t, log_input = true, full = false, eps = 1e-8)
///
/// y: [..], t: [..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `log_input` | `true` or `false` | `true` |
/// | `full` | `true` or `false` | `false` |
/// | `eps` | a number | `1e-8` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = poisson_nll(output, t);
/// }
///
/// let y = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
/// let t = Tensor::from([1.2, 0.1, 3.0, 1.9, 0.7]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.258");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss poisson_nll<log_input: bool = true, full: bool = false, eps: E: real = 1e-8>(y: [..], t: [..]) -> l: [] {
///     if log_input {
///         e[..] = exp(y[..]) - t[..] * y[..];
///     } else {
///         e[..] = y[..] - t[..] * ln(y[..] + E);
///     }
///     if full {
///         l = mean[..](e[..] + where(t[..] > 1, t[..] * ln(t[..]) - t[..] + 0.5 * ln(6.283185307179586 * t[..]), 0));
///     } else {
///         l = mean[..](e[..]);
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// poisson_nll_mean[sample] = sum[a](exp(y[sample, a]) - t[sample, a] * y[sample, a])
/// loss[sample] = poisson_nll_mean[sample] / 5
/// d_poisson_nll_mean[sample] = scale / 5
/// d_y[sample, i] = d_poisson_nll_mean[sample] * (exp(y[sample, i]) - t[sample, i])
/// ```
#[doc(alias = "PoissonNLLLoss")]
pub mod poisson_nll {}

/// The negative log-likelihood of numbers under normal distributions, whose mean and variance are two outputs.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// gaussian_nll(y, t, variance, full = false, eps = 1e-6)
///
/// y: [..], t: [..], variance: [..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `full` | `true` or `false` | `false` |
/// | `eps` | a number | `1e-6` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5], variance: [5]) -> (y: [5], variance: [5]) {
///         (y, variance)
///     }
///
///     loss(t: [5]) = gaussian_nll(y, t, variance);
/// }
///
/// let y = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
/// let variance = Tensor::from([1.0, 0.5, 1.6, 1.2, 0.8]);
/// let t = Tensor::from([0.8, 0.2, -0.3, -0.9, 0.5]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[NetInput { y, variance }], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.242");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss gaussian_nll<full: bool = false, eps: E: real = 1e-6>(y: [..], t: [..], variance: [..]) -> l: [] {
///     // kept above `eps`, which does not change the derivative
///     v[..] = variance[..] + detach(max(variance[..], E) - variance[..]);
///     e[..] = 0.5 * (ln(v[..]) + sq(y[..] - t[..]) / v[..]);
///     if full {
///         l = mean[..](e[..] + 0.9189385332046727);
///     } else {
///         l = mean[..](e[..]);
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// v[sample, a] = variance[sample, a] + detach(max(variance[sample, a], 0.000001) - variance[sample, a])
/// gaussian_nll_mean[sample] = sum[a](0.5 * (ln(v[sample, a]) + (y[sample, a] - t[sample, a]) * (y[sample, a] - t[sample, a]) / v[sample, a]))
/// loss[sample] = gaussian_nll_mean[sample] / 5
/// d_gaussian_nll_mean[sample] = scale / 5
/// d_variance[sample, i] = 0.5 * d_gaussian_nll_mean[sample] * (1 / v[sample, i] - (y[sample, i] - t[sample, i]) * (y[sample, i] - t[sample, i]) / (v[sample, i] * v[sample, i]))
/// d_y[sample, i] = d_gaussian_nll_mean[sample] * (y[sample, i] - t[sample, i]) / v[sample, i]
/// ```
#[doc(alias = "GaussianNLLLoss")]
pub mod gaussian_nll {}

/// Cross entropy of logits, for targets that are classes, one for each position behind the axis of the classes.
///
/// Ignored targets count neither in the sum nor in what it is divided by.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// cross_entropy(y, t, weight = 1, ignore_index = none, label_smoothing = 0)
///
/// y: [N, ..], t: index<N or I>[..] -> l: [] / d: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `weight` | a number, or numbers of the shape `[N]` | `1` |
/// | `ignore_index` | a number | `none` |
/// | `label_smoothing` | a number | `0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: index<5>) = cross_entropy(output, t);
/// }
///
/// let y = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
/// let t = 1;
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "2.543");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss cross_entropy<weight: W: [N] = 1, ignore_index: I: real = none, label_smoothing: S: real = 0>(
///     y: [N, ..], t: index<N or I>[..]) -> l: [] / d: []
/// {
///     require 0 <= S;
///     require S <= 1;
///     p = log_softmax(y, axis = 0);
///     if I == none {
///         w[..] = W[t[..]];
///         e[..] = -W[t[..]] * p[t[..], ..];
///         s[..] = -sum[k](W[k] * p[k, ..]);
///     } else {
///         w[..] = where(t[..] == I, 0, W[t[..]]);
///         e[..] = where(t[..] == I, 0, -W[t[..]] * p[t[..], ..]);
///         s[..] = where(t[..] == I, 0, -sum[k](W[k] * p[k, ..]));
///     }
///     if S == 0 {
///         l = sum[..](e[..]);
///     } else {
///         l = sum[..]((1 - S) * e[..] + S / N * s[..]);
///     }
///     d = sum[..](w[..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// log_softmax_m[sample] = max[n](y[sample, n])
/// log_softmax_s[sample] = sum[n](exp(y[sample, n] - detach(log_softmax_m[sample])))
/// loss[sample] = -y[sample, t[sample]] + detach(log_softmax_m[sample]) + ln(log_softmax_s[sample])
/// d_log_softmax_s[sample] = scale / log_softmax_s[sample]
/// d_y[sample, i] = where(i == t[sample], -scale, 0) + d_log_softmax_s[sample] * exp(y[sample, i] - detach(log_softmax_m[sample]))
/// ```
///
/// # `y: [N, ..], t: [N, ..] -> l: []`
///
/// The same for targets that are probabilities.
///
/// ```text
/// cross_entropy(y, t, weight = 1, label_smoothing = 0)
///
/// y: [N, ..], t: [N, ..] -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `weight` | a number, or numbers of the shape `[N]` | `1` |
/// | `label_smoothing` | a number | `0` |
///
/// ## Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: [5]) = cross_entropy(output, t);
/// }
///
/// let y = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4]);
/// let t = Tensor::from([0.3, 0.0, 0.7, 0.5, 0.2]);
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "3.693");
/// # Ok::<(), Error>(())
/// ```
///
/// ## Formula
///
/// ```text
/// loss cross_entropy<weight: W: [N] = 1, label_smoothing: S: real = 0>(y: [N, ..], t: [N, ..]) -> l: [] {
///     require 0 <= S;
///     require S <= 1;
///     p = log_softmax(y, axis = 0);
///     l = mean[..](-sum[k](W[k] * (t[k, ..] * (1 - S) + S / N) * p[k, ..]));
/// }
/// ```
///
/// ## Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// log_softmax_m[sample] = max[n](y[sample, n])
/// log_softmax_s[sample] = sum[n](exp(y[sample, n] - detach(log_softmax_m[sample])))
/// log_softmax[sample, n] = y[sample, n] - detach(log_softmax_m[sample]) - ln(log_softmax_s[sample])
/// cross_entropy_sum[sample] = sum[k]((t[sample, k] + 0 * 1 / 5) * log_softmax[sample, k])
/// loss[sample] = -cross_entropy_sum[sample]
/// d_log_softmax[sample, k] = -scale * t[sample, k]
/// d_log_softmax_s[sample] = sum[n](-d_log_softmax[sample, n] / log_softmax_s[sample])
/// d_y[sample, i] = d_log_softmax[sample, i] + d_log_softmax_s[sample] * exp(y[sample, i] - detach(log_softmax_m[sample]))
/// ```
#[doc(alias = "CrossEntropyLoss")]
#[doc(alias = "categorical_crossentropy")]
#[doc(alias = "sparse_categorical_crossentropy")]
#[doc(alias = "softmax_cross_entropy")]
pub mod cross_entropy {}

/// The negative log-likelihood of classes, for an output of log-probabilities. Ignored targets do not count.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// nll(y, t, weight = 1, ignore_index = none)
///
/// y: [N, ..], t: index<N or I>[..] -> l: [] / d: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `weight` | a number, or numbers of the shape `[N]` | `1` |
/// | `ignore_index` | a number | `none` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [5]) -> [5] {
///         y
///     }
///
///     loss(t: index<5>) = nll(output, t);
/// }
///
/// let y = Tensor::from([-0.9, -1.7, -2.6, -0.5, -1.3]);
/// let t = 1;
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "1.700");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss nll<weight: W: [N] = 1, ignore_index: I: real = none>(y: [N, ..], t: index<N or I>[..]) -> l: [] / d: [] {
///     if I == none {
///         w[..] = W[t[..]];
///         l = -sum[..](W[t[..]] * y[t[..], ..]);
///     } else {
///         w[..] = where(t[..] == I, 0, W[t[..]]);
///         l = -sum[..](where(t[..] == I, 0, W[t[..]] * y[t[..], ..]));
///     }
///     d = sum[..](w[..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// loss[sample] = -y[sample, t[sample]]
/// d_y[sample, i] = where(i == t[sample], -scale, 0)
/// ```
#[doc(alias = "NLLLoss")]
pub mod nll {}

/// How far the values of other classes come within `margin` of the value of the right class.
///
/// It is divided by the number of classes.
///
/// A loss: it is called behind `loss` in a [`network!`](macro@crate::network), by its name alone where the
/// network has one output. It is no item of Rust.
///
/// ```text
/// multi_margin(y, t, p = 1, margin = 1.0, weight = 1)
///
/// y: [N], t: index<N> -> l: []
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `p` | a size | `1` |
/// | `margin` | a number | `1.0` |
/// | `weight` | a number, or numbers of the shape `[N]` | `1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(y: [4]) -> [4] {
///         y
///     }
///
///     loss(t: index<4>) = multi_margin(output, t);
/// }
///
/// let y = Tensor::from([0.17, -0.05, -0.28, 0.3]);
/// let t = 1;
/// let mut workspace = nn_core::train_workspace::<Net>();
/// let loss = Net::init(0).loss(&[y], &[t], &mut workspace)?;
/// assert_eq!(format!("{loss:.3}"), "0.835");
/// # Ok::<(), Error>(())
/// ```
///
/// # Formula
///
/// ```text
/// loss multi_margin<p: P = 1, margin: M: real = 1.0, weight: W: [N] = 1>(y: [N], t: index<N>) -> l: [] {
///     require 1 <= P;
///     require P <= 2;
///     if P == 1 {
///         l = W[t] / N * sum[k](where(k == t, 0, max(M - y[t] + y[k], 0)));
///     } else {
///         l = W[t] / N * sum[k](where(k == t, 0, sq(max(M - y[t] + y[k], 0))));
///     }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example, simplified. `d_y` is the derivative of the loss by `y`. `sample` counts the samples
/// of a step, and `scale` is the factor of each in the loss.
///
/// ```text
/// multi_margin_sum[sample] = sum[k](where(k == t[sample], 0, max(1 - y[sample, t[sample]] + y[sample, k], 0)))
/// loss[sample] = multi_margin_sum[sample] / 4
/// d_multi_margin_sum[sample] = scale / 4
/// d_output[sample, k] = sum[k](where(k == t[sample], where(k == t[sample], 0, where(max(1 - y[sample, t[sample]] + y[sample, k], 0) <= 0, 0, -d_multi_margin_sum[sample])), 0))
/// d_output[sample, k] += where(k == t[sample], 0, where(max(1 - y[sample, t[sample]] + y[sample, k], 0) <= 0, 0, d_multi_margin_sum[sample]))
/// d_y[sample, i] = d_output[sample, i]
/// ```
#[doc(alias = "MultiMarginLoss")]
pub mod multi_margin {}
