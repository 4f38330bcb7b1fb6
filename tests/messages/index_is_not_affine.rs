use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn mine(x: [N]) -> y: [N] {
        y[n] = x[floor(x[n])];
    }
    fn forward(x: [4]) -> [3] {
        fc(x).mine()
    }
    loss = mse;
}

fn main() {}
