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
        "fn turned(x: [A, B, W]) -> y: [B, A, W / 2] { y[b, a, w] = max[i: 2](x[a, b, 2 * w + i]); }
         fn back(x: [A, B, W]) -> y: [A, B, W / 2] { y[a, b, w] = max[i: 2](x[a, B - 1 - b, 2 * w + i]); }
         pub struct Net { a: Conv2d(1 => 3, kernel = 3), b: Conv2d(4 => 2, kernel = 1), fc: Linear(_ => 2) }
         fn forward(x: [1, 6, 18]) -> [2] { fc(back(b(turned(a(x).relu())).relu()).flatten()) }
         loss = mse;",
        &["x: [1, 6, 18]"],
        &["t: [2]"],
    ),
    (
        "two_pools_of_one_operand_and_a_pool_that_is_an_output",
        "pub struct Net { a: Conv2d(1 => 3, kernel = 3), fc: Linear(_ => 2) }
         fn forward(x: [1, 14, 14]) -> (p: [3, 6, 6], q: [2]) {
             let x = a(x).relu();
             (x.max_pool2d(2), fc(x.max_pool2d(3, stride = 1).flatten()))
         }
         loss(t: [3, 6, 6], u: [2]) = mse(p, t) + mse(q, u);",
        &["x: [1, 14, 14]"],
        &["t: [3, 6, 6]", "u: [2]"],
    ),
    (
        "the_only_pool_is_an_output",
        "pub struct Net { a: Conv2d(1 => 3, kernel = 3), fc: Linear(_ => 2) }
         fn forward(x: [1, 18, 18]) -> (p: [3, 8, 8], q: [2]) { (a(x).relu().max_pool2d(2), fc(x.flatten())) }
         loss(t: [3, 8, 8], u: [2]) = mse(p, t) + mse(q, u);",
        &["x: [1, 18, 18]"],
        &["t: [3, 8, 8]", "u: [2]"],
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
