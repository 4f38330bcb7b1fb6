use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 4611686018427387904) }
    fn forward(x: [4]) -> [4611686018427387904] {
        fc(x)
    }
    loss = mse;
}

fn main() {}
