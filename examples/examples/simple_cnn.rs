//! The first convolutional network of most tutorials: one convolution, one pooling, two dense layers.
//!
//! `cargo run --release --example simple_cnn -- --data DIR`
//!
//! DIR holds the four files of MNIST, plain or `.gz`. Without it a smaller network of the kind reads the digits of
//! 8 × 8 pixels that are in this repository.

use anyhow::Result;
use clap::Parser;
use examples::{Arguments, digits, learn};
use nn_core::prelude::*;

network! {
    /// For images of 28 × 28 pixels.
    struct SimpleCnn {
        conv: Conv2d(1 => 32, kernel = 3, padding = 1),
        fc1: Linear(6272 => 128), // 32 × 14 × 14
        fc2: Linear(128 => 10),
    }

    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv(image).relu().max_pool2d(2);
        fc2(fc1(x.flatten()).relu())
    }

    loss = cross_entropy;
}

network! {
    /// For images of 8 × 8 pixels.
    struct SmallCnn {
        conv: Conv2d(1 => 16, kernel = 3, padding = 1),
        fc1: Linear(256 => 64), // 16 × 4 × 4
        fc2: Linear(64 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        let x = conv(image).relu().max_pool2d(2);
        fc2(fc1(x.flatten()).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    match arguments.mnist()? {
        Some(images) => learn::<SimpleCnn>(&arguments.settings, 5, images),
        None => learn::<SmallCnn>(&arguments.settings, 40, digits()?),
    }
}
