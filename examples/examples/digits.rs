//! Reads real handwritten digits: 1797 of them, 8 × 8 pixels each, a quarter held out.
//!
//! `cargo run --release --example digits`

use anyhow::Result;
use nn_core::data::Csv;
use nn_core::metrics::{Accuracy, Metric};
use nn_core::prelude::*;
use nn_core::typenum::{U10, U64};

network! {
    /// From 64 grey values to a score for each of the ten digits.
    pub struct Digits {
        fc1: Linear(64 => 64),
        fc2: Linear(64 => 10),
    }

    fn forward(image: [64]) -> [10] {
        fc2(fc1(image).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    let (train, test) = load()?;
    println!("{}\n", Digits::summary());

    let mut session = Digits::session(42);
    let history =
        Trainer::new(Adam::new(3e-3)).batch(32).epochs(40).seed(1).quiet().fit(&mut session, &train, &test)?;
    for epoch in history.epochs.iter().filter(|epoch| epoch.number % 5 == 0) {
        println!(
            "epoch {:2}: loss {:.4}, on held out digits {:.4}",
            epoch.number,
            epoch.training_loss,
            epoch.watched_loss()
        );
    }

    let mut outputs = vec![Tensor::<(U10,)>::zeros(); test.len()];
    session.forward_batch(test.inputs(), &mut outputs)?;
    let wrong = outputs.iter().zip(test.targets()).position(|(output, digit)| output.argmax() != *digit);
    if let Some(wrong) = wrong {
        println!("\none that is read as {} and is a {}:", outputs[wrong].argmax(), test.targets()[wrong]);
        draw(&test.inputs()[wrong]);
    }
    println!("\ntest accuracy {:.4}", Accuracy::new().mean(&outputs, test.targets()));
    Ok(())
}

type Images = Dataset<Tensor<(U64,)>, usize>;

/// The digits that are learned from, and those that are held out. Pixels go from 0 to 1.
fn load() -> Result<(Images, Images)> {
    let table = Csv::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits.csv.gz")).read()?;
    let mut images = table.tensors(0..64)?;
    for image in &mut images {
        let image: &mut Tensor<(U64,)> = image;
        image.as_mut_slice().iter_mut().for_each(|pixel| *pixel /= 16.0);
    }
    Ok(Dataset::new(images, table.classes(64, 10)?)?.split(0.75, 1)?)
}

fn draw(image: &Tensor<(U64,)>) {
    for row in image.as_slice().chunks(8) {
        let shade = |grey: &f32| {
            if *grey > 0.66 {
                "██"
            } else if *grey > 0.33 {
                "▒▒"
            } else {
                "  "
            }
        };
        println!("    {}", row.iter().map(shade).collect::<String>());
    }
}
