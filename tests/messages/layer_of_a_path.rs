use nn_core::prelude::*;

network! {
    struct Net { fc: nn::Linear(4, 3) }
    fn forward(x: [4]) -> [3] { fc(x) }
}

fn main() {}
