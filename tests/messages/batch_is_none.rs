use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [None, 4]) -> [None, 3] { fc(x) }
}

fn main() {}
