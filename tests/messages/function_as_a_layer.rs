use nn_core::prelude::*;

network! {
    struct Net { conv: Conv2d(1 => 2, kernel = 3), pool: MaxPool2d(2) }
    fn forward(x: [1, 6, 6]) -> [2, 2, 2] {
        pool(conv(x))
    }
    loss = mse;
}

fn main() {}
