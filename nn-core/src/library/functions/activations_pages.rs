// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// The rectified linear unit: negative numbers become 0.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.relu()
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
///     fn forward(x: [4]) -> [4] {
///         x.relu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.300, 0.000, 0.000, 2.200]");
/// ```
///
/// # Formula
///
/// ```text
/// fn relu(x) = max(x, 0);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = max(x[sample, i], 0)
/// d_x[sample, i] = where(y[sample, i] <= 0, 0, d_y[sample, i])
/// ```
pub mod relu {}

/// `relu` with an upper bound of 6.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.relu6()
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
///     fn forward(x: [4]) -> [4] {
///         x.relu6()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([5.8, 3.5, 1.3, 7.0]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[5.800, 3.500, 1.300, 6.000]");
/// ```
///
/// # Formula
///
/// ```text
/// fn relu6(x) = min(max(x, 0), 6);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = min(max(x[sample, i], 0), 6)
/// d_x[sample, i] = where(y[sample, i] >= 6, 0, where(max(x[sample, i], 0) <= 0, 0, d_y[sample, i]))
/// ```
pub mod relu6 {}

/// `relu` with a small slope for negative numbers.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.leaky_relu(slope = 0.01)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `slope` | a number | `0.01` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.leaky_relu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.300, -0.004, -0.021, 2.200]");
/// ```
///
/// # Formula
///
/// ```text
/// fn leaky_relu<slope: S: real = 0.01>(x) = where(x > 0, x, S * x);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(x[sample, i] > 0, x[sample, i], 0.01 * x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * where(x[sample, i] > 0, 1, 0.01)
/// ```
pub mod leaky_relu {}

/// The exponential linear unit: negative numbers approach `-alpha`.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.elu(alpha = 1.0)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `alpha` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.elu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.300, -0.330, -0.878, 2.200]");
/// ```
///
/// # Formula
///
/// ```text
/// fn elu<alpha: A: real = 1.0>(x) = where(x > 0, x, A * exp_m1(x));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(x[sample, i] > 0, x[sample, i], exp_m1(x[sample, i]))
/// d_x[sample, i] = d_y[sample, i] * where(x[sample, i] > 0, 1, exp(x[sample, i]))
/// ```
pub mod elu {}

/// `elu` with a derivative that is continuous at 0 for every `alpha`.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.celu(alpha = 1.0)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `alpha` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.celu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.300, -0.330, -0.878, 2.200]");
/// ```
///
/// # Formula
///
/// ```text
/// fn celu<alpha: A: real = 1.0>(x) = where(x > 0, x, A * exp_m1(x / A));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(x[sample, i] > 0, x[sample, i], exp_m1(x[sample, i]))
/// d_x[sample, i] = d_y[sample, i] * where(x[sample, i] > 0, 1, exp(x[sample, i]))
/// ```
pub mod celu {}

/// `elu` with a scale and an `alpha` for which mean 0 and variance 1 are kept from layer to layer.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.selu()
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
///     fn forward(x: [4]) -> [4] {
///         x.selu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.366, -0.580, -1.543, 2.312]");
/// ```
///
/// # Formula
///
/// ```text
/// fn selu(x) = 1.0507009873554805 * where(x > 0, x, 1.6732632423543772 * exp_m1(x));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = 1.0507009873554805 * where(x[sample, i] > 0, x[sample, i], 1.6732632423543772 * exp_m1(x[sample, i]))
/// d_x[sample, i] = 1.0507009873554805 * d_y[sample, i] * where(x[sample, i] > 0, 1, 1.6732632423543772 * exp(x[sample, i]))
/// ```
pub mod selu {}

/// A number times its sigmoid.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.silu()
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
///     fn forward(x: [4]) -> [4] {
///         x.silu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.437, -0.189, -0.161, 2.858]");
/// ```
///
/// # Formula
///
/// ```text
/// fn silu(x) = x * sigmoid(x);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i] * sigmoid(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * (sigmoid(x[sample, i]) + y[sample, i] * (1 - sigmoid(x[sample, i])))
/// ```
#[doc(alias = "swish")]
pub mod silu {}

/// A smooth `relu`: the logarithm of `1 + exp(beta * x)`, divided by `beta`.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.softplus(beta = 1.0, threshold = 20.0)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `beta` | a number | `1.0` |
/// | `threshold` | a number | `20.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.softplus()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.868, 0.474, 0.059, 3.049]");
/// ```
///
/// # Formula
///
/// ```text
/// fn softplus<beta: B: real = 1.0, threshold: H: real = 20.0>(x) =
///     where(B * x > H, x, softplus(B * x) / B);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i]))
/// d_x[sample, i] = d_y[sample, i] * where(x[sample, i] > 20, 1, sigmoid(x[sample, i]))
/// ```
pub mod softplus {}

/// A number times the hyperbolic tangent of its softplus.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.mish()
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
///     fn forward(x: [4]) -> [4] {
///         x.mish()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.621, -0.221, -0.165, 2.987]");
/// ```
///
/// # Formula
///
/// ```text
/// fn mish(x) = x * tanh(softplus(x));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i] * tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i])))
/// d_x[sample, i] = d_y[sample, i] * (tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i]))) + x[sample, i] * (1 - tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i]))) * tanh(where(x[sample, i] > 20, x[sample, i], softplus(x[sample, i])))) * where(x[sample, i] > 20, 1, sigmoid(x[sample, i])))
/// ```
pub mod mish {}

/// A number divided by one plus its absolute value: between -1 and 1.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.softsign()
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
///     fn forward(x: [4]) -> [4] {
///         x.softsign()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.2?}"), "[0.57, -0.29, -0.68, 0.69]");
/// ```
///
/// # Formula
///
/// ```text
/// fn softsign(x) = x / (1 + abs(x));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i] / (abs(x[sample, i]) + 1)
/// d_x[sample, i] = d_y[sample, i] * (1 / (abs(x[sample, i]) + 1) - y[sample, i] * sign(x[sample, i]) / (abs(x[sample, i]) + 1))
/// ```
pub mod softsign {}

/// The logarithm of the sigmoid.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.log_sigmoid()
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
///     fn forward(x: [4]) -> [4] {
///         x.log_sigmoid()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.7, -0.5, -2.8, 3.0]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[-0.168, -0.974, -2.859, -0.049]");
/// ```
///
/// # Formula
///
/// ```text
/// fn log_sigmoid(x) = where(x < 0, x - ln_1p(exp(x)), -ln_1p(exp(-x)));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(x[sample, i] < 0, x[sample, i] - ln_1p(exp(x[sample, i])), -ln_1p(exp(-x[sample, i])))
/// d_x[sample, i] = d_y[sample, i] * where(x[sample, i] < 0, 1 - exp(x[sample, i]) / (exp(x[sample, i]) + 1), exp(-x[sample, i]) / (exp(-x[sample, i]) + 1))
/// ```
pub mod log_sigmoid {}

/// A sigmoid of straight lines: from 0 at -3 to 1 at 3.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.hardsigmoid()
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
///     fn forward(x: [4]) -> [4] {
///         x.hardsigmoid()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.0, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.717, 0.433, 0.167, 0.867]");
/// ```
///
/// # Formula
///
/// ```text
/// fn hardsigmoid(x) = min(max(x + 3, 0), 6) / 6;
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = 0.16666666666666666 * min(max(x[sample, i] + 3, 0), 6)
/// d_x[sample, i] = where(min(max(x[sample, i] + 3, 0), 6) >= 6, 0, where(max(x[sample, i] + 3, 0) <= 0, 0, 0.16666666666666666 * d_y[sample, i]))
/// ```
pub mod hardsigmoid {}

/// `silu` with `hardsigmoid` in place of the sigmoid.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.hardswish()
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
///     fn forward(x: [4]) -> [4] {
///         x.hardswish()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.1, 0.1, -1.8, 3.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.785, 0.052, -0.360, 3.100]");
/// ```
///
/// # Formula
///
/// ```text
/// fn hardswish(x) = where(x <= -3, 0 * x, where(x < 3, x * (x + 3) / 6, x));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(x[sample, i] <= -3, 0 * x[sample, i], where(x[sample, i] < 3, 0.16666666666666666 * x[sample, i] * (x[sample, i] + 3), x[sample, i]))
/// d_x[sample, i] = where(x[sample, i] <= -3, 0, d_y[sample, i] * where(x[sample, i] < 3, 0.16666666666666666 * (2 * x[sample, i] + 3), 1))
/// ```
pub mod hardswish {}

/// Numbers kept between two bounds, -1 and 1 by default.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.hardtanh(min_val = -1.0, max_val = 1.0)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `min_val` | a number | `-1.0` |
/// | `max_val` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.hardtanh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.1, 0.3, -0.5, 1.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.000, 0.300, -0.500, 1.000]");
/// ```
///
/// # Formula
///
/// ```text
/// fn hardtanh<min_val: L: real = -1.0, max_val: H: real = 1.0>(x) -> y {
///     require L <= H;
///     y = min(max(x, L), H);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = min(max(x[sample, i], -1), 1)
/// d_x[sample, i] = where(y[sample, i] >= 1, 0, where(max(x[sample, i], -1) <= -1, 0, d_y[sample, i]))
/// ```
pub mod hardtanh {}

/// Numbers kept between two bounds, of which one may be left out.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.clamp(min = none, max = none)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `min` | a number | `none` |
/// | `max` | a number | `none` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.clamp(min = -0.5)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -0.500, 1.500]");
/// ```
///
/// # Formula
///
/// ```text
/// fn clamp<min: L: real = none, max: H: real = none>(x) -> y {
///     if L != none { a = max(x, L); } else { a = x; }
///     if H != none { y = min(a, H); } else { y = a; }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = max(x[sample, i], -0.5)
/// d_x[sample, i] = where(y[sample, i] <= -0.5, 0, d_y[sample, i])
/// ```
#[doc(alias = "clip")]
pub mod clamp {}

/// Numbers whose absolute value is at most `lambd` become 0.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.hardshrink(lambd = 0.5)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `lambd` | a number | `0.5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.hardshrink()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.4, 0.8, 0.1, 1.7]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.400, 0.800, 0.000, 1.700]");
/// ```
///
/// # Formula
///
/// ```text
/// fn hardshrink<lambd: L: real = 0.5>(x) = where(abs(x) <= L, 0, x);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(abs(x[sample, i]) <= 0.5, 0, x[sample, i])
/// d_x[sample, i] = where(abs(x[sample, i]) <= 0.5, 0, d_y[sample, i])
/// ```
pub mod hardshrink {}

/// Numbers moved towards 0 by `lambd`; those within `lambd` become 0.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.softshrink(lambd = 0.5)
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `lambd` | a number | `0.5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.softshrink()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.400, 0.000, -0.900, 1.000]");
/// ```
///
/// # Formula
///
/// ```text
/// fn softshrink<lambd: L: real = 0.5>(x) = where(abs(x) <= L, 0, x - L * sign(x));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = where(abs(x[sample, i]) <= 0.5, 0, x[sample, i] - 0.5 * sign(x[sample, i]))
/// d_x[sample, i] = where(abs(x[sample, i]) <= 0.5, 0, d_y[sample, i])
/// ```
pub mod softshrink {}

/// A number less its hyperbolic tangent.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.tanhshrink()
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
///     fn forward(x: [4]) -> [4] {
///         x.tanhshrink()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.438, -0.020, -1.130, 1.224]");
/// ```
///
/// # Formula
///
/// ```text
/// fn tanhshrink(x) = x - tanh(x);
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i] - tanh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * tanh(x[sample, i]) * tanh(x[sample, i])
/// ```
pub mod tanhshrink {}

/// The Gaussian error linear unit: a number times the normal distribution function at it.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.gelu()
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
///     fn forward(x: [4]) -> [4] {
///         x.gelu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.174, -0.138, -0.038, 2.169]");
/// ```
///
/// # Formula
///
/// ```text
/// fn gelu(x) = 0.5 * x * (1 + erf(x / sqrt(2)));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = 0.5 * x[sample, i] * (erf(0.7071067811865475 * x[sample, i]) + 1)
/// d_x[sample, i] = 0.5 * d_y[sample, i] * (erf(0.7071067811865475 * x[sample, i]) + 0.7978845608028653 * x[sample, i] * exp(-0.4999999999999999 * x[sample, i] * x[sample, i]) + 1)
/// ```
pub mod gelu {}

/// `gelu` with the distribution function approximated by a hyperbolic tangent.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.gelu_tanh()
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
///     fn forward(x: [4]) -> [4] {
///         x.gelu_tanh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.174, -0.138, -0.037, 2.170]");
/// ```
///
/// # Formula
///
/// ```text
/// fn gelu_tanh(x) = 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)));
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = 0.5 * x[sample, i] * (tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i])) + 1)
/// d_x[sample, i] = 0.5 * d_y[sample, i] * (tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i])) + 0.7978845608028654 * x[sample, i] * (1 - tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i])) * tanh(0.7978845608028654 * (x[sample, i] + 0.044715 * x[sample, i] * x[sample, i] * x[sample, i]))) * (0.134145 * x[sample, i] * x[sample, i] + 1) + 1)
/// ```
pub mod gelu_tanh {}

/// The square.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sq()
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
///     fn forward(x: [4]) -> [4] {
///         x.sq()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1, 2.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.690, 0.160, 4.410, 4.840]");
/// ```
///
/// # Formula
///
/// ```text
/// fn sq(x) = x * x;
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i] * x[sample, i]
/// d_x[sample, i] = 2 * d_y[sample, i] * x[sample, i]
/// ```
#[doc(alias = "square")]
pub mod sq {}

/// Exponentials divided by their sum along an axis: positive numbers that add up to 1.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.softmax(axis = -1)
///
/// x: [.., N, R..] -> y: [.., N, R..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, whose size is `N` | `-1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [3, 5]) -> [3, 5] {
///         x.softmax()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4, 1.5, 0.4], [-0.8, -1.9, 1.0, -0.1, -1.3], [1.6, 0.5, -0.6, -1.8, 1.1]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.261, 0.079, 0.026, 0.476, 0.158, 0.100]");
/// ```
///
/// # Formula
///
/// ```text
/// fn softmax<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
///     m[.., R..] = max[n](x[.., n, R..]);
///     e[.., n, R..] = exp(x[.., n, R..] - detach(m[.., R..]));
///     y[.., n, R..] = e[.., n, R..] / sum[k](e[.., k, R..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// m[sample, a] = max[n](x[sample, a, n])
/// e[sample, a, n] = exp(x[sample, a, n] - detach(m[sample, a]))
/// softmax_sum[sample, a] = sum[k](e[sample, a, k])
/// y[sample, a, n] = e[sample, a, n] / softmax_sum[sample, a]
/// d_softmax_sum[sample, a] = sum[n](-y[sample, a, n] * d_y[sample, a, n] / softmax_sum[sample, a])
/// d_x[sample, a, n] = (d_y[sample, a, n] / softmax_sum[sample, a] + d_softmax_sum[sample, a]) * e[sample, a, n]
/// ```
pub mod softmax {}

/// The logarithm of `softmax`, computed without a quotient.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.log_softmax(axis = -1)
///
/// x: [.., N, R..] -> y: [.., N, R..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, whose size is `N` | `-1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [3, 5]) -> [3, 5] {
///         x.log_softmax()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4, 1.5, 0.4], [-0.8, -1.9, 1.0, -0.1, -1.3], [1.6, 0.5, -0.6, -1.8, 1.1]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-1.343, -2.543, -3.643, -0.743, -1.843, -2.303]");
/// ```
///
/// # Formula
///
/// ```text
/// fn log_softmax<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
///     m[.., R..] = max[n](x[.., n, R..]);
///     s[.., R..] = sum[n](exp(x[.., n, R..] - detach(m[.., R..])));
///     y[.., n, R..] = x[.., n, R..] - detach(m[.., R..]) - ln(s[.., R..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// m[sample, a] = max[n](x[sample, a, n])
/// s[sample, a] = sum[n](exp(x[sample, a, n] - detach(m[sample, a])))
/// y[sample, a, n] = x[sample, a, n] - detach(m[sample, a]) - ln(s[sample, a])
/// d_s[sample, a] = sum[n](-d_y[sample, a, n] / s[sample, a])
/// d_x[sample, a, n] = d_y[sample, a, n] + d_s[sample, a] * exp(x[sample, a, n] - detach(m[sample, a]))
/// ```
pub mod log_softmax {}

/// `softmax` of the negated numbers.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.softmin(axis = -1)
///
/// x: [.., N, R..] -> y: [.., N, R..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, whose size is `N` | `-1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.softmin()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.067, 0.224, 0.672, 0.037]");
/// ```
///
/// # Formula
///
/// ```text
/// fn softmin<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
///     y = softmax(-x, axis = N);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// negate[sample, i] = -x[sample, i]
/// softmax_m[sample] = max[n](negate[sample, n])
/// softmax_e[sample, n] = exp(negate[sample, n] - detach(softmax_m[sample]))
/// softmax_sum[sample] = sum[k](softmax_e[sample, k])
/// y[sample, n] = softmax_e[sample, n] / softmax_sum[sample]
/// d_softmax_sum[sample] = sum[n](-y[sample, n] * d_y[sample, n] / softmax_sum[sample])
/// d_x[sample, i] = -(d_y[sample, i] / softmax_sum[sample] + d_softmax_sum[sample]) * softmax_e[sample, i]
/// ```
pub mod softmin {}

/// The Euclidean norm: the square root of the sum of squares.
///
/// Over one axis, over several or over all. Where there is no derivative, at 0, it is 0.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.norm(axis = none, keepdim = false)
///
/// x: [..] -> y
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, several in parentheses, or `none` for all | `none` |
/// | `keepdim` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [] {
///         x.norm()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "1.162");
/// ```
///
/// # Formula
///
/// ```text
/// fn norm<axis: N: axes = none, keepdim: bool = false>(x: [..]) -> y {
///     s = sq(x).sum(axis = N, keepdim = keepdim);
///     y = where(s == 0, 0, sqrt(s));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// sum[sample] = sum[a, b](x[sample, a, b] * x[sample, a, b])
/// sqrt[sample] = sqrt(sum[sample])
/// y[sample] = where(sum[sample] == 0, 0, sqrt[sample])
/// d_sum[sample] = where(sum[sample] == 0, 0, 0.5 * d_y[sample] / sqrt[sample])
/// d_x[sample, i, j] = 2 * d_sum[sample] * x[sample, i, j]
/// ```
#[doc(alias = "l2_norm")]
#[doc(alias = "euclidean")]
#[doc(alias = "linalg_norm")]
pub mod norm {}

/// The variance: squared deviations from the mean, averaged.
///
/// `correction` is taken off the number of values, as in PyTorch.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.var(axis = none, correction = 1, keepdim = false)
///
/// x: [..] -> y
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, several in parentheses, or `none` for all | `none` |
/// | `correction` | a size | `1` |
/// | `keepdim` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [] {
///         x.var()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "0.270");
/// ```
///
/// # Formula
///
/// ```text
/// fn var<axis: N: axes = none, correction: C = 1, keepdim: bool = false>(x: [..]) -> y {
///     require C < N, "the variance of {N} values has no correction of {C}";
///     d = x - x.mean(axis = N, keepdim = true);
///     y = sq(d).sum(axis = N, keepdim = keepdim) / (N - C);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// mean[sample, 0, 0] = sum[a, b](x[sample, a, b])
/// mean_2[sample, i, j] = mean[sample, i, j] / 6
/// subtract[sample, i, j] = x[sample, i, j] - mean_2[sample, 0, 0]
/// sum[sample] = sum[a, b](subtract[sample, a, b] * subtract[sample, a, b])
/// y[sample] = sum[sample] / (6 - 1)
/// d_sum[sample] = d_y[sample] / (6 - 1)
/// d_subtract[sample, i, j] = 2 * d_sum[sample] * subtract[sample, i, j]
/// d_mean_2[sample, 0, 0] = sum[i, j](-d_subtract[sample, i, j])
/// d_mean[sample, i, j] = d_mean_2[sample, i, j] / 6
/// d_x[sample, i, j] = d_subtract[sample, i, j] + d_mean[sample, 0, 0]
/// ```
#[doc(alias = "variance")]
pub mod var {}

/// The standard deviation: the square root of `var`. Where it is 0, its derivative is 0.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.std(axis = none, correction = 1, keepdim = false)
///
/// x: [..] -> y
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, several in parentheses, or `none` for all | `none` |
/// | `correction` | a size | `1` |
/// | `keepdim` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [] {
///         x.std()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "0.519");
/// ```
///
/// # Formula
///
/// ```text
/// fn std<axis: N: axes = none, correction: C = 1, keepdim: bool = false>(x: [..]) -> y {
///     v = var(x, axis = N, correction = C, keepdim = keepdim);
///     y = where(v == 0, 0, sqrt(v));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// mean[sample, 0, 0] = sum[a, b](x[sample, a, b])
/// mean_2[sample, i, j] = mean[sample, i, j] / 6
/// subtract[sample, i, j] = x[sample, i, j] - mean_2[sample, 0, 0]
/// sum[sample] = sum[a, b](subtract[sample, a, b] * subtract[sample, a, b])
/// divide[sample] = sum[sample] / (6 - 1)
/// sqrt[sample] = sqrt(divide[sample])
/// y[sample] = where(divide[sample] == 0, 0, sqrt[sample])
/// d_sum[sample] = where(divide[sample] == 0, 0, 0.5 * d_y[sample] / ((6 - 1) * sqrt[sample]))
/// d_subtract[sample, i, j] = 2 * d_sum[sample] * subtract[sample, i, j]
/// d_mean_2[sample, 0, 0] = sum[i, j](-d_subtract[sample, i, j])
/// d_mean[sample, i, j] = d_mean_2[sample, i, j] / 6
/// d_x[sample, i, j] = d_subtract[sample, i, j] + d_mean[sample, 0, 0]
/// ```
#[doc(alias = "standard_deviation")]
pub mod std {}

/// The logarithm of the sum of exponentials, without overflow.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.logsumexp(axis = none, keepdim = false)
///
/// x: [..] -> y
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, several in parentheses, or `none` for all | `none` |
/// | `keepdim` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 3]) -> [] {
///         x.logsumexp()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.9, -0.3, -1.4], [1.5, 0.4, -0.8]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.2?}"), "2.29");
/// ```
///
/// # Formula
///
/// ```text
/// fn logsumexp<axis: N: axes = none, keepdim: bool = false>(x: [..]) -> y {
///     m = detach(x.max(axis = N, keepdim = true));
///     m = where(abs(m) == infinity, 0, m);
///     s = exp(x - m).sum(axis = N, keepdim = keepdim);
///     y = ln(s) + m.max(axis = N, keepdim = keepdim);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// max[sample, 0, 0] = max[a, b](x[sample, a, b])
/// where[sample, i, j] = where(abs(detach(max[sample, i, j])) == inf, 0, detach(max[sample, i, j]))
/// exp[sample, i, j] = exp(x[sample, i, j] - where[sample, 0, 0])
/// sum[sample] = sum[a, b](exp[sample, a, b])
/// max_2[sample] = max[a, b](where[sample, a, b])
/// y[sample] = ln(sum[sample]) + max_2[sample]
/// d_sum[sample] = d_y[sample] / sum[sample]
/// d_x[sample, i, j] = d_sum[sample] * exp[sample, i, j]
/// ```
#[doc(alias = "reduce_logsumexp")]
pub mod logsumexp {}

/// The sum of all values up to each one along an axis. It takes a step for each pair of places along the axis.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.cumsum(axis = -1)
///
/// x: [.., N, R..] -> y: [.., N, R..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, whose size is `N` | `-1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4]) -> [4] {
///         x.cumsum()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.4, -0.1, -0.7, 0.7]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.400, 0.300, -0.400, 0.300]");
/// ```
///
/// # Formula
///
/// ```text
/// fn cumsum<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N, R..] {
///     y[.., n, R..] = sum[k: N](where(k <= n, x[.., k, R..], 0));
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, n] = sum[k](where(k <= n, x[sample, k], 0))
/// d_x[sample, k] = sum[n](where(k <= n, d_y[sample, n], 0))
/// ```
pub mod cumsum {}

/// The gated linear unit: the first half along an axis, times the sigmoid of the second.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.glu(axis = -1)
///
/// x: [.., N, R..] -> y: [.., N/2, R..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `axis` | an axis, whose size is `N` | `-1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [6]) -> [3] {
///         x.glu()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4, -0.8]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.736, -0.180, -0.434]");
/// ```
///
/// # Formula
///
/// ```text
/// fn glu<axis: N: axis = -1>(x: [.., N, R..]) -> y: [.., N/2, R..] {
///     require 2 * (N/2) == N, "the axis that is halved must have an even size";
///     y[.., n: N/2, R..] = x[.., n, R..] * sigmoid(x[.., n + N/2, R..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, n] = x[sample, n] * sigmoid(x[sample, n + 3])
/// d_x[sample, n] = where(3 <= n, pad(y[sample, n - 3], 0) * pad(d_y[sample, n - 3], 0) * (1 - sigmoid(x[sample, n])), 0)
/// d_x[sample, n] += d_y[sample, n] * sigmoid(x[sample, n + 3])
/// ```
pub mod glu {}

/// `relu` with a slope for the negative numbers of each channel, which is an input.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.prelu(weight)
///
/// x: [C, ..], weight: [C] -> y: [C, ..]
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
///     fn forward(x: [3, 2], weight: [3]) -> [3, 2] {
///         x.prelu(weight)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[-0.6, -1.2], [-1.7, -0.3], [-0.9, -1.4]]);
/// let weight = Tensor::from([0.38, 0.13, 0.77]);
/// let y = session.forward(&NetInput { x, weight });
/// assert_eq!(format!("{y:.3?}"), "[[-0.228, -0.456], [-0.221, -0.039], [-0.693, -1.078]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn prelu(x: [C, ..], weight: [C]) -> y: [C, ..] {
///     y[c, ..] = where(x[c, ..] > 0, x[c, ..], weight[c] * x[c, ..]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, a] = where(x[sample, c, a] > 0, x[sample, c, a], weight[sample, c] * x[sample, c, a])
/// d_x[sample, c, a] = d_y[sample, c, a] * where(x[sample, c, a] > 0, 1, weight[sample, c])
/// d_weight[sample, c] = sum[a](where(x[sample, c, a] > 0, 0, d_y[sample, c, a] * x[sample, c, a]))
/// ```
pub mod prelu {}

/// Zeroes each value with probability `rate` while training, and divides the others by `1 - rate`.
///
/// The mean stays. A prediction changes nothing.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.dropout(rate = 0.5)
///
/// x: [..] -> y: [..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `rate` | a number | `0.5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [7]) -> [7] {
///         x.dropout(0.2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4, 1.5, 0.4, -0.8, -1.9]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400, 1.500, 0.400, -0.800, -1.900]");
/// ```
///
/// # Formula
///
/// ```text
/// fn dropout<rate: P: real = 0.5>(x: [..]) -> y: [..] {
///     require 0 <= P;
///     require P < 1;
///     train { y[..] = where(random() < P, 0, x[..] / (1 - P)); }
///     infer { y = x; }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, a] = where(random0[a] < 0.2, 0, 1.25 * x[sample, a])
/// d_x[sample, a] = where(random0[a] < 0.2, 0, 1.25 * d_y[sample, a])
/// ```
pub mod dropout {}

/// `dropout` of whole channels: all values of a channel are zeroed together.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.dropout1d(rate = 0.5)
///
/// x: [C, ..] -> y: [C, ..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `rate` | a number | `0.5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [5, 2, 2]) -> [5, 2, 2] {
///         x.dropout1d(0.4)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.100, 0.200, 0.300, 0.400, 0.500]");
/// ```
///
/// # Formula
///
/// ```text
/// fn dropout1d, dropout2d, dropout3d<rate: P: real = 0.5>(x: [C, ..]) -> y: [C, ..] {
///     require 0 <= P;
///     require P < 1;
///     train {
///         kept[c: C] = where(random() < P, 0, 1 / (1 - P));
///         y[c, ..] = x[c, ..] * kept[c];
///     }
///     infer { y = x; }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// kept[sample, c] = where(random0[c] < 0.4, 0, 1.6666666666666667)
/// y[sample, c, a, b] = x[sample, c, a, b] * kept[sample, c]
/// d_x[sample, c, a, b] = d_y[sample, c, a, b] * kept[sample, c]
/// ```
#[doc(alias = "SpatialDropout1D")]
pub mod dropout1d {}

/// `dropout` of whole channels: all values of a channel are zeroed together.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.dropout2d(rate = 0.5)
///
/// x: [C, ..] -> y: [C, ..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `rate` | a number | `0.5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [5, 2, 2]) -> [5, 2, 2] {
///         x.dropout2d(0.4)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.100, 0.200, 0.300, 0.400, 0.500]");
/// ```
///
/// # Formula
///
/// ```text
/// fn dropout1d, dropout2d, dropout3d<rate: P: real = 0.5>(x: [C, ..]) -> y: [C, ..] {
///     require 0 <= P;
///     require P < 1;
///     train {
///         kept[c: C] = where(random() < P, 0, 1 / (1 - P));
///         y[c, ..] = x[c, ..] * kept[c];
///     }
///     infer { y = x; }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// kept[sample, c] = where(random0[c] < 0.4, 0, 1.6666666666666667)
/// y[sample, c, a, b] = x[sample, c, a, b] * kept[sample, c]
/// d_x[sample, c, a, b] = d_y[sample, c, a, b] * kept[sample, c]
/// ```
#[doc(alias = "SpatialDropout2D")]
pub mod dropout2d {}

/// `dropout` of whole channels: all values of a channel are zeroed together.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.dropout3d(rate = 0.5)
///
/// x: [C, ..] -> y: [C, ..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `rate` | a number | `0.5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [5, 2, 2]) -> [5, 2, 2] {
///         x.dropout3d(0.4)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.000, 0.100, 0.200, 0.300, 0.400, 0.500]");
/// ```
///
/// # Formula
///
/// ```text
/// fn dropout1d, dropout2d, dropout3d<rate: P: real = 0.5>(x: [C, ..]) -> y: [C, ..] {
///     require 0 <= P;
///     require P < 1;
///     train {
///         kept[c: C] = where(random() < P, 0, 1 / (1 - P));
///         y[c, ..] = x[c, ..] * kept[c];
///     }
///     infer { y = x; }
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// kept[sample, c] = where(random0[c] < 0.4, 0, 1.6666666666666667)
/// y[sample, c, a, b] = x[sample, c, a, b] * kept[sample, c]
/// d_x[sample, c, a, b] = d_y[sample, c, a, b] * kept[sample, c]
/// ```
#[doc(alias = "SpatialDropout3D")]
pub mod dropout3d {}
