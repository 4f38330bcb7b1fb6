use nn_core::prelude::*;

network! {
    struct Net { fc: Linear(784 => 10) }
    fn forward(image: [1, 28, 28]) -> [10] {
        fc(image)
    }
    loss = cross_entropy;
}

fn main() {}
