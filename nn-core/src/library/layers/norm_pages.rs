// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// Normalises each channel by the mean and variance of the batch while training.
///
/// Predictions use the running mean and variance, which follow those of the batches. With `training = false` training
/// uses them too, as in PyTorch after the layer's `eval()`.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// BatchNorm1d(num_features, eps = 1e-5, momentum = 0.1, affine = true, training = true)
///
/// x: [C, ..] -> y: [C, ..]
/// state running_mean: [C] = zeros
/// state running_var: [C] = ones
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_features` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `momentum` | a number | `0.1` |
/// | `affine` | `true` or `false` | `true` |
/// | `training` | `true` or `false` | `true` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: BatchNorm1d(3),
///     }
///
///     fn forward(x: [3, 2, 2]) -> [3, 2, 2] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7]], [[0.2, -0.4], [-0.9, 0.5]], [[-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.200, -0.400]");
/// ```
///
/// # Formula
///
/// ```text
/// layer BatchNorm1d, BatchNorm2d, BatchNorm3d<num_features: C, eps: E: real = 1e-5, momentum: M: real = 0.1,
///     affine: bool = true, training: bool = true>(x: [C, ..]) -> y: [C, ..]
/// {
///     require E > 0;
///     state running_mean: [C] = zeros;
///     state running_var: [C] = ones;
///     if training {
///         train {
///             n = sum[batch, ..](1);
///             m[c] = mean[batch, ..](x[c, ..]);
///             v[c] = mean[batch, ..](sq(x[c, ..] - m[c]));
///             next running_mean[c] = (1 - M) * running_mean[c] + M * m[c];
///             next running_var[c] = (1 - M) * running_var[c] + M * v[c] * n / (n - 1);
///         }
///         infer { m = running_mean; v = running_var; }
///     } else {
///         m = running_mean;
///         v = running_var;
///     }
///     r[c] = 1 / sqrt(v[c] + E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y[c, ..] = (x[c, ..] - m[c]) * (r[c] * weight[c]) + bias[c];
///     } else {
///         y[c, ..] = (x[c, ..] - m[c]) * r[c];
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
/// layer_mean[c] = sum[sample, a, b](x[sample, c, a, b])
/// m[c] = layer_mean[c] / (4*samples)
/// layer_mean_2[c] = sum[sample, a, b]((x[sample, c, a, b] - m[c]) * (x[sample, c, a, b] - m[c]))
/// v[c] = layer_mean_2[c] / (4*samples)
/// next_running_mean[c] = 0.9 * running_mean[c] + 0.1 * m[c]
/// next_running_var[c] = 0.9 * running_var[c] + 0.1 * v[c] * (4*samples) / ((4*samples) - 1)
/// r[c] = 1 / sqrt(v[c] + 0.00001)
/// y[sample, c, a, b] = (x[sample, c, a, b] - m[c]) * r[c] * weight[c] + bias[c]
/// d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * r[c])
/// d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
/// d_r[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * weight[c])
/// d_layer_mean_2[c] = -0.5 * r[c] * r[c] * r[c] * d_r[c] / (4*samples)
/// d_m[c] = sum[sample, a, b](-d_y[sample, c, a, b] * r[c] * weight[c])
/// d_m[c] += sum[sample, a, b](-2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]))
/// d_layer_mean[c] = d_m[c] / (4*samples)
/// d_x[sample, c, a, b] = d_y[sample, c, a, b] * r[c] * weight[c] + 2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]) + d_layer_mean[c]
/// ```
#[doc(alias = "BatchNormalization")]
pub mod BatchNorm1d {}

/// Normalises each channel by the mean and variance of the batch while training.
///
/// Predictions use the running mean and variance, which follow those of the batches. With `training = false` training
/// uses them too, as in PyTorch after the layer's `eval()`.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// BatchNorm2d(num_features, eps = 1e-5, momentum = 0.1, affine = true, training = true)
///
/// x: [C, ..] -> y: [C, ..]
/// state running_mean: [C] = zeros
/// state running_var: [C] = ones
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_features` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `momentum` | a number | `0.1` |
/// | `affine` | `true` or `false` | `true` |
/// | `training` | `true` or `false` | `true` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: BatchNorm2d(3),
///     }
///
///     fn forward(x: [3, 2, 2]) -> [3, 2, 2] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7]], [[0.2, -0.4], [-0.9, 0.5]], [[-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.200, -0.400]");
/// ```
///
/// # Formula
///
/// ```text
/// layer BatchNorm1d, BatchNorm2d, BatchNorm3d<num_features: C, eps: E: real = 1e-5, momentum: M: real = 0.1,
///     affine: bool = true, training: bool = true>(x: [C, ..]) -> y: [C, ..]
/// {
///     require E > 0;
///     state running_mean: [C] = zeros;
///     state running_var: [C] = ones;
///     if training {
///         train {
///             n = sum[batch, ..](1);
///             m[c] = mean[batch, ..](x[c, ..]);
///             v[c] = mean[batch, ..](sq(x[c, ..] - m[c]));
///             next running_mean[c] = (1 - M) * running_mean[c] + M * m[c];
///             next running_var[c] = (1 - M) * running_var[c] + M * v[c] * n / (n - 1);
///         }
///         infer { m = running_mean; v = running_var; }
///     } else {
///         m = running_mean;
///         v = running_var;
///     }
///     r[c] = 1 / sqrt(v[c] + E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y[c, ..] = (x[c, ..] - m[c]) * (r[c] * weight[c]) + bias[c];
///     } else {
///         y[c, ..] = (x[c, ..] - m[c]) * r[c];
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
/// layer_mean[c] = sum[sample, a, b](x[sample, c, a, b])
/// m[c] = layer_mean[c] / (4*samples)
/// layer_mean_2[c] = sum[sample, a, b]((x[sample, c, a, b] - m[c]) * (x[sample, c, a, b] - m[c]))
/// v[c] = layer_mean_2[c] / (4*samples)
/// next_running_mean[c] = 0.9 * running_mean[c] + 0.1 * m[c]
/// next_running_var[c] = 0.9 * running_var[c] + 0.1 * v[c] * (4*samples) / ((4*samples) - 1)
/// r[c] = 1 / sqrt(v[c] + 0.00001)
/// y[sample, c, a, b] = (x[sample, c, a, b] - m[c]) * r[c] * weight[c] + bias[c]
/// d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * r[c])
/// d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
/// d_r[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * weight[c])
/// d_layer_mean_2[c] = -0.5 * r[c] * r[c] * r[c] * d_r[c] / (4*samples)
/// d_m[c] = sum[sample, a, b](-d_y[sample, c, a, b] * r[c] * weight[c])
/// d_m[c] += sum[sample, a, b](-2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]))
/// d_layer_mean[c] = d_m[c] / (4*samples)
/// d_x[sample, c, a, b] = d_y[sample, c, a, b] * r[c] * weight[c] + 2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]) + d_layer_mean[c]
/// ```
#[doc(alias = "BatchNormalization")]
pub mod BatchNorm2d {}

/// Normalises each channel by the mean and variance of the batch while training.
///
/// Predictions use the running mean and variance, which follow those of the batches. With `training = false` training
/// uses them too, as in PyTorch after the layer's `eval()`.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// BatchNorm3d(num_features, eps = 1e-5, momentum = 0.1, affine = true, training = true)
///
/// x: [C, ..] -> y: [C, ..]
/// state running_mean: [C] = zeros
/// state running_var: [C] = ones
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_features` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `momentum` | a number | `0.1` |
/// | `affine` | `true` or `false` | `true` |
/// | `training` | `true` or `false` | `true` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: BatchNorm3d(3),
///     }
///
///     fn forward(x: [3, 2, 2]) -> [3, 2, 2] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7]], [[0.2, -0.4], [-0.9, 0.5]], [[-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, -0.100, -0.700, 0.700, 0.200, -0.400]");
/// ```
///
/// # Formula
///
/// ```text
/// layer BatchNorm1d, BatchNorm2d, BatchNorm3d<num_features: C, eps: E: real = 1e-5, momentum: M: real = 0.1,
///     affine: bool = true, training: bool = true>(x: [C, ..]) -> y: [C, ..]
/// {
///     require E > 0;
///     state running_mean: [C] = zeros;
///     state running_var: [C] = ones;
///     if training {
///         train {
///             n = sum[batch, ..](1);
///             m[c] = mean[batch, ..](x[c, ..]);
///             v[c] = mean[batch, ..](sq(x[c, ..] - m[c]));
///             next running_mean[c] = (1 - M) * running_mean[c] + M * m[c];
///             next running_var[c] = (1 - M) * running_var[c] + M * v[c] * n / (n - 1);
///         }
///         infer { m = running_mean; v = running_var; }
///     } else {
///         m = running_mean;
///         v = running_var;
///     }
///     r[c] = 1 / sqrt(v[c] + E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y[c, ..] = (x[c, ..] - m[c]) * (r[c] * weight[c]) + bias[c];
///     } else {
///         y[c, ..] = (x[c, ..] - m[c]) * r[c];
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
/// layer_mean[c] = sum[sample, a, b](x[sample, c, a, b])
/// m[c] = layer_mean[c] / (4*samples)
/// layer_mean_2[c] = sum[sample, a, b]((x[sample, c, a, b] - m[c]) * (x[sample, c, a, b] - m[c]))
/// v[c] = layer_mean_2[c] / (4*samples)
/// next_running_mean[c] = 0.9 * running_mean[c] + 0.1 * m[c]
/// next_running_var[c] = 0.9 * running_var[c] + 0.1 * v[c] * (4*samples) / ((4*samples) - 1)
/// r[c] = 1 / sqrt(v[c] + 0.00001)
/// y[sample, c, a, b] = (x[sample, c, a, b] - m[c]) * r[c] * weight[c] + bias[c]
/// d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * r[c])
/// d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
/// d_r[c] = sum[sample, a, b](d_y[sample, c, a, b] * (x[sample, c, a, b] - m[c]) * weight[c])
/// d_layer_mean_2[c] = -0.5 * r[c] * r[c] * r[c] * d_r[c] / (4*samples)
/// d_m[c] = sum[sample, a, b](-d_y[sample, c, a, b] * r[c] * weight[c])
/// d_m[c] += sum[sample, a, b](-2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]))
/// d_layer_mean[c] = d_m[c] / (4*samples)
/// d_x[sample, c, a, b] = d_y[sample, c, a, b] * r[c] * weight[c] + 2 * d_layer_mean_2[c] * (x[sample, c, a, b] - m[c]) + d_layer_mean[c]
/// ```
#[doc(alias = "BatchNormalization")]
pub mod BatchNorm3d {}

/// Normalises each sample by the mean and variance over its last axes.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// LayerNorm(normalized_shape, eps = 1e-5, elementwise_affine = true, bias = true)
///
/// x: [.., N..] -> y: [.., N..]
/// param weight: [N..] = ones
/// param bias: [N..] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `normalized_shape` | a size, or several in parentheses |  |
/// | `eps` | a number | `1e-5` |
/// | `elementwise_affine` | `true` or `false` | `true` |
/// | `bias` | `true` or `false` | `true` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: LayerNorm(5),
///     }
///
///     fn forward(x: [5]) -> [5] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.628, -0.419, -1.675, 1.257, 0.209]");
/// ```
///
/// # Formula
///
/// ```text
/// layer LayerNorm<normalized_shape: N.., eps: E: real = 1e-5, elementwise_affine: bool = true, bias: bool = true>(x: [.., N..])
///     -> y: [.., N..]
/// {
///     d[.., N..] = x[.., N..] - mean[N..](x[.., N..]);
///     s[..] = 1 / sqrt(mean[N..](sq(d[.., N..])) + E);
///     if elementwise_affine {
///         param weight: [N..] = ones;
///         if bias {
///             param bias: [N..] = zeros;
///             y[.., N..] = weight[N..] * (d[.., N..] * s[..]) + bias[N..];
///         } else {
///             y[.., N..] = weight[N..] * (d[.., N..] * s[..]);
///         }
///     } else {
///         y[.., N..] = d[.., N..] * s[..];
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
/// layer_mean[sample] = sum[a](x[sample, a])
/// d[sample, a] = x[sample, a] - layer_mean[sample] / 5
/// layer_mean_2[sample] = sum[a](d[sample, a] * d[sample, a])
/// s[sample] = 1 / sqrt(layer_mean_2[sample] / 5 + 0.00001)
/// y[sample, a] = weight[a] * d[sample, a] * s[sample] + bias[a]
/// d_weight[a] = sum[sample](d_y[sample, a] * d[sample, a] * s[sample])
/// d_bias[a] = sum[sample](d_y[sample, a])
/// d_s[sample] = sum[a](d_y[sample, a] * weight[a] * d[sample, a])
/// d_layer_mean_2[sample] = -0.5 * s[sample] * s[sample] * s[sample] * d_s[sample] / 5
/// d_d[sample, a] = d_y[sample, a] * weight[a] * s[sample] + 2 * d_layer_mean_2[sample] * d[sample, a]
/// d_layer_mean[sample] = sum[a](-d_d[sample, a] / 5)
/// d_x[sample, a] = d_d[sample, a] + d_layer_mean[sample]
/// ```
#[doc(alias = "LayerNormalization")]
pub mod LayerNorm {}

/// Divides each sample by the root of its mean square over the last axes.
///
/// Without `eps`, the precision of the numbers is added to the mean square.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// RMSNorm(normalized_shape, eps = none, elementwise_affine = true)
///
/// x: [.., N..] -> y: [.., N..]
/// param weight: [N..] = ones
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `normalized_shape` | a size, or several in parentheses |  |
/// | `eps` | a number | `none` |
/// | `elementwise_affine` | `true` or `false` | `true` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: RMSNorm(5),
///     }
///
///     fn forward(x: [5]) -> [5] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([0.4, -0.1, -0.7, 0.7, 0.2]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{y:.3?}"), "[0.820, -0.205, -1.435, 1.435, 0.410]");
/// ```
///
/// # Formula
///
/// ```text
/// layer RMSNorm<normalized_shape: N.., eps: E: real = none, elementwise_affine: bool = true>(x: [.., N..]) -> y: [.., N..] {
///     m[..] = mean[N..](sq(x[.., N..]));
///     if E != none {
///         s[..] = 1 / sqrt(m[..] + E);
///     } else {
///         s[..] = 1 / sqrt(m[..] + epsilon(m[..]));
///     }
///     if elementwise_affine {
///         param weight: [N..] = ones;
///         y[.., N..] = weight[N..] * (x[.., N..] * s[..]);
///     } else {
///         y[.., N..] = x[.., N..] * s[..];
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
/// layer_mean[sample] = sum[a](x[sample, a] * x[sample, a])
/// s[sample] = 1 / sqrt(layer_mean[sample] / 5 + epsilon(layer_mean[sample] / 5))
/// y[sample, a] = weight[a] * x[sample, a] * s[sample]
/// d_weight[a] = sum[sample](d_y[sample, a] * x[sample, a] * s[sample])
/// d_s[sample] = sum[a](d_y[sample, a] * weight[a] * x[sample, a])
/// d_layer_mean[sample] = -0.5 * s[sample] * s[sample] * s[sample] * d_s[sample] / 5
/// d_x[sample, a] = d_y[sample, a] * weight[a] * s[sample] + 2 * d_layer_mean[sample] * x[sample, a]
/// ```
#[doc(alias = "RMSNormalization")]
pub mod RMSNorm {}

/// Normalises each group of channels by its mean and variance, with a factor and an offset for each channel.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// GroupNorm(num_groups, num_channels, eps = 1e-5, affine = true)
///
/// x: [C, ..] -> y: [C, ..]
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_groups` | a size |  |
/// | `num_channels` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `affine` | `true` or `false` | `true` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: GroupNorm(2, 4),
///     }
///
///     fn forward(x: [4, 3, 2]) -> [4, 3, 2] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-1.593, -1.304, -1.014, -0.724, -0.435, -0.145]");
/// ```
///
/// # Formula
///
/// ```text
/// layer GroupNorm<num_groups: G, num_channels: C, eps: E: real = 1e-5, affine: bool = true>(x: [C, ..]) -> y: [C, ..] {
///     z = group_norm(x, G, eps = E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y = scale_channels(z, weight, bias);
///     } else {
///         y = z;
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
/// group_norm_mean[sample, g] = sum[j, a, b](x[sample, 2*g + j, a, b])
/// group_norm_d[sample, g, k, a, b] = x[sample, 2*g + k, a, b] - group_norm_mean[sample, g] / 12
/// group_norm_mean_2[sample, g] = sum[k, a, b](group_norm_d[sample, g, k, a, b] * group_norm_d[sample, g, k, a, b])
/// group_norm_s[sample, g] = 1 / sqrt(group_norm_mean_2[sample, g] / 12 + 0.00001)
/// group_norm[sample, 2*g + k, a, b] = group_norm_d[sample, g, k, a, b] * group_norm_s[sample, g]
/// y[sample, c, a, b] = weight[c] * group_norm[sample, c, a, b] + bias[c]
/// d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * group_norm[sample, c, a, b])
/// d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
/// d_group_norm[sample, c, a, b] = d_y[sample, c, a, b] * weight[c]
/// d_group_norm_s[sample, g] = sum[k, a, b](d_group_norm[sample, 2*g + k, a, b] * group_norm_d[sample, g, k, a, b])
/// d_group_norm_mean_2[sample, g] = -0.5 * group_norm_s[sample, g] * group_norm_s[sample, g] * group_norm_s[sample, g] * d_group_norm_s[sample, g] / 12
/// d_group_norm_d[sample, g, k, a, b] = d_group_norm[sample, 2*g + k, a, b] * group_norm_s[sample, g] + 2 * d_group_norm_mean_2[sample, g] * group_norm_d[sample, g, k, a, b]
/// d_group_norm_mean[sample, g] = sum[k, a, b](-d_group_norm_d[sample, g, k, a, b] / 12)
/// d_x[sample, 2*g + k, a, b] = d_group_norm_d[sample, g, k, a, b] + d_group_norm_mean[sample, g]
/// ```
#[doc(alias = "GroupNormalization")]
pub mod GroupNorm {}

/// Normalises each channel of a sample by its mean and variance over one axis.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// InstanceNorm1d(num_features, eps = 1e-5, affine = false)
///
/// x: [C, L] -> y: [C, L]
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_features` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `affine` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: InstanceNorm1d(3, affine = true),
///     }
///
///     fn forward(x: [3, 5]) -> [3, 5] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6], [0.8, 0.2, -0.3, -0.9, 0.5]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.628, -0.419, -1.675, 1.257, 0.209, -0.209]");
/// ```
///
/// # Formula
///
/// ```text
/// layer InstanceNorm1d<num_features: C, eps: E: real = 1e-5, affine: bool = false>(x: [C, L]) -> y: [C, L] {
///     z = instance_norm(x, eps = E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y = scale_channels(z, weight, bias);
///     } else {
///         y = z;
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
/// instance_norm_mean[sample, c] = sum[a](x[sample, c, a])
/// instance_norm_var[sample, c] = sum[a]((x[sample, c, a] - instance_norm_mean[sample, c] / 5) * (x[sample, c, a] - instance_norm_mean[sample, c] / 5))
/// instance_norm[sample, c, a] = (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / sqrt(instance_norm_var[sample, c] / 5 + 0.00001)
/// y[sample, c, a] = weight[c] * instance_norm[sample, c, a] + bias[c]
/// d_weight[c] = sum[sample, a](d_y[sample, c, a] * instance_norm[sample, c, a])
/// d_bias[c] = sum[sample, a](d_y[sample, c, a])
/// d_instance_norm[sample, c, a] = d_y[sample, c, a] * weight[c]
/// d_instance_norm_var[sample, c] = sum[a](-0.5 * instance_norm[sample, c, a] * d_instance_norm[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
/// d_instance_norm_mean_2[sample, c] = sum[a](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) / 5)
/// d_instance_norm_mean[sample, c] = sum[a](-d_instance_norm[sample, c, a] / (sqrt(instance_norm_var[sample, c] / 5 + 0.00001) * 5))
/// d_x[sample, c, a] = d_instance_norm[sample, c, a] / sqrt(instance_norm_var[sample, c] / 5 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a] - instance_norm_mean[sample, c] / 5) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
/// ```
#[doc(alias = "InstanceNormalization")]
pub mod InstanceNorm1d {}

/// Normalises each channel of a sample by its mean and variance over two axes.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// InstanceNorm2d(num_features, eps = 1e-5, affine = false)
///
/// x: [C, H, W] -> y: [C, H, W]
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_features` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `affine` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: InstanceNorm2d(3, affine = true),
///     }
///
///     fn forward(x: [3, 2, 4]) -> [3, 2, 4] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-1.527, -1.091, -0.655, -0.218, 0.218, 0.655]");
/// ```
///
/// # Formula
///
/// ```text
/// layer InstanceNorm2d<num_features: C, eps: E: real = 1e-5, affine: bool = false>(x: [C, H, W]) -> y: [C, H, W] {
///     z = instance_norm(x, eps = E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y = scale_channels(z, weight, bias);
///     } else {
///         y = z;
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
/// instance_norm_mean[sample, c] = sum[a, b](x[sample, c, a, b])
/// instance_norm_var[sample, c] = sum[a, b]((x[sample, c, a, b] - instance_norm_mean[sample, c] / 8) * (x[sample, c, a, b] - instance_norm_mean[sample, c] / 8))
/// instance_norm[sample, c, a, b] = (x[sample, c, a, b] - instance_norm_mean[sample, c] / 8) / sqrt(instance_norm_var[sample, c] / 8 + 0.00001)
/// y[sample, c, a, b] = weight[c] * instance_norm[sample, c, a, b] + bias[c]
/// d_weight[c] = sum[sample, a, b](d_y[sample, c, a, b] * instance_norm[sample, c, a, b])
/// d_bias[c] = sum[sample, a, b](d_y[sample, c, a, b])
/// d_instance_norm[sample, c, a, b] = d_y[sample, c, a, b] * weight[c]
/// d_instance_norm_var[sample, c] = sum[a, b](-0.5 * instance_norm[sample, c, a, b] * d_instance_norm[sample, c, a, b] / (sqrt(instance_norm_var[sample, c] / 8 + 0.00001) * sqrt(instance_norm_var[sample, c] / 8 + 0.00001) * 8))
/// d_instance_norm_mean_2[sample, c] = sum[a, b](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a, b] - instance_norm_mean[sample, c] / 8) / 8)
/// d_instance_norm_mean[sample, c] = sum[a, b](-d_instance_norm[sample, c, a, b] / (sqrt(instance_norm_var[sample, c] / 8 + 0.00001) * 8))
/// d_x[sample, c, a, b] = d_instance_norm[sample, c, a, b] / sqrt(instance_norm_var[sample, c] / 8 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a, b] - instance_norm_mean[sample, c] / 8) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
/// ```
#[doc(alias = "InstanceNormalization")]
pub mod InstanceNorm2d {}

/// Normalises each channel of a sample by its mean and variance over three axes.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// InstanceNorm3d(num_features, eps = 1e-5, affine = false)
///
/// x: [C, D, H, W] -> y: [C, D, H, W]
/// param weight: [C] = ones
/// param bias: [C] = zeros
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `num_features` | a size |  |
/// | `eps` | a number | `1e-5` |
/// | `affine` | `true` or `false` | `false` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: InstanceNorm3d(2, affine = true),
///     }
///
///     fn forward(x: [2, 2, 3, 2]) -> [2, 2, 3, 2] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[-1.593, -1.304, -1.014, -0.724, -0.435, -0.145]");
/// ```
///
/// # Formula
///
/// ```text
/// layer InstanceNorm3d<num_features: C, eps: E: real = 1e-5, affine: bool = false>(x: [C, D, H, W]) -> y: [C, D, H, W] {
///     z = instance_norm(x, eps = E);
///     if affine {
///         param weight: [C] = ones;
///         param bias: [C] = zeros;
///         y = scale_channels(z, weight, bias);
///     } else {
///         y = z;
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
/// instance_norm_mean[sample, c] = sum[a, b, c](x[sample, c, a, b, c])
/// instance_norm_var[sample, c] = sum[a, b, c]((x[sample, c, a, b, c] - instance_norm_mean[sample, c] / 12) * (x[sample, c, a, b, c] - instance_norm_mean[sample, c] / 12))
/// instance_norm[sample, c, a, b, c] = (x[sample, c, a, b, c] - instance_norm_mean[sample, c] / 12) / sqrt(instance_norm_var[sample, c] / 12 + 0.00001)
/// y[sample, c, a, b, c] = weight[c] * instance_norm[sample, c, a, b, c] + bias[c]
/// d_weight[c] = sum[sample, a, b, c](d_y[sample, c, a, b, c] * instance_norm[sample, c, a, b, c])
/// d_bias[c] = sum[sample, a, b, c](d_y[sample, c, a, b, c])
/// d_instance_norm[sample, c, a, b, c] = d_y[sample, c, a, b, c] * weight[c]
/// d_instance_norm_var[sample, c] = sum[a, b, c](-0.5 * instance_norm[sample, c, a, b, c] * d_instance_norm[sample, c, a, b, c] / (sqrt(instance_norm_var[sample, c] / 12 + 0.00001) * sqrt(instance_norm_var[sample, c] / 12 + 0.00001) * 12))
/// d_instance_norm_mean_2[sample, c] = sum[a, b, c](-2 * d_instance_norm_var[sample, c] * (x[sample, c, a, b, c] - instance_norm_mean[sample, c] / 12) / 12)
/// d_instance_norm_mean[sample, c] = sum[a, b, c](-d_instance_norm[sample, c, a, b, c] / (sqrt(instance_norm_var[sample, c] / 12 + 0.00001) * 12))
/// d_x[sample, c, a, b, c] = d_instance_norm[sample, c, a, b, c] / sqrt(instance_norm_var[sample, c] / 12 + 0.00001) + 2 * d_instance_norm_var[sample, c] * (x[sample, c, a, b, c] - instance_norm_mean[sample, c] / 12) + d_instance_norm_mean_2[sample, c] + d_instance_norm_mean[sample, c]
/// ```
#[doc(alias = "InstanceNormalization")]
pub mod InstanceNorm3d {}
