use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn foward(x: [4]) -> [3] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
