use nn_core::prelude::*;

network! {
    struct Net { fc1: Linear(4 => 3), fc2: Linear(3 => 3) }
    fn forward(x: [4]) -> [3] {
        fc1(x)
    }
    loss = mse;
}

fn main() {}
