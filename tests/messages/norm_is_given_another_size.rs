use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 4), norm: BatchNorm1d(5) }
    fn forward(x: [4]) -> [4] {
        norm(fc(x))
    }
    loss = mse;
}

fn main() {}
