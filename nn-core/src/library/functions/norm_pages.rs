// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// A factor and an offset for each channel.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.scale_channels(weight, bias)
///
/// x: [C, ..], weight: [C], bias: [C] -> y: [C, ..]
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
///     fn forward(x: [3, 2], weight: [3], bias: [3]) -> [3, 2] {
///         x.scale_channels(weight, bias)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]]);
/// let weight = Tensor::from([-0.4, -0.9, 0.5]);
/// let bias = Tensor::from([0.8, 0.2, -0.3]);
/// let y = session.forward(&NetInput { x, weight, bias });
/// assert_eq!(format!("{y:.3?}"), "[[0.640, 0.840], [0.830, -0.430], [-0.200, -0.500]]");
/// ```
///
/// # Formula
///
/// ```text
/// fn scale_channels(x: [C, ..], weight: [C], bias: [C]) -> y: [C, ..] {
///     y[c, ..] = weight[c] * x[c, ..] + bias[c];
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, c, a] = weight[sample, c] * x[sample, c, a] + bias[sample, c]
/// d_weight[sample, c] = sum[a](d_y[sample, c, a] * x[sample, c, a])
/// d_x[sample, c, a] = d_y[sample, c, a] * weight[sample, c]
/// d_bias[sample, c] = sum[a](d_y[sample, c, a])
/// ```
pub mod scale_channels {}

/// Normalises each group of channels by its mean and variance, without parameters.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.group_norm(num_groups, eps = 1e-5)
///
/// x: [C, ..] -> y: [C, ..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_groups` | a size |  |
/// | `eps` | a number | `1e-5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [4, 3]) -> [4, 3] {
///         x.group_norm(2)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7], [0.7, 0.2, -0.4], [-0.9, 0.5, -0.1], [-0.6, 0.8, 0.2]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.809, -0.246, -1.512, 1.441, 0.387, -0.879]");
/// ```
///
/// # Formula
///
/// ```text
/// fn group_norm<num_groups: G, eps: E: real = 1e-5>(x: [C, ..]) -> y: [C, ..] {
///     require G * (C/G) == C, "the number of channels must be a multiple of `num_groups`";
///     z[g: G, k: C/G, ..] = x[g*(C/G) + k, ..];
///     d[g, k, ..] = z[g, k, ..] - mean[j, ..](z[g, j, ..]);
///     s[g] = 1 / sqrt(mean[k, ..](sq(d[g, k, ..])) + E);
///     y[g*(C/G) + k, ..] = d[g, k, ..] * s[g];
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// group_norm_mean[sample, g] = sum[j, a](x[sample, 2*g + j, a])
/// d[sample, g, k, a] = x[sample, 2*g + k, a] - group_norm_mean[sample, g] / 6
/// group_norm_mean_2[sample, g] = sum[k, a](d[sample, g, k, a] * d[sample, g, k, a])
/// s[sample, g] = 1 / sqrt(group_norm_mean_2[sample, g] / 6 + 0.00001)
/// y[sample, 2*g + k, a] = d[sample, g, k, a] * s[sample, g]
/// d_s[sample, g] = sum[k, a](d_y[sample, 2*g + k, a] * d[sample, g, k, a])
/// d_group_norm_mean_2[sample, g] = -0.5 * s[sample, g] * s[sample, g] * s[sample, g] * d_s[sample, g] / 6
/// d_d[sample, g, k, a] = d_y[sample, 2*g + k, a] * s[sample, g] + 2 * d_group_norm_mean_2[sample, g] * d[sample, g, k, a]
/// d_group_norm_mean[sample, g] = sum[k, a](-d_d[sample, g, k, a] / 6)
/// d_x[sample, 2*g + k, a] = d_d[sample, g, k, a] + d_group_norm_mean[sample, g]
/// ```
pub mod group_norm {}

/// Normalises each channel of a sample by its mean and variance, without parameters.
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.instance_norm(eps = 1e-5)
///
/// x: [C, ..] -> y: [C, ..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `eps` | a number | `1e-5` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [2, 5]) -> [2, 5] {
///         x.instance_norm()
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.628, -0.419, -1.675, 1.257, 0.209, -0.209]");
/// ```
///
/// # Formula
///
/// ```text
/// fn instance_norm<eps: E: real = 1e-5>(x: [C, ..]) -> y: [C, ..] {
///     y[c, ..] = (x[c, ..] - mean[..](x[c, ..])) / sqrt(var[..](x[c, ..]) + E);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// instance_norm_mean[sample, c] = sum[a](x[sample, c, a])
/// instance_norm_var[sample, c] = sum[a]((x[sample, c, a] - instance_norm_mean[sample, c] / 5) * (x[sample, c, a] - instance_norm_mean[sample, c] / 5))
/// y[sample, c, a] = (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / sqrt(instance_norm_var[sample, c] / 5 + 0.00001)
/// d_instance_norm_var[sample, c] = sum[a](-0.5 * y[sample, c, a] * d_y[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
/// d_instance_norm_mean_2[sample, c] = sum[a](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / 5)
/// d_instance_norm_mean[sample, c] = sum[a](-d_y[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
/// d_x[sample, c, a] = d_y[sample, c, a] / sqrt(instance_norm_var[sample, c] / 5 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
/// ```
pub mod instance_norm {}

/// Divides each value by a power of the mean square at the same place in `size` neighbouring channels.
///
/// The window begins `size/2` channels before, as in PyTorch (Krizhevsky et al. 2012).
///
/// A function: it is called in a [`network!`](macro@crate::network) or in
/// [`formulas!`](macro@crate::formulas). It is no item of Rust.
///
/// ```text
/// x.local_response_norm(size, alpha = 0.0001, beta = 0.75, k = 1.0)
///
/// x: [C, ..] -> y: [C, ..]
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `size` | a size |  |
/// | `alpha` | a number | `0.0001` |
/// | `beta` | a number | `0.75` |
/// | `k` | a number | `1.0` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net;
///
///     fn forward(x: [5, 2]) -> [5, 2] {
///         x.local_response_norm(3)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4], [-0.9, 0.5], [-0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.200, -0.400]");
/// ```
///
/// # Formula
///
/// ```text
/// fn local_response_norm<size: N, alpha: A: real = 1e-4, beta: B: real = 0.75, k: K: real = 1.0>(x: [C, ..]) -> y: [C, ..] {
///     require 0 < N;
///     s[c: C, ..] = sum[j: N](sq(pad(x[c + j - N/2, ..], 0)));
///     y[c, ..] = x[c, ..] / pow(K + A/N * s[c, ..], B);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// s[sample, c, a] = sum[j](pad(x[sample, c + j - 1, a], 0) * pad(x[sample, c + j - 1, a], 0))
/// y[sample, c, a] = x[sample, c, a] / powf(0.0001 * s[sample, c, a] / 3 + 1, 0.75)
/// d_s[sample, c, a] = -0.00007500000000000001 * y[sample, c, a] * d_y[sample, c, a] * powf(0.0001 * s[sample, c, a] / 3 + 1, -0.25) / (powf(0.0001 * s[sample, c, a] / 3 + 1, 0.75) * 3)
/// d_x[sample, c, a] = d_y[sample, c, a] / powf(0.0001 * s[sample, c, a] / 3 + 1, 0.75)
/// d_x[sample, c + j - 1, a] += 2 * d_s[sample, c, a] * pad(x[sample, c + j - 1, a], 0)
/// ```
#[doc(alias = "LRN")]
pub mod local_response_norm {}
