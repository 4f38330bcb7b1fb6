//! Networks of images in which layers meet that share memory, margins or loops.

use crate::hard::Network;

/// As those of `hard`.
pub const NETWORKS: &[Network] = &[
    (
        "adaptive_behind_a_margin",
        "pub struct Net { a: Conv2d(2 => 2, kernel = 3, padding = 1) }
         fn forward(x: [2, 5, 4]) -> [2, 3, 3] { a(x).adaptive_avg_pool2d(3) } loss = mse;",
        &["x: [2, 5, 4]"],
        &["t: [2, 3, 3]"],
    ),
    (
        "transposed_at_the_end",
        "pub struct Net { a: Conv2d(2 => 4, kernel = 2), b: ConvTranspose2d(4 => 2, kernel = 3, stride = 2, padding = 1, groups = 2) }
         fn forward(x: [2, 4, 4]) -> [2, 5, 5] { b(a(x).tanh()) } loss = mse;",
        &["x: [2, 4, 4]"],
        &["t: [2, 5, 5]"],
    ),
    (
        "transposed_and_flattened",
        "pub struct Net { a: ConvTranspose1d(2 => 3, kernel = 3, padding = 1, bias = false), b: Linear(12 => 2) }
         fn forward(x: [2, 4]) -> [2] { b(a(x).flatten()) } loss = mse;",
        &["x: [2, 4]"],
        &["t: [2]"],
    ),
    (
        "depthwise_and_pointwise",
        "pub struct Net {
             a: Conv2d(3 => 6, kernel = 3, padding = same, groups = 3),
             b: Conv2d(6 => 4, kernel = 1),
             c: Conv2d(4 => 4, kernel = 2, stride = 2, groups = 2, padding_mode = circular, padding = 1),
         }
         fn forward(x: [3, 4, 5]) -> [4, 3, 3] { c(b(a(x).silu()).tanh()) } loss = mse;",
        &["x: [3, 4, 5]"],
        &["t: [4, 3, 3]"],
    ),
    (
        "a_gate_for_each_channel",
        "pub struct Net { a: Conv2d(2 => 3, kernel = 3, padding = 1), s: Linear(3 => 3) }
         fn forward(x: [2, 3, 4]) -> [3, 3, 4] {
             let h = a(x).tanh();
             let gate = s(h.mean(axis = (1, 2))).sigmoid();
             h * gate.reshape(3, 1, 1) + h.max(axis = 0, keepdim = true)
         }
         loss = mse;",
        &["x: [2, 3, 4]"],
        &["t: [3, 3, 4]"],
    ),
    (
        "axes_in_all_orders",
        "pub struct Net { a: Linear(4 => 4) }
         fn forward(x: [2, 3, 4]) -> [4, 3, 4] {
             let h = a(x).permute(2, 0, 1).flip(axis = (0, -1));
             let s = stack(h.select(1, 0), h.select(1, -1).tanh(), axis = 2);
             concat(s, s.narrow(2, 1, 1), h.narrow(1, 0, 1).transpose(1, 2), axis = -1)
         }
         loss = mse;",
        &["x: [2, 3, 4]"],
        &["t: [4, 3, 4]"],
    ),
    (
        "all_values_together",
        "pub struct Net { a: Linear(3 => 3) }
         fn forward(x: [2, 3]) -> [2, 6] {
             let h = a(x).sigmoid();
             (h / h.sum() + h.min(axis = 1).unsqueeze(-1) * h.prod(axis = (0,), keepdim = true)).repeat(1, 2)
         }
         loss = mse;",
        &["x: [2, 3]"],
        &["t: [2, 6]"],
    ),
    (
        "up_and_down",
        "pub struct Net { a: Conv2d(1 => 4, kernel = 3, padding = same), b: Conv2d(1 => 1, kernel = 3, padding = ((2, 0), (0, 2))) }
         fn forward(x: [1, 4, 4]) -> [1, 5, 5] {
             let h = a(x).pixel_shuffle(2).upsample_bilinear2d(2);
             b(h.avg_pool2d(5, stride = 4, padding = 2, ceil_mode = true, count_include_pad = false).tanh())
         }
         loss = mse;",
        &["x: [1, 4, 4]"],
        &["t: [1, 5, 5]"],
    ),
    (
        "kernels_from_an_input",
        "pub struct Net { a: Linear(2 => 6) }
         fn forward(x: [2, 5], k: [2]) -> [1, 4] { conv1d(x.pad1d(1, 1, mode = reflect), a(k).reshape(1, 2, 3), stride = 2, padding = (1, 2)) }
         loss = mse;",
        &["x: [2, 5]", "k: [2]"],
        &["t: [1, 4]"],
    ),
    (
        "written_backwards",
        "layer Mirrored<C => O, kernel: K, padding: P = 0>(x: [C, N]) -> y: [O, N + 2*P - K + 1] {
             param weight: [O, C, K] = normal(0, 1);
             y[o, n] = sum[c, i: K](weight[o, c, K - 1 - i] * pad(x[C - 1 - c, n + i - P], 0));
         }
         pub struct Net { a: Mirrored(2 => 3, kernel = 3, padding = 1) }
         fn forward(x: [2, 4]) -> [3, 4] { a(x) } loss = mse;",
        &["x: [2, 4]"],
        &["t: [3, 4]"],
    ),
];
