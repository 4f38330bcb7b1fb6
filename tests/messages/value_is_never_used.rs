use nn_core::prelude::*;

network! {
    struct Net { fc1: Linear(4 => 4), fc2: Linear(4 => 3) }
    fn forward(x: [4]) -> [3] {
        let h = fc1(x).relu();
        fc2(x)
    }
    loss = mse;
}

fn main() {}
