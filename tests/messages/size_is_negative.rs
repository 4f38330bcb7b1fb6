use nn_core::prelude::*;

network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3, padding = -1) }
    fn forward(x: [1, 5, 5]) -> [4, 1, 1] {
        conv(x)
    }
    loss = mse;
}

fn main() {}
