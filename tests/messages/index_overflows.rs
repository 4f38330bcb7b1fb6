use nn_core::prelude::*;

network! {
    struct Net {}
    fn mine(x: [N]) -> y: [N] {
        y[n] = x[n * 9223372036854775807];
    }
    fn forward(x: [4]) -> [4] {
        mine(x)
    }
}

fn main() {}
