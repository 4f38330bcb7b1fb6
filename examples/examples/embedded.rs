//! A keyword spotter whose weights lie in the program: it predicts without a file, and nothing is copied or allocated.
//!
//! `cargo run --release --example embedded`. The network is that of MLPerf Tiny, folded: `fold()` on the trained network, and
//! `save`, made the file.

use anyhow::{Result, ensure};
use nn_core::Workspace;
use nn_core::data::Csv;
use nn_core::prelude::*;
use nn_core::typenum::{U1, U10, U12, U49, U490};

network! {
    /// Depthwise separable convolutions: 49 frames of 10 coefficients to 12 words.
    #[folded(Deployed, weights = "data/keywords/weights.safetensors")]
    #[allow(nn::bias_before_batch_norm)] // as it was published
    struct Keywords {
        stem: Conv2d(1 => 64, kernel = (10, 4), stride = 2, padding = ((4, 5), (1, 1))),
        stem_norm: BatchNorm2d(64, eps = 0.001),
        blocks: [Separable(64); 4],
        dense: Linear(64 => 12),
    }

    layer Separable<C>(x: [C, H, W]) -> y: [C, H, W] {
        depthwise: Conv2d(C => C, kernel = 3, padding = 1, groups = C),
        depthwise_norm: BatchNorm2d(C, eps = 0.001),
        pointwise: Conv2d(C => C, kernel = 1),
        pointwise_norm: BatchNorm2d(C, eps = 0.001),
        y = pointwise_norm(pointwise(depthwise_norm(depthwise(x)).relu())).relu();
    }

    fn forward(features: [1, 49, 10]) -> [12] {
        dense(blocks(stem_norm(stem(features)).relu()).global_avg_pool2d()).softmax()
    }
}

const WORDS: [&str; 12] =
    ["down", "go", "left", "no", "off", "on", "right", "stop", "up", "yes", "(silence)", "(unknown)"];

/// All the memory that a prediction needs besides the program.
struct Memory {
    workspace: Workspace<Deployed>,
    probabilities: Tensor<(U12,)>,
}

fn main() -> Result<()> {
    let network: &'static Deployed = Deployed::trained();
    let mut memory = Memory { workspace: [nn_core::zeroed()], probabilities: Tensor::zeros() };
    println!("{} weights, {} bytes, in the program", Deployed::PARAMS, size_of_val(network));
    println!("{} bytes of memory for a prediction", size_of::<Memory>());

    let recordings = Csv::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/keywords/recordings.csv")).read()?;
    let quantised: Vec<Tensor<(U490,)>> = recordings.tensors(0..490)?;
    let spoken = recordings.classes(490, WORDS.len())?;
    for (quantised, spoken) in quantised.iter().zip(spoken) {
        let features: Tensor<(U1, U49, U10)> = Tensor::from_fn(|at| (quantised[at] - 83.0) * 0.584_702_9);
        network.forward(&features, &mut memory.workspace, &mut memory.probabilities);
        let heard = memory.probabilities.argmax();
        println!("{:10} {:5.1} %", WORDS[heard], 100.0 * memory.probabilities[heard]);
        ensure!(heard == spoken, "{} was spoken", WORDS[spoken]);
    }
    Ok(())
}
