use nn_core::prelude::*;

network! {
    struct Net { conv: Conv2d(1 => 4, kernel_size = 3) }
    fn forward(x: [1, 5, 5]) -> [4, 3, 3] {
        conv(x)
    }
    loss = mse;
}

fn main() {}
