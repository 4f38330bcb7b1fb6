use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(x: [4], z: [3]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
