use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn encode(x) = fc(x).relu();
    fn forward(x: [4]) -> [3] { encode(x) }
}

fn main() {}
