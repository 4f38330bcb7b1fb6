//! Values that are seen in another shape and read with padding as well.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "viewed_and_read_with_padding",
        "pub struct Net {
             c1: Conv1d(1 => 1, kernel = 1, bias = false),
             c2: Conv1d(1 => 1, kernel = 3, padding = 1, stride = 2, bias = false),
             fc: Linear(9 => 1, bias = false),
         }
         fn forward(x: [1, 6]) -> [1] { let a = c1(x); fc(concat(a.flatten(), c2(a).flatten())) }
         loss = mse;",
        &["x: [1, 6]"],
        &["t: [1]"],
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
