use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 4) }
    fn forward(x: [4]) -> [4] {
        fc(x)
    }
    loss = mse(forward, x);
}

fn main() {}
