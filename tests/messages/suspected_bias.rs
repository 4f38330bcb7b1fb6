#![deny(deprecated)]

use nn_core::prelude::*;

network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3), norm: BatchNorm2d(4) }
    fn forward(x: [1, 8, 8]) -> [4, 6, 6] { norm(conv(x)).relu() }
}

fn main() {}
