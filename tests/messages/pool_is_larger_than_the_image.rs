use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 2) }
    fn forward(x: [1, 3, 3]) -> [2] {
        fc(x.max_pool2d(5).flatten())
    }
    loss = mse;
}

fn main() {}
