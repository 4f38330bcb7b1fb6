use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4], z: [4]) -> [3] {
        fc(x, z)
    }
    loss = mse;
}

fn main() {}
