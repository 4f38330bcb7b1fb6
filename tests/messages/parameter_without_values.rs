use nn_core::prelude::*;

network! {
    struct Net { a: Linear(2 => 2), position: param [2] }
    fn forward(x: [2]) -> [2] { a(x + position) }
    loss = mse;
}

fn main() {}
