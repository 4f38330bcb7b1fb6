//! A mistake that most of us have made: the sizes of a tutorial's network are those of its images, and ours are
//! larger. Elsewhere the program runs until the first image comes; here it does not compile.
//!
//! `cargo run --release --example tutorial_mistake`

use anyhow::{Result, bail};
use nn_compiler::explain::explain_file;
use nn_core::prelude::*;

/// The program with the network as the tutorial has it, for images of 16 × 16 pixels, where ours have 28 × 28.
const MISTAKEN: &str = include_str!("../../tests/messages/sizes_of_a_tutorial.rs");

// What the message says to write: `Linear(6272 => 128)`.
network! {
    struct Net {
        conv1: Conv2d(1 => 32, kernel = 3, padding = 1),
        fc1: Linear(6272 => 128),
        fc2: Linear(128 => 10),
    }

    fn forward(image: [1, 28, 28]) -> [10] {
        let x = conv1(image).relu().max_pool2d(2);
        fc2(fc1(x.flatten()).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    println!("{MISTAKEN}\ndoes not compile:\n");
    let Err(messages) = explain_file(MISTAKEN) else { bail!("the mistake was not found") };
    for message in messages {
        println!("error: {message}\n");
    }

    println!("corrected, it has these layers:\n\n{}\n", Net::summary());
    let mut session = Net::session(42);
    println!("and an image goes through: {:.2?}", session.forward(&Tensor::filled(0.5)).as_slice());
    Ok(())
}
