//! Tensors that are viewed and read with padding, and inputs that layers of an array read with padding.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "view_beside_a_convolution",
        "pub struct Net {
             c1: Conv1d(1 => 1, kernel = 1, bias = false),
             c2: Conv1d(1 => 1, kernel = 3, padding = 1, stride = 2, bias = false),
             fc: Linear(9 => 1, bias = false),
         }
         fn forward(x: [1, 6]) -> [1] { let a = c1(x); fc(concat(a.flatten(), c2(a).flatten())) } loss = mse;",
        &["x: [1, 6]"],
        &["t: [1]"],
    ),
    (
        "view_between_convolutions",
        "pub struct Net {
             c1: Conv2d(1 => 2, kernel = 3, padding = 1),
             c2: Conv2d(2 => 1, kernel = 3, padding = 2, dilation = 2),
             c3: Conv1d(4 => 2, kernel = 3, padding = 1),
             fc: Linear(34 => 2),
         }
         fn forward(x: [1, 3, 4]) -> [2] {
             let a = c1(x).tanh();
             let pooled = a.max_pool2d(3, padding = 1).flatten().sin();
             let means = a.mean(axis = 0).flatten().narrow(0, 0, 6);
             fc(concat(c2(a).flatten(), c3(a.reshape(4, 6)).flatten(), pooled, means))
         }
         loss = mse;",
        &["x: [1, 3, 4]"],
        &["t: [2]"],
    ),
    (
        "input_convolved_in_an_array",
        "layer Block<C>(x: [C, N], c: [C, N]) -> y: [C, N] {
             conv: Conv1d(C => C, kernel = 3, padding = 1),
             y = x.tanh() + conv(c);
         }
         pub struct Net { blocks: [Block(2); 3] }
         fn forward(x: [2, 4], c: [2, 4]) -> [2, 4] { blocks(x, c) } loss = mse;",
        &["x: [2, 4]", "c: [2, 4]"],
        &["t: [2, 4]"],
    ),
    (
        "input_convolved_and_viewed_in_an_array_with_a_checkpoint",
        "layer Block<C>(x: [C, N], c: [C, N]) -> y: [C, N] {
             conv: Conv1d(C => C, kernel = 3, padding = 1, stride = 2),
             fc: Linear(_ => C*N),
             y = x + fc(concat(c.flatten(), conv(c).flatten())).reshape(C, N).tanh();
         }
         pub struct Net { #[checkpoint] blocks: [Block(2); 3] }
         fn forward(x: [2, 4], c: [2, 4]) -> [2, 4] { blocks(x, c) } loss = mse;",
        &["x: [2, 4]", "c: [2, 4]"],
        &["t: [2, 4]"],
    ),
    (
        "input_pooled_in_an_array",
        "layer Block<C>(x: [C, N], c: [C, N]) -> y: [C, N] {
             conv: Conv1d(C => C, kernel = 3, padding = 1),
             y = x.sin() + conv(c) * c.max_pool1d(3, stride = 1, padding = 1);
         }
         pub struct Net { blocks: [Block(1); 2] }
         fn forward(x: [1, 5], c: [1, 5]) -> [1, 5] { blocks(x, c) } loss = mse;",
        &["x: [1, 5]", "c: [1, 5]"],
        &["t: [1, 5]"],
    ),
    (
        "outputs_without_a_term_of_the_loss",
        "pub struct Net {
             a: Conv1d(1 => 2, kernel = 3, padding = 1),
             b: Conv1d(2 => 1, kernel = 3, padding = 1, stride = 2),
         }
         fn forward(x: [1, 5]) -> (p: [10], q: [1, 3], r: [2, 5]) {
             let h = a(x);
             (h.flatten(), b(h).tanh(), h)
         }
         loss(s: [10], t: [1, 3]) = mse(p, s) + mse(q, t);",
        &["x: [1, 5]"],
        &["s: [10]", "t: [1, 3]"],
    ),
    (
        "viewed_twice_and_read_with_padding_in_an_array",
        "layer Block<C>(x: [C, N], z: [C, N]) -> y: [C, N] {
             a: Conv1d(C => C, kernel = 3, padding = 1);
             b: Conv1d(C => C, kernel = 3, padding = 1);
             fc: Linear(C * N => N);
             h = a(x);
             y = (h + b(z) + fc(h.flatten()).reshape(1, N)).tanh();
         }
         pub struct Net { blocks: [Block(2); 3] }
         fn forward(x: [2, 5], z: [2, 5]) -> [2, 5] { blocks(x, z) }
         loss = mse;",
        &["x: [2, 5]", "z: [2, 5]"],
        &["t: [2, 5]"],
    ),
    (
        "views_of_classes_beside_numbers",
        "pub struct Net { words: Embedding(4 => 3), marks: Embedding(5 => 3), a: Linear(3 => 3) }
         fn forward(x: [3], i: index<4>, k: index<5>[6]) -> [2, 3] {
             marks(k.reshape(2, 3)).sum(axis = 1) * (a(x) * words(i.unsqueeze(0)).flatten()).tanh().unsqueeze(0)
         }
         loss = mse;",
        &["x: [3]", "i: index<4>", "k: index<5>[6]"],
        &["t: [2, 3]"],
    ),
    (
        "parameters_of_the_network_itself",
        "layer Scaled<N>(x: [.., N]) -> y: [.., N] { gain: param [N] = uniform(1); y[.., n] = x[.., n] * gain[n]; }
         pub struct Net {
             token: param [1, 3] = normal(0, 1),
             a: Scaled(3),
             blocks: [Scaled(3); 2],
             position: param [4, 3] = normal(0, 1),
         }
         fn forward(x: [3, 3]) -> [4, 3] { blocks(concat(token, a(x), axis = 0) * position).tanh() }
         loss(t: [4, 3]) = mse(output, t) + 0.3 * size(token);
         loss size(w: [..]) -> l: [] { l = mean[..](sq(w[..])); }",
        &["x: [3, 3]"],
        &["t: [4, 3]"],
    ),
    (
        "three_outputs_of_one_image_two_of_them_in_the_loss",
        "pub struct Net {
             body: Conv2d(1 => 2, kernel = 3, padding = 1),
             down: Conv2d(2 => 2, kernel = 3, padding = 1, stride = 2),
             fc: Linear(32 => 2),
             other: Linear(32 => 3),
         }
         fn forward(x: [1, 4, 4]) -> (a: [2, 2, 2], b: [2], c: [3]) {
             let h = body(x).tanh();
             (down(h), fc(h.flatten()), other(h.reshape(32)))
         }
         loss(t: [2, 2, 2], u: [2]) = mse(a, t) + mse(b, u);",
        &["x: [1, 4, 4]"],
        &["t: [2, 2, 2]", "u: [2]"],
    ),
];
