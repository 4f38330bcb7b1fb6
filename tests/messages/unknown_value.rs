use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(4 => 3) }
    fn forward(image: [4]) -> [3] {
        fc(imgae)
    }
    loss = mse;
}

fn main() {}
