use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(6 => 2) }
    fn forward(a: [2, 3], b: [4, 2]) -> [2] {
        fc(concat(a, b).flatten())
    }
    loss = mse;
}

fn main() {}
