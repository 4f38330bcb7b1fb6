//! Reads real handwritten digits: 8 × 8 pixels, 1797 of them, a quarter held out.

use anyhow::Result;
use nn_core::data::{Csv, Dataset};
use nn_core::metrics::Accuracy;
use nn_core::prelude::*;
use nn_core::typenum::U64;

network! {
    /// From 8 × 8 grey values to one of ten digits.
    pub struct Digits {
        fc1: Linear(64 => 32),
        fc2: Linear(32 => 10),
    }

    fn forward(image: [64]) -> [10] {
        fc2(fc1(image).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    let table = Csv::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits.csv.gz")).read()?;
    let images = table.tensors::<(U64,), f32>(0..64)?;
    let labels = table.classes(64, 10)?;
    let data = Dataset::new(images, labels)?;
    let (train, test) = data.split(0.75, 1)?;
    println!("{}", Digits::<f32>::summary());
    let mut session = Digits::session(42);
    let history = Trainer::new(Adam::new(2e-3)).batch(32).epochs(30).fit(&mut session, &train, &test)?;
    println!("{history}");
    let _ = Accuracy::new();
    Ok(())
}
