#![deny(deprecated)]

use nn_core::prelude::*;

network! {
    struct Net { a: Linear(4 => 8), b: Linear(8 => 3) }
    fn forward(x: [4]) -> [3] { b(a(x)) }
}

fn main() {}
