use nn_core::prelude::*;

network! {
    struct Net { conv: Conv2d(1 => 2, kernel = 7) }
    fn forward(x: [1, 5, 5]) -> [2, 1, 1] {
        conv(x)
    }
    loss = mse;
}

fn main() {}
