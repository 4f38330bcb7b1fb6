use nn_core::prelude::*;

const KERNEL: usize = 9;

network! {
    struct Net { conv: Conv2d(1 => 4, kernel = KERNEL), fc: Linear(_ => 2) }
    fn forward(x: [1, 8, 8]) -> [2] {
        fc(conv(x).relu().flatten())
    }
    loss = cross_entropy;
}

fn main() {}
