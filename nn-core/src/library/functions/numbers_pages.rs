// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// The exponential function.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.exp()
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
///     fn forward(x: [3]) -> [3] {
///         x.exp()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[3.669, 0.670, 0.122]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = exp(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * y[sample, i]
/// ```
pub mod exp {}

/// The exponential function less 1, exact near 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.exp_m1()
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
///     fn forward(x: [3]) -> [3] {
///         x.exp_m1()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[2.669, -0.330, -0.878]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = exp_m1(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * exp(x[sample, i])
/// ```
#[doc(alias = "expm1")]
pub mod exp_m1 {}

/// The power of 2.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.exp2()
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
///     fn forward(x: [3]) -> [3] {
///         x.exp2()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[2.462, 0.758, 0.233]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = exp2(x[sample, i])
/// d_x[sample, i] = 0.6931471805599453 * d_y[sample, i] * y[sample, i]
/// ```
pub mod exp2 {}

/// The natural logarithm.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.ln()
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
///     fn forward(x: [3]) -> [3] {
///         x.ln()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.9, 1.9, 0.8]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.065, 0.642, -0.223]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = ln(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / x[sample, i]
/// ```
#[doc(alias = "log")]
pub mod ln {}

/// The natural logarithm of one more than the number, exact near 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.ln_1p()
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
///     fn forward(x: [3]) -> [3] {
///         x.ln_1p()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.7, 1.4, 0.0]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.308, 0.875, 0.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = ln_1p(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / (x[sample, i] + 1)
/// ```
#[doc(alias = "log1p")]
pub mod ln_1p {}

/// The logarithm to the base 2.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.log2()
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
///     fn forward(x: [3]) -> [3] {
///         x.log2()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.9, 1.9, 0.8]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.536, 0.926, -0.322]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = log2(x[sample, i])
/// d_x[sample, i] = 1.4426950408889634 * d_y[sample, i] / x[sample, i]
/// ```
pub mod log2 {}

/// The logarithm to the base 10.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.log10()
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
///     fn forward(x: [3]) -> [3] {
///         x.log10()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.9, 1.9, 0.8]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.462, 0.279, -0.097]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = log10(x[sample, i])
/// d_x[sample, i] = 0.43429448190325176 * d_y[sample, i] / x[sample, i]
/// ```
pub mod log10 {}

/// The square root.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sqrt()
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
///     fn forward(x: [3]) -> [3] {
///         x.sqrt()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.9, 1.9, 0.8]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.703, 1.378, 0.894]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = sqrt(x[sample, i])
/// d_x[sample, i] = 0.5 * d_y[sample, i] / y[sample, i]
/// ```
pub mod sqrt {}

/// The first number to the power of the second.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.pow(z)
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
///     fn forward(x: [3], z: [3]) -> [3] {
///         x.pow(z)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.2, 1.4, 0.6]);
/// let z = Tensor::from([-0.8, -1.9, 1.0]);
/// let y = session.forward(&NetInput { x, z });
/// assert_eq!(format!("{y:.3?}"), "[0.532, 0.528, 0.600]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = powf(x[sample, i], z[sample, i])
/// d_x[sample, i] = where(z[sample, i] == 0, 0, d_y[sample, i] * z[sample, i] * powf(x[sample, i], z[sample, i] - 1))
/// d_z[sample, i] = d_y[sample, i] * where(x[sample, i] == 0, where(z[sample, i] >= 0, 0, y[sample, i] * ln(x[sample, i])), y[sample, i] * ln(x[sample, i]))
/// ```
#[doc(alias = "powi")]
#[doc(alias = "powf")]
#[doc(alias = "power")]
pub mod pow {}

/// The square root of the sum of two squares, without overflow.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.hypot(z)
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
///     fn forward(x: [3], z: [3]) -> [3] {
///         x.hypot(z)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.2, 1.4, 0.6]);
/// let z = Tensor::from([-0.8, -1.9, 1.0]);
/// let y = session.forward(&NetInput { x, z });
/// assert_eq!(format!("{y:.3?}"), "[2.341, 2.360, 1.166]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = hypot(x[sample, i], z[sample, i])
/// d_x[sample, i] = d_y[sample, i] * x[sample, i] / y[sample, i]
/// d_z[sample, i] = d_y[sample, i] * z[sample, i] / y[sample, i]
/// ```
pub mod hypot {}

/// The absolute value. Its derivative at 0 is 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.abs()
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
///     fn forward(x: [3]) -> [3] {
///         x.abs()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.2, 1.4, 0.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[2.200, 1.400, 0.500]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = abs(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * sign(x[sample, i])
/// ```
pub mod abs {}

/// The sign: -1, 0 or 1.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sign()
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
///     fn forward(x: [3]) -> [3] {
///         x.sign()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.2, 1.4, 0.5]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.000, 1.000, 1.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = sign(x[sample, i])
/// d_x[sample, i] = 0
/// ```
pub mod sign {}

/// The sine of an angle in radians.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sin()
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
///     fn forward(x: [3]) -> [3] {
///         x.sin()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.964, -0.389, -0.863]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = sin(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * cos(x[sample, i])
/// ```
pub mod sin {}

/// The cosine of an angle in radians.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.cos()
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
///     fn forward(x: [3]) -> [3] {
///         x.cos()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.2?}"), "[0.27, 0.92, -0.50]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = cos(x[sample, i])
/// d_x[sample, i] = -d_y[sample, i] * sin(x[sample, i])
/// ```
pub mod cos {}

/// The tangent of an angle in radians.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.tan()
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
///     fn forward(x: [3]) -> [3] {
///         x.tan()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.5, -0.2, -0.8]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.546, -0.203, -1.030]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = tan(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * (y[sample, i] * y[sample, i] + 1)
/// ```
pub mod tan {}

/// The angle in radians whose sine the number is.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.asin()
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
///     fn forward(x: [3]) -> [3] {
///         x.asin()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.4, -0.1, -0.6]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.2?}"), "[0.41, -0.10, -0.64]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = asin(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / sqrt(1 - x[sample, i] * x[sample, i])
/// ```
#[doc(alias = "arcsin")]
pub mod asin {}

/// The angle in radians whose cosine the number is.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.acos()
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
///     fn forward(x: [3]) -> [3] {
///         x.acos()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.4, -0.1, -0.6]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.159, 1.671, 2.214]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = acos(x[sample, i])
/// d_x[sample, i] = -d_y[sample, i] / sqrt(1 - x[sample, i] * x[sample, i])
/// ```
#[doc(alias = "arccos")]
pub mod acos {}

/// The angle in radians whose tangent the number is.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.atan()
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
///     fn forward(x: [3]) -> [3] {
///         x.atan()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.915, -0.381, -1.126]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = atan(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / (x[sample, i] * x[sample, i] + 1)
/// ```
#[doc(alias = "arctan")]
pub mod atan {}

/// The angle in radians of the point with the ordinate `x` and the abscissa `z`.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.atan2(z)
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
///     fn forward(x: [3], z: [3]) -> [3] {
///         x.atan2(z)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.2, 1.4, 0.6]);
/// let z = Tensor::from([-0.8, -1.9, 1.0]);
/// let y = session.forward(&NetInput { x, z });
/// assert_eq!(format!("{y:.3?}"), "[1.920, 2.507, 0.540]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = atan2(x[sample, i], z[sample, i])
/// d_x[sample, i] = d_y[sample, i] * z[sample, i] / (x[sample, i] * x[sample, i] + z[sample, i] * z[sample, i])
/// d_z[sample, i] = -d_y[sample, i] * x[sample, i] / (x[sample, i] * x[sample, i] + z[sample, i] * z[sample, i])
/// ```
#[doc(alias = "arctan2")]
pub mod atan2 {}

/// The hyperbolic sine.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sinh()
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
///     fn forward(x: [3]) -> [3] {
///         x.sinh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.698, -0.411, -4.022]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = sinh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * cosh(x[sample, i])
/// ```
pub mod sinh {}

/// The hyperbolic cosine.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.cosh()
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
///     fn forward(x: [3]) -> [3] {
///         x.cosh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.971, 1.081, 4.144]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = cosh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * sinh(x[sample, i])
/// ```
pub mod cosh {}

/// The hyperbolic tangent.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.tanh()
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
///     fn forward(x: [3]) -> [3] {
///         x.tanh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.862, -0.380, -0.970]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = tanh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * (1 - y[sample, i] * y[sample, i])
/// ```
pub mod tanh {}

/// The inverse of the hyperbolic sine.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.asinh()
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
///     fn forward(x: [3]) -> [3] {
///         x.asinh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.078, -0.390, -1.487]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = asinh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / sqrt(x[sample, i] * x[sample, i] + 1)
/// ```
pub mod asinh {}

/// The inverse of the hyperbolic cosine.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.acosh()
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
///     fn forward(x: [3]) -> [3] {
///         x.acosh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([3.2, 2.4, 1.6]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.831, 1.522, 1.047]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = acosh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / sqrt(x[sample, i] * x[sample, i] - 1)
/// ```
pub mod acosh {}

/// The inverse of the hyperbolic tangent.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.atanh()
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
///     fn forward(x: [3]) -> [3] {
///         x.atanh()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.4, -0.1, -0.6]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.424, -0.100, -0.693]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = atanh(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] / (1 - x[sample, i] * x[sample, i])
/// ```
pub mod atanh {}

/// The error function.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.erf()
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
///     fn forward(x: [3]) -> [3] {
///         x.erf()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.797, -0.329, -0.952]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = erf(x[sample, i])
/// d_x[sample, i] = 1.1283791670955126 * d_y[sample, i] * exp(-x[sample, i] * x[sample, i])
/// ```
pub mod erf {}

/// The logistic function: `1 / (1 + exp(-x))`.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.sigmoid()
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
///     fn forward(x: [3]) -> [3] {
///         x.sigmoid()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.786, 0.401, 0.109]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = sigmoid(x[sample, i])
/// d_x[sample, i] = d_y[sample, i] * y[sample, i] * (1 - y[sample, i])
/// ```
#[doc(alias = "logistic")]
#[doc(alias = "expit")]
pub mod sigmoid {}

/// The greatest whole number that is not greater. Its derivative is 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.floor()
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
///     fn forward(x: [3]) -> [3] {
///         x.floor()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.67, 0.45, 0.22]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.000, 0.000, 0.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = floor(x[sample, i])
/// d_x[sample, i] = 0
/// ```
pub mod floor {}

/// The least whole number that is not less. Its derivative is 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.ceil()
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
///     fn forward(x: [3]) -> [3] {
///         x.ceil()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.67, 0.45, 0.22]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.000, 1.000, 1.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = ceil(x[sample, i])
/// d_x[sample, i] = 0
/// ```
pub mod ceil {}

/// The whole part of a number. Its derivative is 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.trunc()
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
///     fn forward(x: [3]) -> [3] {
///         x.trunc()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.67, 0.45, 0.22]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.000, 0.000, 0.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = trunc(x[sample, i])
/// d_x[sample, i] = 0
/// ```
pub mod trunc {}

/// The nearest whole number; halves go to the even one. Its derivative is 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.round()
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
///     fn forward(x: [3]) -> [3] {
///         x.round()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.17, 0.95, 0.72]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.000, 1.000, 1.000]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = round(x[sample, i])
/// d_x[sample, i] = 0
/// ```
pub mod round {}

/// The remainder of a division, with the sign of the dividend.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.fmod(z)
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
///     fn forward(x: [3], z: [3]) -> [3] {
///         x.fmod(z)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([2.63, 2.46, 2.29]);
/// let z = Tensor::from([0.98, 0.95, 1.02]);
/// let y = session.forward(&NetInput { x, z });
/// assert_eq!(format!("{y:.3?}"), "[0.670, 0.560, 0.250]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = fmod(x[sample, i], z[sample, i])
/// d_x[sample, i] = d_y[sample, i]
/// d_z[sample, i] = -d_y[sample, i] * trunc(x[sample, i] / z[sample, i])
/// ```
#[doc(alias = "remainder")]
#[doc(alias = "rem")]
pub mod fmod {}

/// The gap between 1 and the next number of the type of `x`. Its derivative is 0.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.epsilon()
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
///     fn forward(x: [3]) -> [3] {
///         x + x.epsilon()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([1.3, -0.4, -2.1]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[1.300, -0.400, -2.100]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = x[sample, i] + epsilon(x[sample, i])
/// d_x[sample, i] = d_y[sample, i]
/// ```
pub mod epsilon {}

/// The number itself, without its derivative: the gradient stops here.
///
/// Element by element, on tensors of any shape and on numbers in formulas.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.detach()
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
///     fn forward(x: [3]) -> [3] {
///         x.detach()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.9, -0.3, -1.4]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.900, -0.300, -1.400]");
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, i] = detach(x[sample, i])
/// d_x[sample, i] = 0
/// ```
#[doc(alias = "stop_gradient")]
#[doc(alias = "no_grad")]
pub mod detach {}
