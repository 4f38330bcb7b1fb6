use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [4]) -> [2] {
        fc(x.reshape(3, 2))
    }
    loss = mse;
}

fn main() {}
