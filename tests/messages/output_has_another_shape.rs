use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 10) }
    fn forward(x: [4]) -> [5] {
        fc(x)
    }
    loss = cross_entropy;
}

fn main() {}
