use nn_core::prelude::*;

network! {
    struct Net { a: Linear(4 => 3), b: Linear(4 => 2) }
    fn forward(x: [4]) -> (mean: [3], class: [2]) {
        (a(x), b(x))
    }
    loss = mse;
}

fn main() {}
