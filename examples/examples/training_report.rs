//! A training with most of what a trainer can do, and a report of it: augmented images, a one-cycle learning rate,
//! parameter groups, a confusion matrix, the norms of each layer, and what the network looks at, in numbers and in pictures.
//!
//! `cargo run --release --example training_report`

use anyhow::{Result, ensure};
use examples::{Small, digits};
use nn_core::data::Augment;
use nn_core::derivatives::{Vjp, derivative_workspace};
use nn_core::metrics::ConfusionMatrix;
use nn_core::plot;
use nn_core::prelude::*;
use nn_core::schedule::{OneCycle, Schedule};
use nn_core::train::{Norms, Quantity};
use nn_core::typenum::U10;

network! {
    /// From a grey image to a score for each of the ten digits.
    #[derivatives(vjp)] // for the picture of what it looks at
    pub struct Digits {
        conv: Conv2d(1 => 8, kernel = 3, padding = 1),
        fc1: Linear(128 => 64),
        fc2: Linear(64 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        fc2(fc1(conv(image).relu().max_pool2d(2).flatten()).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    let (train, test) = digits()?;
    let (epochs, batch) = (40, 32);
    let steps = (epochs * train.len().div_ceil(batch)) as u64;
    let adam = AdamW::new(1e-2).weight_decay(0.05);

    let mut session = Digits::session(42);
    let mut norms = Norms::new(&*session.network);
    let history = Trainer::new(adam)
        .group("*.bias", adam.weight_decay(0.0))
        .schedule(OneCycle::new(steps).by_step())
        .augment(Augment::new().shift(1).rotate(10.0).scale(0.9, 1.1))
        .batch(batch)
        .epochs(epochs)
        .seed(1)
        .batch_callback(|event| norms.record(event))
        .quiet()
        .fit(&mut session, &train, &test)?;
    println!("{history}\n\n{norms}\n");

    let mut outputs = vec![Tensor::<(U10,)>::zeros(); test.len()];
    session.forward_batch(test.inputs(), &mut outputs)?;
    let matrix = ConfusionMatrix::of(&outputs, test.targets())?;
    println!("{matrix}");

    let folder = std::env::temp_dir();
    let pictures = [
        ("losses.svg", plot::losses(&history)),
        ("confusion.svg", plot::confusion(&matrix)),
        ("gradients.svg", plot::norms(&norms, Quantity::Gradient)),
        ("updates.svg", plot::norms(&norms, Quantity::Update)),
        ("saliency.svg", saliency(&session.network, &test.inputs()[0], test.targets()[0])?),
    ];
    for (name, svg) in pictures {
        let path = folder.join(name);
        std::fs::write(&path, svg)?;
        println!("written: {}", path.display());
    }
    Ok(())
}

/// How much each pixel matters for the score of a digit.
fn saliency(network: &Digits, image: &Small, digit: usize) -> Result<String> {
    let (mut scores, mut gradient) = ([Tensor::zeros()], [Tensor::zeros()]);
    scores[0][digit] = 1.0;
    let mut workspace = derivative_workspace::<Digits, Vjp>(1);
    network.vjp(&[*image], &scores, &mut workspace, None, Some(&mut gradient))?;
    ensure!(gradient[0].as_slice().iter().any(|part| *part != 0.0), "some pixel should matter");
    Ok(plot::saliency(image, &gradient[0]))
}
