//! LeNet-5, with which convolutional networks began, here with ReLU: 99 % of MNIST in five epochs.
//!
//! `cargo run --release --example lenet -- --data DIR`
//!
//! DIR holds the four usual files, `train-images-idx3-ubyte` and so on, plain or `.gz`. Without it a smaller network
//! of the kind reads the digits of 8 × 8 pixels that are in this repository.

use anyhow::Result;
use clap::Parser;
use examples::{Arguments, digits, learn};
use nn_core::prelude::*;

network! {
    /// For images of 28 × 28 pixels.
    struct LeNet5 {
        conv1: Conv2d(1 => 6, kernel = 5),
        conv2: Conv2d(6 => 16, kernel = 5),
        fc1: Linear(256 => 120),
        fc2: Linear(120 => 84),
        fc3: Linear(84 => 10),
    }

    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = conv2(x).relu().max_pool2d(2);
        fc3(fc2(fc1(x.flatten()).relu()).relu())
    }

    loss = cross_entropy;
}

network! {
    /// For images of 8 × 8 pixels, which are too small for a kernel of 5 × 5.
    struct SmallLeNet {
        conv1: Conv2d(1 => 6, kernel = 3, padding = 1),
        conv2: Conv2d(6 => 16, kernel = 3, padding = 1),
        fc1: Linear(64 => 48),
        fc2: Linear(48 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        let x = conv2(x).relu().max_pool2d(2);
        fc2(fc1(x.flatten()).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match arguments.mnist()? {
        Some(images) => learn::<LeNet5>(&arguments.settings, 5, images),
        None => learn::<SmallLeNet>(&arguments.settings, 40, digits()?),
    }
}
