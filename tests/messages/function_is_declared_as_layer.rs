use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3), act: Relu }
    fn forward(x: [4]) -> [3] {
        act(fc(x))
    }
    loss = mse;
}

fn main() {}
