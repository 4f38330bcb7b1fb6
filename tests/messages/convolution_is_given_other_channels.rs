use nn_core::prelude::*;

network! {
    struct Net {
        conv1: Conv2d(1 => 8, kernel = 3),
        conv2: Conv2d(16 => 32, kernel = 3),
    }
    fn forward(image: [1, 12, 12]) -> [32, 8, 8] {
        conv2(conv1(image).relu())
    }
    loss = mse;
}

fn main() {}
