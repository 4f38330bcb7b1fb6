//! Results that are smaller than what they are computed from, whose memory they may take over row by row.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "pools_behind_convolutions",
        "pub struct Net {
             a: Conv2d(1 => 3, kernel = 3), b: Conv2d(3 => 2, kernel = 3), fc: Linear(_ => 2),
         }
         fn forward(x: [1, 14, 12]) -> [2] {
             let x = a(x).relu().max_pool2d(2);
             fc(b(x).relu().avg_pool2d(2).flatten())
         }
         loss = mse;",
        &["x: [1, 14, 12]"],
        &["t: [2]"],
    ),
    (
        "pools_behind_pools",
        "pub struct Net { a: Conv2d(1 => 2, kernel = 3), b: Conv2d(2 => 3, kernel = 2), fc: Linear(_ => 2) }
         fn forward(x: [1, 20, 22]) -> [2] {
             fc(b(a(x).tanh().max_pool2d(3, stride = 2).avg_pool2d(2, stride = 1).max_pool2d(2)).flatten())
         }
         loss = mse;",
        &["x: [1, 20, 22]"],
        &["t: [2]"],
    ),
    (
        "a_frozen_body_with_pools",
        "pub struct Net {
             #[frozen] a: Conv2d(1 => 3, kernel = 3), #[frozen] b: Conv2d(3 => 4, kernel = 3), fc: Linear(_ => 3),
         }
         fn forward(x: [1, 14, 14]) -> [3] {
             fc(b(a(x).relu().max_pool2d(2)).relu().max_pool2d(2).flatten())
         }
         loss = cross_entropy;",
        &["x: [1, 14, 14]"],
        &["t: index<3>[]"],
    ),
    (
        "a_pool_with_a_padding_and_one_whose_input_is_read_again",
        "pub struct Net { a: Conv2d(1 => 2, kernel = 3), b: Conv2d(2 => 2, kernel = 3), fc: Linear(_ => 2) }
         fn forward(x: [1, 12, 12]) -> [2] {
             let x = a(x).relu();
             let y = b(x).relu().max_pool2d(3, stride = 2, padding = 1);
             fc(y.flatten()) * x.max_pool2d(2).max_pool2d(5).flatten()
         }
         loss = mse;",
        &["x: [1, 12, 12]"],
        &["t: [2]"],
    ),
    (
        "rows_that_are_turned_and_rows_that_go_back",
        "fn turned(x: [H, W]) -> y: [W, H / 2] { y[w, h] = max[i: 2](x[2 * h + i, w]); }
         fn back(x: [H, W]) -> y: [H, W / 2] { y[h, w] = sum[i: 2](x[H - 1 - h, 2 * w + i]); }
         pub struct Net { a: Linear(_ => 128), b: Linear(_ => 64), fc: Linear(_ => 2) }
         fn forward(x: [5]) -> [2] {
             let y = turned(a(x).reshape(8, 16));
             fc(back(b(y.flatten()).reshape(4, 16)).flatten())
         }
         loss = mse;",
        &["x: [5]"],
        &["t: [2]"],
    ),
    (
        "a_pool_in_each_layer",
        "layer Narrow(x: [C, N]) -> y: [C, N] {
             a: Conv1d(C => 3 * C, kernel = 3), b: Linear(3 * C * (N / 2 - 1) => C * N),
             y = b(a(x).tanh().max_pool1d(2).flatten()).reshape(C, N) + x;
         }
         pub struct Net { all: [Narrow; 3], out: Linear(_ => 2) }
         fn forward(x: [2, 12]) -> [2] { out(all(x).flatten()) }
         loss = mse;",
        &["x: [2, 12]"],
        &["t: [2]"],
    ),
    (
        "a_pool_at_each_step",
        "layer Steps<C => H>(x: [T, C]) -> h: [H] {
             param u: [24, H] = uniform(1);
             param w: [H, 12] = uniform(1);
             scan t: T {
                 carry h: [H] = zeros;
                 wide[g: 2, i: 12] = tanh(x[t, g] + sum[k](u[g * 12 + i, k] * h[k]));
                 pooled[g: 2, i: 6] = max[j: 2](wide[g, 2 * i + j]);
                 next h[k] = tanh(sum[g, i](w[k, g * 6 + i] * pooled[g, i]) + x[t, 2]);
             }
         }
         pub struct Net { steps: Steps(3 => 4) }
         fn forward(x: [5, 3]) -> [4] { steps(x) }
         loss = mse;",
        &["x: [5, 3]"],
        &["t: [4]"],
    ),
];
