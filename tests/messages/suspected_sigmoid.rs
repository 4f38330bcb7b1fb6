#![deny(deprecated)]

use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 1) }
    fn forward(x: [4]) -> [1] { fc(x).sigmoid() }
    loss = bce_with_logits;
}

fn main() {}
