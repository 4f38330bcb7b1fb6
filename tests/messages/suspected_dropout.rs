#![deny(deprecated)]

use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] { fc(x).dropout(0.5) }
    loss = mse;
}

fn main() {}
