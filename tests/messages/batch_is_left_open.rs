use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [_, 4]) -> [_, 3] { fc(x) }
}

fn main() {}
