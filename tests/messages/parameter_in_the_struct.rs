use nn_core::prelude::*;

network! {
    struct Net { w: [3, 4] }
    fn forward(x: [4]) -> [3] { w * x }
}

fn main() {}
