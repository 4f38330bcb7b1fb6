//! ResNet-8: three residual blocks with batch norms, each a layer made of layers. It is trained a little on digits of
//! 8 × 8 pixels, and its running statistics are what it predicts with.
//!
//! `cargo run --release --example resnet8`

use anyhow::Result;
use clap::Parser;
use examples::{Settings, digits, learn};
use nn_core::prelude::*;

formulas! {
    mod blocks {
        layer ConvNorm<C => O, kernel: K, stride: S = 1, padding: P = 0>(x: [C, H, W])
            -> y: [O, (H + 2*P - K)/S + 1, (W + 2*P - K)/S + 1]
        {
            conv: Conv2d(C => O, kernel = K, stride = S, padding = P, bias = false),
            norm: BatchNorm2d(O),
            y = norm(conv(x));
        }

        // The input is added to what two convolutions make of it.
        layer Residual<C>(x: [C, H, W]) -> y: [C, H, W] {
            a: ConvNorm(C => C, kernel = 3, padding = 1),
            b: ConvNorm(C => C, kernel = 3, padding = 1),
            y = (x + b(a(x).relu())).relu();
        }

        // The same at half the size; the input takes a short cut of one pixel in four.
        layer Downsample<C => O>(x: [C, H, W]) -> y: [O, (H - 1)/2 + 1, (W - 1)/2 + 1] {
            a: ConvNorm(C => O, kernel = 3, stride = 2, padding = 1),
            b: ConvNorm(O => O, kernel = 3, padding = 1),
            shortcut: ConvNorm(C => O, kernel = 1, stride = 2),
            y = (shortcut(x) + b(a(x).relu())).relu();
        }
    }
}

network! {
    use blocks;

    /// From a grey image to a score for each of the ten digits.
    struct ResNet8 {
        stem: ConvNorm(1 => 16, kernel = 3, padding = 1),
        block1: Residual(16),
        block2: Downsample(16 => 32),
        block3: Downsample(32 => 64),
        head: Linear(64 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        let x = stem(image).relu();
        let x = block3(block2(block1(x)));
        head(x.global_avg_pool2d())
    }

    loss = cross_entropy;
}

/// Learns to read handwritten digits of 8 × 8 pixels.
#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    settings: Settings,
}

fn main() -> Result<()> {
    learn::<ResNet8>(&Arguments::parse().settings, 8, digits()?)
}
