//! What follows a sum of products and may be computed with it: a bias, and bounds.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "a_product_and_its_transpose",
        "fn f(a: [N, K], b: [K, N]) -> y: [N, N] { t[i, j] = sum[k](a[i, k] * b[k, j]); y[i, j] = t[i, j] + t[j, i]; }
         pub struct Net; fn forward(a: [3, 4], b: [4, 3]) -> [3, 3] { f(a, b) } loss = mse;",
        &["a: [3, 4]", "b: [4, 3]"],
        &["t: [3, 3]"],
    ),
    (
        "bounds_of_a_product_and_its_transpose",
        "fn f(a: [N, K], b: [K, N]) -> y: [N, N] {
             t[i, j] = sum[k](a[i, k] * b[k, j]); y[i, j] = max(t[i, j] + t[j, i], 0);
         }
         pub struct Net; fn forward(a: [3, 4], b: [4, 3]) -> [3, 3] { f(a, b) } loss = mse;",
        &["a: [3, 4]", "b: [4, 3]"],
        &["t: [3, 3]"],
    ),
    (
        "a_bounded_convolution_that_is_read_with_a_padding_and_as_it_is",
        "pub struct Net {
             a: Conv2d(2 => 3, kernel = 3, stride = 2, padding = 1), b: Conv2d(3 => 3, kernel = 3, padding = 1, groups = 3),
             c: Conv2d(3 => 3, kernel = 1), fc: Linear(_ => 2),
         }
         fn forward(x: [2, 7, 7]) -> [2] {
             let x = a(x).relu6();
             let y = c(b(x).relu()).hardtanh() + x;
             fc(y.transpose(1, 2).flatten())
         }
         loss = mse;",
        &["x: [2, 7, 7]"],
        &["t: [2]"],
    ),
    (
        "bounds_of_a_part",
        "fn f(x: [C, N], w: [C, C]) -> y: [C, 2 * N] {
             s[c, n] = sum[k](w[c, k] * x[k, n]);
             y[c, n: N] = max(s[c, n], 0);
             y[c, n + N] = x[c, n];
         }
         pub struct Net { a: Linear(8 => 8) } fn forward(x: [2, 4], w: [2, 2]) -> [2, 8] { f(a(x.flatten()).reshape(2, 4), w) }
         loss = mse;",
        &["x: [2, 4]", "w: [2, 2]"],
        &["t: [2, 8]"],
    ),
    (
        "bounds_of_a_sum_over_the_samples",
        "layer Peak<C, H, W>(x: [C, H, W]) -> y: [C, H, W] {
             state r: [C, H, W] = zeros;
             train {
                 s[c, h, w] = sum[batch](x[c, h, w]);
                 next r[c, h, w] = max(s[c, h, w], 0);
                 y[c, h, w] = x[c, h, w] * 2;
             }
             infer { y[c, h, w] = x[c, h, w] + r[c, h, w]; }
         }
         pub struct Net { a: Conv2d(1 => 2, kernel = 2), peak: Peak(2, 2, 2) }
         fn forward(x: [1, 3, 3]) -> [2, 2, 2] { peak(a(x)) } loss = mse;",
        &["x: [1, 3, 3]"],
        &["t: [2, 2, 2]"],
    ),
    (
        "a_learned_temperature",
        "layer Scale<N>(x: [N]) -> y: [N] { param s: [] = uniform(0, 1); e = exp(s); y[i] = e * x[i]; }
         pub struct Net { a: Linear(3 => 4), scale: Scale(4) } fn forward(x: [3]) -> [4] { scale(a(x)) } loss = mse;",
        &["x: [3]"],
        &["t: [4]"],
    ),
];
