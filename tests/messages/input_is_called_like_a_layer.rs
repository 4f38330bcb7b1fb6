use nn_core::prelude::*;

network! {
    struct Net { x: Linear(4 => 3) }
    fn forward(x: [4]) -> [4] {
        x
    }
    loss = mse;
}

fn main() {}
