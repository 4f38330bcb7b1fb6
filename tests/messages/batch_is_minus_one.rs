use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [-1, 4]) -> [-1, 3] { fc(x) }
}

fn main() {}
