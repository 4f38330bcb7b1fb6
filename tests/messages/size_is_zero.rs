use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 0) }
    fn forward(x: [4]) -> [0] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
