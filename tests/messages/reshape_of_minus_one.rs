use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [2, 2]) -> [3] { fc(x.reshape(-1)) }
}

fn main() {}
