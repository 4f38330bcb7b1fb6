use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3, weight = normal(0)) }
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
