use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4]) -> [6] { cat((fc(x), fc(x)), 1) }
}

fn main() {}
