use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    loss = mse;
}

fn main() {}
