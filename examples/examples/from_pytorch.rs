//! A network that PyTorch has trained predicts here what it predicts there.
//!
//! `cargo run --release --example from_pytorch`; `examples/python/from_pytorch.py` is PyTorch's side.

use anyhow::{Result, ensure};
use nn_core::data::Csv;
use nn_core::prelude::*;
use nn_core::typenum::{U1, U8, U10};

network! {
    /// The same layers under the same names as in PyTorch.
    pub struct Digits {
        conv: Conv2d(1 => 8, kernel = 3, padding = 1, bias = false),
        norm: BatchNorm2d(8),
        fc: Linear(128 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        fc(norm(conv(image)).relu().max_pool2d(2).flatten()).softmax()
    }
}

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

fn main() -> Result<()> {
    // `safetensors.torch.save_file(model.state_dict(), "from_pytorch.safetensors")` has written it
    let mut session = Session::new(Digits::load(format!("{DATA}/from_pytorch.safetensors"))?);

    let digits = Csv::new(format!("{DATA}/digits.csv.gz")).read()?;
    let mut images: Vec<Tensor<(U1, U8, U8)>> = digits.tensors(0..64)?;
    images.iter_mut().for_each(|image| image.iter_mut().for_each(|pixel| *pixel /= 16.0));
    let of_pytorch: Vec<Tensor<(U10,)>> = Csv::new(format!("{DATA}/from_pytorch.csv")).read()?.tensors(0..10)?;

    let mut furthest = 0.0f32;
    for (image, expected) in images.iter().zip(&of_pytorch) {
        let probabilities = session.forward(image);
        let distances = probabilities.iter().zip(expected.iter()).map(|(a, b)| (a - b).abs());
        furthest = distances.fold(furthest, f32::max);
    }
    println!("{} images, probabilities at most {furthest:.1e} from those of PyTorch", of_pytorch.len());
    ensure!(furthest < 1e-6, "the probabilities are not those of PyTorch");

    // what was read, and what was not
    println!("{}", session.network.load_from(format!("{DATA}/from_pytorch.safetensors"))?);
    Ok(())
}
