use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn mine(x: [N]) -> y: [2] {
        y[n + 1] = x[n];
    }
    fn forward(x: [4]) -> [2] {
        fc(x).mine()
    }
    loss = mse;
}

fn main() {}
