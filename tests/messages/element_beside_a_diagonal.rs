use nn_core::prelude::*;

network! {
    struct Net {}
    fn diagonal(x: [N]) -> y: [N, N] {
        y[i, i] = x[i];
    }
    fn forward(x: [4]) -> [4, 4] {
        diagonal(x)
    }
}

fn main() {}
