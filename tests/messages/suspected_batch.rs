#![deny(deprecated)]

use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(784 => 10) }
    fn forward(x: [64, 784]) -> [64, 10] { fc(x) }
    loss = cross_entropy;
}

fn main() {}
