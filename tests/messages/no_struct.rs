use nn_core::prelude::*;

network! {
    fn forward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
