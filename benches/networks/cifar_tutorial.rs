//! The network of the CIFAR-10 tutorial of PyTorch.

use nn_core::prelude::*;

network! {
    /// Two convolutions and three dense layers.
    struct Tutorial {
        conv1: Conv2d(3 => 6, kernel = 5),
        conv2: Conv2d(6 => 16, kernel = 5),
        fc1: Linear(400 => 120),
        fc2: Linear(120 => 84),
        fc3: Linear(84 => 10),
    }
    fn forward(image: [3, 32, 32]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = conv2(x).relu().max_pool2d(2);
        fc3(fc2(fc1(x.flatten()).relu()).relu())
    }
    loss = cross_entropy;
}

fn main() -> Result<(), nn_core::Error> {
    work::once::<Tutorial>([Tensor::filled(0.5), Tensor::filled(0.25)], [0, 1])
}

mod work;
