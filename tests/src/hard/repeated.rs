//! Loop nests of one form in several sizes, which emitted code outlines into one function.

use super::Network;

pub(super) const NETWORKS: &[Network] = &[
    (
        "pools_of_three_sizes",
        "pub struct Net {
             a: Conv2d(1 => 2, kernel = 3, padding = 1), b: Conv2d(2 => 3, kernel = 3, padding = 1),
             c: Conv2d(3 => 2, kernel = 3, padding = 1), fc: Linear(2 => 3),
         }
         fn forward(x: [1, 8, 8]) -> [3] {
             let x = a(x).tanh().max_pool2d(2);
             let x = b(x).tanh().max_pool2d(2);
             fc(c(x).tanh().max_pool2d(2).flatten())
         }
         loss = cross_entropy;",
        &["x: [1, 8, 8]"],
        &["t: index<3>"],
    ),
    (
        "norms_of_four_sizes_and_in_an_array",
        "layer Block<C>(x: [C, H, W]) -> y: [C, H, W] {
             conv: Conv2d(C => C, kernel = 3, padding = 1, bias = false), norm: BatchNorm2d(C), y = x + norm(conv(x)).sin();
         }
         pub struct Net {
             a: Block(2), b: Conv2d(2 => 3, kernel = 2, stride = 2), c: Block(3), d: Block(3),
             e: Conv2d(3 => 4, kernel = 2, stride = 2), rest: [Block(4); 2], fc: Linear(4 => 2),
         }
         fn forward(x: [2, 8, 8]) -> [2] {
             let x = d(c(b(a(x)).tanh())).avg_pool2d(1);
             fc(rest(e(x).tanh()).global_avg_pool2d())
         }
         loss = mse;",
        &["x: [2, 8, 8]"],
        &["t: [2]"],
    ),
    (
        "names_of_arguments",
        "pub struct Net { a: Linear(3 => 4), b: Linear(4 => 5), c: Linear(5 => 6), size_1: Linear(6 => 2) }
         fn forward(samples: [3]) -> [2] {
             let size_2 = a(samples).sigmoid();
             let pass = b(size_2).sigmoid();
             size_1(c(pass).sigmoid())
         }
         loss = mse;",
        &["samples: [3]"],
        &["t: [2]"],
    ),
];
