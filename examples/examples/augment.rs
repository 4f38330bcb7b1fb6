//! What augmentation is worth where images are few: the same network is trained twice, once on the images as they
//! are and once on images that are shifted, turned and scaled a little, anew in each epoch.
//!
//! `cargo run --release --example augment -- --data DIR`
//!
//! With DIR, the folder of MNIST, on 2,000 of its images; without it on 200 of the digits in this repository.

use anyhow::{Result, ensure};
use clap::Parser;
use examples::{Arguments, Sets, Settings, accuracy, digits, first};
use nn_core::data::{Augment, Image};
use nn_core::prelude::*;
use nn_core::schedule::CosineAnnealing;
use nn_core::typenum::U10;

network! {
    struct Large {
        conv: Conv2d(1 => 32, kernel = 3, padding = 1),
        fc1: Linear(6272 => 128),
        fc2: Linear(128 => 10),
    }

    fn forward(image: [1, 28, 28]) -> [10] {
        fc2(fc1(conv(image).relu().max_pool2d(2).flatten()).relu())
    }

    loss = cross_entropy;
}

network! {
    struct Small {
        conv: Conv2d(1 => 16, kernel = 3, padding = 1),
        fc1: Linear(256 => 64),
        fc2: Linear(64 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        fc2(fc1(conv(image).relu().max_pool2d(2).flatten()).relu())
    }

    loss = cross_entropy;
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    // what comes in from outside is the paper around the digits
    let augment = Augment::new().rotate(10.0).scale(0.9, 1.1).replicate();
    match arguments.mnist()? {
        Some(images) => compare::<Large>(&arguments.settings, (2000, 20), images, augment.shift(2)),
        // a pixel is much of so small an image: no shifts
        None => compare::<Small>(&arguments.settings, (200, 300), digits()?, augment),
    }
}

/// Trains without augmentation and with it, if nothing else is asked for on so many images in so many epochs.
fn compare<N>(
    settings: &Settings,
    (few, epochs): (usize, usize),
    (train, test): Sets<N::Input>,
    augment: Augment,
) -> Result<()>
where
    N: Train<Scalar = f32, Input: Image<Scalar = f32>, Output = Tensor<(U10,)>, Target = usize>,
{
    let train = first(train, settings.images.unwrap_or(few))?;
    let epochs = settings.epochs.unwrap_or(epochs);
    println!("{} images to learn from in {epochs} epochs, {} held out", train.len(), test.len());
    let mut found = [0.0; 2];
    for (found, (title, augment)) in found.iter_mut().zip([("as they are", Augment::new()), ("augmented", augment)]) {
        let mut session = Session::<N>::new(N::init_as(settings.seed()));
        Trainer::new(Adam::new(2e-3))
            .schedule(CosineAnnealing::new(epochs as u64))
            .augment(augment)
            .batch(64)
            .epochs(epochs)
            .seed(settings.seed())
            .quiet()
            .fit(&mut session, &train, None)?;
        *found = accuracy(&mut session, &test)?;
        println!("{title:12} test accuracy {found:.4}");
    }
    ensure!(found[1] > found[0], "augmentation did not help: it takes more epochs than without");
    Ok(())
}
