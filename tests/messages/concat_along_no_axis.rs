use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(8 => 2) }
    fn forward(x: [4]) -> [2] {
        fc(concat(x, x, axis = 2))
    }
    loss = mse;
}

fn main() {}
