// Written by a test from nn-compiler/library, see docs/adding-a-layer.md: change that text instead.

//! Functions: called in `forward` and in formulas. `x.f(a)` is `f(x, a)`.

pub mod relu;

pub mod relu6;

pub mod leaky_relu;

pub mod elu;

pub mod celu;

pub mod selu;

pub mod silu;

pub mod softplus;

pub mod mish;

pub mod softsign;

pub mod log_sigmoid;

pub mod hardsigmoid;

pub mod hardswish;

pub mod hardtanh;

pub mod clamp;

pub mod hardshrink;

pub mod softshrink;

pub mod tanhshrink;

pub mod gelu;

pub mod gelu_tanh;

pub mod sq;

pub mod softmax;

pub mod log_softmax;

pub mod softmin;

pub mod norm;

pub mod var;

pub mod std;

pub mod logsumexp;

pub mod cumsum;

pub mod glu;

pub mod prelu;

pub mod dropout;

pub mod dropout1d;

pub mod dropout2d;

pub mod dropout3d;

pub mod matmul;

pub mod conv1d;

pub mod conv2d;

pub mod conv3d;

pub mod max_pool1d;

pub mod sum_pool1d;

pub mod avg_pool1d;

pub mod max_pool2d;

pub mod sum_pool2d;

pub mod avg_pool2d;

pub mod max_pool3d;

pub mod sum_pool3d;

pub mod avg_pool3d;

pub mod global_avg_pool1d;

pub mod global_avg_pool2d;

pub mod global_max_pool1d;

pub mod global_max_pool2d;

pub mod adaptive_avg_pool1d;

pub mod adaptive_avg_pool2d;

pub mod adaptive_max_pool1d;

pub mod adaptive_max_pool2d;

pub mod scale_channels;

pub mod group_norm;

pub mod instance_norm;

pub mod local_response_norm;

pub mod pad1d;

pub mod pad2d;

pub mod pad3d;

pub mod upsample_nearest1d;

pub mod upsample_nearest2d;

pub mod upsample_bilinear2d;

pub mod pixel_shuffle;

pub mod pixel_unshuffle;

pub mod sinusoidal_positions;

pub mod rotary_positions;

pub mod masked_softmax;

pub mod scaled_dot_product_attention;

pub mod flatten;

pub mod reshape;

pub mod unsqueeze;

pub mod squeeze;

pub mod concat;

pub mod stack;

pub mod narrow;

pub mod select;

pub mod transpose;

pub mod permute;

pub mod flip;

pub mod repeat;

pub mod zeros;

pub mod ones;

pub mod full;

pub mod derivative;

pub mod sum;

pub mod mean;

pub mod max;

pub mod min;

pub mod prod;

pub mod exp;

pub mod exp_m1;

pub mod exp2;

pub mod ln;

pub mod ln_1p;

pub mod log2;

pub mod log10;

pub mod sqrt;

pub mod pow;

pub mod hypot;

pub mod abs;

pub mod sign;

pub mod sin;

pub mod cos;

pub mod tan;

pub mod asin;

pub mod acos;

pub mod atan;

pub mod atan2;

pub mod sinh;

pub mod cosh;

pub mod tanh;

pub mod asinh;

pub mod acosh;

pub mod atanh;

pub mod erf;

pub mod sigmoid;

pub mod floor;

pub mod ceil;

pub mod trunc;

pub mod round;

pub mod fmod;

pub mod epsilon;

pub mod detach;
