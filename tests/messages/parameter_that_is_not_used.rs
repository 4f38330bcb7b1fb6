use nn_core::prelude::*;

network! {
    struct Net { a: Linear(2 => 2), position: param [2] = normal(0, 0.02) }
    fn forward(x: [2]) -> [2] { a(x) }
    loss = mse;
}

fn main() {}
