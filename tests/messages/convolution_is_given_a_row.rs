use nn_core::prelude::*;

network! {
    struct Net { conv: Conv2d(1 => 4, kernel = 3) }
    fn forward(x: [784]) -> [4, 26, 26] {
        conv(x)
    }
    loss = mse;
}

fn main() {}
