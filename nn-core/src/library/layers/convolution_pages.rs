// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

/// A convolution along one axis: sequences with channels.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// Conv1d(C => O, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, padding_mode = zeros)
///
/// x: [C, L] -> y: [O, windows(L + B + E, K, S, D)]
/// param weight: [O, C/G, K] = kaiming_uniform(C/G * K, a = sqrt(5))
/// param bias: [O] = uniform(1 / sqrt(C/G * K))
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `C => O` | two sizes |  |
/// | `kernel` | a size |  |
/// | `stride` | a size | `1` |
/// | `padding` | a size, or `(B, E)`, or `valid`, or `same` | `0` |
/// | `dilation` | a size | `1` |
/// | `groups` | a size | `1` |
/// | `bias` | `true` or `false` | `true` |
/// | `padding_mode` | `zeros`, `reflect`, `replicate`, `circular` | `zeros` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: Conv1d(2 => 3, kernel = 3, padding = 1),
///     }
///
///     fn forward(x: [2, 5]) -> [3, 5] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// session.network.params.layer.weight = Tensor::filled(0.1);
/// session.network.params.layer.bias = Tensor::filled(0.5);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7, 0.2], [-0.4, -0.9, 0.5, -0.1, -0.6]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.400, 0.380, 0.440, 0.500, 0.520, 0.400]");
/// ```
///
/// # Formula
///
/// ```text
/// layer Conv1d<
///     C => O,
///     kernel: K,
///     stride: S = 1,
///     padding: (B, E) = 0 or valid = 0 or same = (D*(K - 1)/2, D*(K - 1) - D*(K - 1)/2),
///     dilation: D = 1,
///     groups: G = 1,
///     bias: bool = true,
///     padding_mode: one_of(zeros, reflect, replicate, circular) = zeros,
/// >(x: [C, L]) -> y: [O, windows(L + B + E, K, S, D)] {
///     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
///     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
///     if padding == same {
///         require S == 1, "`padding = same` goes with a stride of 1";
///     }
///     param weight: [O, C/G, K] = kaiming_uniform(C/G * K, a = sqrt(5));
///     if padding_mode == zeros {
///         s = conv1d(x, weight, stride = S, padding = (B, E), dilation = D, groups = G);
///     } else {
///         p = pad1d(x, left = B, right = E, mode = padding_mode);
///         s = conv1d(p, weight, stride = S, dilation = D, groups = G);
///     }
///     if bias {
///         param bias: [O] = uniform(1 / sqrt(C/G * K));
///         y[o, l] = bias[o] + s[o, l];
///     } else {
///         y = s;
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
/// conv1d[sample, o, l] = sum[c, i](weight[o, c, i] * pad(x[sample, c, l + i - 1], 0))
/// y[sample, o, l] = bias[o] + conv1d[sample, o, l]
/// d_bias[o] = sum[sample, l](d_y[sample, o, l])
/// d_weight[o, c, i] = sum[sample, l](d_y[sample, o, l] * pad(x[sample, c, l + i - 1], 0))
/// d_x[sample, i, j] = 0
/// d_x[sample, c, l + i - 1] += sum[o](d_y[sample, o, l] * weight[o, c, i])
/// ```
#[doc(alias = "Convolution1D")]
pub mod Conv1d {}

/// A convolution along two axes: images with channels. With `groups = C` it is depthwise.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// Conv2d(C => O, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, padding_mode = zeros)
///
/// x: [C, H, W] -> y: [O, windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)]
/// param weight: [O, C/G, KH, KW] = kaiming_uniform(C/G * KH * KW, a = sqrt(5))
/// param bias: [O] = uniform(1 / sqrt(C/G * KH * KW))
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `C => O` | two sizes |  |
/// | `kernel` | a size, or `(KH, KW)` |  |
/// | `stride` | a size, or `(SH, SW)` | `1` |
/// | `padding` | a size, one for each axis, or `((BH, EH), (BW, EW))`, or `valid`, or `same` | `0` |
/// | `dilation` | a size, or `(DH, DW)` | `1` |
/// | `groups` | a size | `1` |
/// | `bias` | `true` or `false` | `true` |
/// | `padding_mode` | `zeros`, `reflect`, `replicate`, `circular` | `zeros` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: Conv2d(2 => 3, kernel = 3, padding = 1),
///     }
///
///     fn forward(x: [2, 5, 4]) -> [3, 5, 4] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// session.network.params.layer.weight = Tensor::filled(0.1);
/// session.network.params.layer.bias = Tensor::filled(0.5);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[1.500, 2.060, 2.180, 1.660, 2.240, 3.200]");
/// ```
///
/// # Formula
///
/// ```text
/// layer Conv2d<
///     C => O,
///     kernel: (KH, KW),
///     stride: (SH, SW) = 1,
///     padding: ((BH, EH), (BW, EW)) = 0 or valid = 0 or same = (
///         (DH*(KH - 1)/2, DH*(KH - 1) - DH*(KH - 1)/2),
///         (DW*(KW - 1)/2, DW*(KW - 1) - DW*(KW - 1)/2),
///     ),
///     dilation: (DH, DW) = 1,
///     groups: G = 1,
///     bias: bool = true,
///     padding_mode: one_of(zeros, reflect, replicate, circular) = zeros,
/// >(x: [C, H, W]) -> y: [O, windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)] {
///     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
///     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
///     if padding == same {
///         require SH == 1, "`padding = same` goes with a stride of 1";
///         require SW == 1, "`padding = same` goes with a stride of 1";
///     }
///     param weight: [O, C/G, KH, KW] = kaiming_uniform(C/G * KH * KW, a = sqrt(5));
///     if padding_mode == zeros {
///         s = conv2d(x, weight, stride = (SH, SW), padding = ((BH, EH), (BW, EW)), dilation = (DH, DW), groups = G);
///     } else {
///         p = pad2d(x, top = BH, bottom = EH, left = BW, right = EW, mode = padding_mode);
///         s = conv2d(p, weight, stride = (SH, SW), dilation = (DH, DW), groups = G);
///     }
///     if bias {
///         param bias: [O] = uniform(1 / sqrt(C/G * KH * KW));
///         y[o, h, w] = bias[o] + s[o, h, w];
///     } else {
///         y = s;
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
/// conv2d[sample, o, h, w] = sum[c, i, j](weight[o, c, i, j] * pad(x[sample, c, h + i - 1, w + j - 1], 0))
/// y[sample, o, h, w] = bias[o] + conv2d[sample, o, h, w]
/// d_bias[o] = sum[sample, h, w](d_y[sample, o, h, w])
/// d_weight[o, c, i, j] = sum[sample, h, w](d_y[sample, o, h, w] * pad(x[sample, c, h + i - 1, w + j - 1], 0))
/// d_x[sample, i, j, k] = 0
/// d_x[sample, c, h + i - 1, w + j - 1] += sum[o](d_y[sample, o, h, w] * weight[o, c, i, j])
/// ```
#[doc(alias = "Convolution2D")]
#[doc(alias = "DepthwiseConv2D")]
pub mod Conv2d {}

/// A convolution along three axes: volumes or videos with channels.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// Conv3d(C => O, kernel, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true, padding_mode = zeros)
///
/// x: [C, D, H, W] -> y: [O, windows(D + BD + ED, KD, SD, DD), windows(H + BH + EH, KH, SH, DH), windows(W + BW + EW, KW, SW, DW)]
/// param weight: [O, C/G, KD, KH, KW] = kaiming_uniform(C/G * KD * KH * KW, a = sqrt(5))
/// param bias: [O] = uniform(1 / sqrt(C/G * KD * KH * KW))
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `C => O` | two sizes |  |
/// | `kernel` | a size, or `(KD, KH, KW)` |  |
/// | `stride` | a size, or `(SD, SH, SW)` | `1` |
/// | `padding` | a size, one for each axis, or `((BD, ED), (BH, EH), (BW, EW))`, or `valid`, or `same` | `0` |
/// | `dilation` | a size, or `(DD, DH, DW)` | `1` |
/// | `groups` | a size | `1` |
/// | `bias` | `true` or `false` | `true` |
/// | `padding_mode` | `zeros`, `reflect`, `replicate`, `circular` | `zeros` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: Conv3d(2 => 3, kernel = (2, 3, 2), padding = (0, 1, 1)),
///     }
///
///     fn forward(x: [2, 3, 3, 4]) -> [3, 2, 3, 5] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// session.network.params.layer.weight = Tensor::filled(0.1);
/// session.network.params.layer.bias = Tensor::filled(0.5);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[2.580, 4.740, 4.900, 5.060, 2.820, 3.860]");
/// ```
///
/// # Formula
///
/// ```text
/// layer Conv3d<
///     C => O,
///     kernel: (KD, KH, KW),
///     stride: (SD, SH, SW) = 1,
///     padding: ((BD, ED), (BH, EH), (BW, EW)) = 0 or valid = 0 or same = (
///         (DD*(KD - 1)/2, DD*(KD - 1) - DD*(KD - 1)/2),
///         (DH*(KH - 1)/2, DH*(KH - 1) - DH*(KH - 1)/2),
///         (DW*(KW - 1)/2, DW*(KW - 1) - DW*(KW - 1)/2),
///     ),
///     dilation: (DD, DH, DW) = 1,
///     groups: G = 1,
///     bias: bool = true,
///     padding_mode: one_of(zeros, reflect, replicate, circular) = zeros,
/// >(x: [C, D, H, W]) -> y: [
///     O,
///     windows(D + BD + ED, KD, SD, DD),
///     windows(H + BH + EH, KH, SH, DH),
///     windows(W + BW + EW, KW, SW, DW),
/// ] {
///     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
///     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
///     if padding == same {
///         require SD == 1, "`padding = same` goes with a stride of 1";
///         require SH == 1, "`padding = same` goes with a stride of 1";
///         require SW == 1, "`padding = same` goes with a stride of 1";
///     }
///     param weight: [O, C/G, KD, KH, KW] = kaiming_uniform(C/G * KD * KH * KW, a = sqrt(5));
///     if padding_mode == zeros {
///         s = conv3d(
///             x,
///             weight,
///             stride = (SD, SH, SW),
///             padding = ((BD, ED), (BH, EH), (BW, EW)),
///             dilation = (DD, DH, DW),
///             groups = G,
///         );
///     } else {
///         p = pad3d(x, front = BD, back = ED, top = BH, bottom = EH, left = BW, right = EW, mode = padding_mode);
///         s = conv3d(p, weight, stride = (SD, SH, SW), dilation = (DD, DH, DW), groups = G);
///     }
///     if bias {
///         param bias: [O] = uniform(1 / sqrt(C/G * KD * KH * KW));
///         y[o, d, h, w] = bias[o] + s[o, d, h, w];
///     } else {
///         y = s;
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
/// conv3d[sample, o, d, h, w] = sum[c, i, j, k](weight[o, c, i, j, k] * pad(x[sample, c, d + i, h + j - 1, w + k - 1], 0))
/// y[sample, o, d, h, w] = bias[o] + conv3d[sample, o, d, h, w]
/// d_bias[o] = sum[sample, d, h, w](d_y[sample, o, d, h, w])
/// d_weight[o, c, i, j, k] = sum[sample, d, h, w](d_y[sample, o, d, h, w] * pad(x[sample, c, d + i, h + j - 1, w + k - 1], 0))
/// d_x[sample, i, j, k, l] = 0
/// d_x[sample, c, d + i, h + j - 1, w + k - 1] += sum[o](d_y[sample, o, d, h, w] * weight[o, c, i, j, k])
/// ```
#[doc(alias = "Convolution3D")]
pub mod Conv3d {}

/// A transposed convolution along one axis: each input is added to the places that a convolution would read for it.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// ConvTranspose1d(C => O, kernel, stride = 1, padding = 0, output_padding = 0, groups = 1, bias = true, dilation = 1)
///
/// x: [C, L] -> y: [O, (L - 1)*S - 2*P + D*(K - 1) + Q + 1]
/// param weight: [C, O/G, K] = kaiming_uniform(O/G * K, a = sqrt(5))
/// param bias: [O] = uniform(1 / sqrt(O/G * K))
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `C => O` | two sizes |  |
/// | `kernel` | a size |  |
/// | `stride` | a size | `1` |
/// | `padding` | a size | `0` |
/// | `output_padding` | a size | `0` |
/// | `groups` | a size | `1` |
/// | `bias` | `true` or `false` | `true` |
/// | `dilation` | a size | `1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: ConvTranspose1d(2 => 3, kernel = 3, stride = 2, padding = 1, output_padding = 1),
///     }
///
///     fn forward(x: [2, 4]) -> [3, 8] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// session.network.params.layer.weight = Tensor::filled(0.1);
/// session.network.params.layer.bias = Tensor::filled(0.5);
/// let x = Tensor::from([[0.4, -0.1, -0.7, 0.7], [0.2, -0.4, -0.9, 0.5]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.560, 0.510, 0.450, 0.290, 0.340, 0.460]");
/// ```
///
/// # Formula
///
/// ```text
/// layer ConvTranspose1d<
///     C => O,
///     kernel: K,
///     stride: S = 1,
///     padding: P = 0,
///     output_padding: Q = 0,
///     groups: G = 1,
///     bias: bool = true,
///     dilation: D = 1,
/// >(x: [C, L]) -> y: [O, (L - 1)*S - 2*P + D*(K - 1) + Q + 1] {
///     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
///     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
///     if Q > 0 {
///         require Q < max(S, D), "`output_padding` is less than the stride or the dilation";
///     }
///     param weight: [C, O/G, K] = kaiming_uniform(O/G * K, a = sqrt(5));
///     if bias {
///         param bias: [O] = uniform(1 / sqrt(O/G * K));
///         y[o, l] = bias[o];
///     }
///     clip(y[g*(O/G) + o, l*S + i*D - P])
///         += sum[c: C/G](weight[g*(C/G) + c, o, i] * x[g*(C/G) + c, l]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, o, l] = bias[o]
/// y[sample, o, 2*l + i - 1] += sum[c](weight[c, o, i] * x[sample, c, l])
/// d_weight[c, o, i] = sum[sample, l](pad(d_y[sample, o, 2*l + i - 1], 0) * x[sample, c, l])
/// d_x[sample, c, l] = sum[o, i](pad(d_y[sample, o, 2*l + i - 1], 0) * weight[c, o, i])
/// d_bias[o] = sum[sample, l](d_y[sample, o, l])
/// ```
#[doc(alias = "Conv1DTranspose")]
#[doc(alias = "Deconvolution")]
pub mod ConvTranspose1d {}

/// A transposed convolution along two axes: each input is added to the places that a convolution would read for it.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// ConvTranspose2d(C => O, kernel, stride = 1, padding = 0, output_padding = 0, groups = 1, bias = true, dilation = 1)
///
/// x: [C, H, W] -> y: [O, (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1, (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1]
/// param weight: [C, O/G, KH, KW] = kaiming_uniform(O/G * KH * KW, a = sqrt(5))
/// param bias: [O] = uniform(1 / sqrt(O/G * KH * KW))
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `C => O` | two sizes |  |
/// | `kernel` | a size, or `(KH, KW)` |  |
/// | `stride` | a size, or `(SH, SW)` | `1` |
/// | `padding` | a size, or `(PH, PW)` | `0` |
/// | `output_padding` | a size, or `(QH, QW)` | `0` |
/// | `groups` | a size | `1` |
/// | `bias` | `true` or `false` | `true` |
/// | `dilation` | a size, or `(DH, DW)` | `1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: ConvTranspose2d(2 => 3, kernel = 3, stride = 2, padding = 1, output_padding = 1),
///     }
///
///     fn forward(x: [2, 3, 2]) -> [3, 6, 4] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// session.network.params.layer.weight = Tensor::filled(0.1);
/// session.network.params.layer.bias = Tensor::filled(0.5);
/// let x = Tensor::from([[[0.4, -0.1], [-0.7, 0.7], [0.2, -0.4]], [[-0.9, 0.5], [-0.1, -0.6], [0.8, 0.2]]]);
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.450, 0.490, 0.540, 0.540, 0.370, 0.420]");
/// ```
///
/// # Formula
///
/// ```text
/// layer ConvTranspose2d<
///     C => O,
///     kernel: (KH, KW),
///     stride: (SH, SW) = 1,
///     padding: (PH, PW) = 0,
///     output_padding: (QH, QW) = 0,
///     groups: G = 1,
///     bias: bool = true,
///     dilation: (DH, DW) = 1,
/// >(x: [C, H, W]) -> y: [O, (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1, (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1] {
///     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
///     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
///     if QH > 0 {
///         require QH < max(SH, DH), "`output_padding` is less than the stride or the dilation";
///     }
///     if QW > 0 {
///         require QW < max(SW, DW), "`output_padding` is less than the stride or the dilation";
///     }
///     param weight: [C, O/G, KH, KW] = kaiming_uniform(O/G * KH * KW, a = sqrt(5));
///     if bias {
///         param bias: [O] = uniform(1 / sqrt(O/G * KH * KW));
///         y[o, h, w] = bias[o];
///     }
///     clip(y[g*(O/G) + o, h*SH + i*DH - PH, w*SW + j*DW - PW])
///         += sum[c: C/G](weight[g*(C/G) + c, o, i, j] * x[g*(C/G) + c, h, w]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, o, h, w] = bias[o]
/// y[sample, o, 2*h + i - 1, 2*w + j - 1] += sum[c](weight[c, o, i, j] * x[sample, c, h, w])
/// d_weight[c, o, i, j] = sum[sample, h, w](pad(d_y[sample, o, 2*h + i - 1, 2*w + j - 1], 0) * x[sample, c, h, w])
/// d_x[sample, c, h, w] = sum[o, i, j](pad(d_y[sample, o, 2*h + i - 1, 2*w + j - 1], 0) * weight[c, o, i, j])
/// d_bias[o] = sum[sample, h, w](d_y[sample, o, h, w])
/// ```
#[doc(alias = "Conv2DTranspose")]
#[doc(alias = "Deconvolution")]
pub mod ConvTranspose2d {}

/// A transposed convolution along three axes: each input is added to the places that a convolution would read for it.
///
/// A layer: it is declared in the struct of a [`network!`](macro@crate::network) and called by the name of its
/// field. It is no item of Rust.
///
/// ```text
/// ConvTranspose3d(C => O, kernel, stride = 1, padding = 0, output_padding = 0, groups = 1, bias = true, dilation = 1)
///
/// x: [C, D, H, W] -> y: [O, (D - 1)*SD - 2*PD + DD*(KD - 1) + QD + 1, (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1, (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1]
/// param weight: [C, O/G, KD, KH, KW] = kaiming_uniform(O/G * KD * KH * KW, a = sqrt(5))
/// param bias: [O] = uniform(1 / sqrt(O/G * KD * KH * KW))
/// ```
///
/// | argument | what is given | default |
/// | --- | --- | --- |
/// | `C => O` | two sizes |  |
/// | `kernel` | a size, or `(KD, KH, KW)` |  |
/// | `stride` | a size, or `(SD, SH, SW)` | `1` |
/// | `padding` | a size, or `(PD, PH, PW)` | `0` |
/// | `output_padding` | a size, or `(QD, QH, QW)` | `0` |
/// | `groups` | a size | `1` |
/// | `bias` | `true` or `false` | `true` |
/// | `dilation` | a size, or `(DD, DH, DW)` | `1` |
///
/// # Example
///
/// ```
/// use nn_core::prelude::*;
///
/// network! {
///     struct Net {
///         layer: ConvTranspose3d(2 => 2, kernel = 2, stride = (1, 2, 2), padding = (0, 1, 0)),
///     }
///
///     fn forward(x: [2, 2, 3, 2]) -> [2, 3, 4, 4] {
///         layer(x)
///     }
/// }
///
/// let mut session = Net::session(0);
/// session.network.params.layer.weight = Tensor::filled(0.1);
/// session.network.params.layer.bias = Tensor::filled(0.5);
/// let mut x = Tensor::zeros();
/// for (at, element) in x.as_mut_slice().iter_mut().enumerate() {
///     *element = at as f32 / 10.0;
/// }
/// let y = session.forward(&x);
/// assert_eq!(format!("{:.3?}", &y.as_slice()[..6]), "[0.620, 0.620, 0.640, 0.640, 0.660, 0.660]");
/// ```
///
/// # Formula
///
/// ```text
/// layer ConvTranspose3d<
///     C => O,
///     kernel: (KD, KH, KW),
///     stride: (SD, SH, SW) = 1,
///     padding: (PD, PH, PW) = 0,
///     output_padding: (QD, QH, QW) = 0,
///     groups: G = 1,
///     bias: bool = true,
///     dilation: (DD, DH, DW) = 1,
/// >(x: [C, D, H, W]) -> y: [
///     O,
///     (D - 1)*SD - 2*PD + DD*(KD - 1) + QD + 1,
///     (H - 1)*SH - 2*PH + DH*(KH - 1) + QH + 1,
///     (W - 1)*SW - 2*PW + DW*(KW - 1) + QW + 1,
/// ] {
///     require C/G * G == C, "{C} inputs cannot be shared among {G} groups";
///     require O/G * G == O, "{O} outputs cannot be shared among {G} groups";
///     if QD > 0 {
///         require QD < max(SD, DD), "`output_padding` is less than the stride or the dilation";
///     }
///     if QH > 0 {
///         require QH < max(SH, DH), "`output_padding` is less than the stride or the dilation";
///     }
///     if QW > 0 {
///         require QW < max(SW, DW), "`output_padding` is less than the stride or the dilation";
///     }
///     param weight: [C, O/G, KD, KH, KW] = kaiming_uniform(O/G * KD * KH * KW, a = sqrt(5));
///     if bias {
///         param bias: [O] = uniform(1 / sqrt(O/G * KD * KH * KW));
///         y[o, d, h, w] = bias[o];
///     }
///     clip(y[g*(O/G) + o, d*SD + i*DD - PD, h*SH + j*DH - PH, w*SW + k*DW - PW])
///         += sum[c: C/G](weight[g*(C/G) + c, o, i, j, k] * x[g*(C/G) + c, d, h, w]);
/// }
/// ```
///
/// # Derived gradient
///
/// The equations of the example as it is trained, simplified. `d_y` is the derivative of the loss by `y`, and
/// `sample` counts the samples of a step.
///
/// ```text
/// y[sample, o, d, h, w] = bias[o]
/// y[sample, o, d + i, 2*h + j - 1, 2*w + k] += sum[c](weight[c, o, i, j, k] * x[sample, c, d, h, w])
/// d_weight[c, o, i, j, k] = sum[sample, d, h, w](pad(d_y[sample, o, d + i, 2*h + j - 1, 2*w + k], 0) * x[sample, c, d, h, w])
/// d_x[sample, c, d, h, w] = sum[o, i, j, k](pad(d_y[sample, o, d + i, 2*h + j - 1, 2*w + k], 0) * weight[c, o, i, j, k])
/// d_bias[o] = sum[sample, d, h, w](d_y[sample, o, d, h, w])
/// ```
#[doc(alias = "Conv3DTranspose")]
#[doc(alias = "Deconvolution")]
pub mod ConvTranspose3d {}
