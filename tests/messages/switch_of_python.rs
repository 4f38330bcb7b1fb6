use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 4, bias = False) }
    fn forward(x: [4]) -> [4] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
