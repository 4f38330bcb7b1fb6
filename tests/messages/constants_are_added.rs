use nn_core::prelude::*;

const LEFT: usize = 8;
const RIGHT: usize = 9;

network! {
    struct Net { a: Linear(4 => LEFT), b: Linear(4 => RIGHT) }
    fn forward(x: [4]) -> [LEFT] {
        a(x) + b(x)
    }
    loss = mse;
}

fn main() {}
