use nn_core::prelude::*;

network! {
    struct Net { body: Sequential(Linear(4 => 3), ReLU()) }
    fn forward(x: [4]) -> [3] { body(x) }
}

fn main() {}
