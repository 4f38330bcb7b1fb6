#![deny(deprecated)]

use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] { fc(x).softmax() }
    loss = cross_entropy;
}

fn main() {}
