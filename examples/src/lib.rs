//! What the stories have in common: those about images of digits, where the images come from, and the training; those about
//! sounds, the [files](sound) and the [processing of speech](speech).

pub mod sound;
pub mod speech;

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::{Args, Parser};
use nn_core::data::{Csv, Normalize, mnist};
use nn_core::metrics::{Accuracy, Metric};
use nn_core::optim::Adam;
use nn_core::prelude::*;
use nn_core::schedule::CosineAnnealing;
use nn_core::typenum::{U1, U8, U10, U28};

/// An image of MNIST.
pub type Large = Tensor<(U1, U28, U28)>;
/// An image of the digits in `examples/data`.
pub type Small = Tensor<(U1, U8, U8)>;

/// What is learned from, and what is held out.
pub type Sets<X> = (Dataset<X, usize>, Dataset<X, usize>);

/// How much to train.
#[derive(Args)]
pub struct Settings {
    /// How often to go through the training images [default: as the example needs].
    #[arg(long, value_parser = at_least_one)]
    pub epochs: Option<usize>,
    /// How many training images to use [default: as the example needs].
    #[arg(long, value_parser = at_least_one)]
    pub images: Option<usize>,
    /// The seed of everything random [default: as the example needs].
    #[arg(long)]
    pub seed: Option<u64>,
}

impl Settings {
    /// The seed of everything random.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed.unwrap_or(1)
    }
}

/// Learns to read handwritten digits.
#[derive(Parser)]
pub struct Arguments {
    /// The folder with the four files of MNIST; without it, small digits are read.
    #[arg(long)]
    data: Option<PathBuf>,
    /// How much to train.
    #[command(flatten)]
    pub settings: Settings,
}

impl Arguments {
    /// MNIST, if there is a folder of it, standardised.
    ///
    /// # Errors
    /// If its files cannot be read.
    pub fn mnist(&self) -> Result<Option<Sets<Large>>> {
        let Some(folder) = &self.data else { return Ok(None) };
        let (mut train, mut test) = mnist(folder).context("MNIST could not be read")?;
        let normalize = Normalize::constant(0.1307, 0.3081)?;
        normalize.apply(&mut train);
        normalize.apply(&mut test);
        Ok(Some((train, test)))
    }
}

fn at_least_one(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("it must be a whole number of at least 1")
}

/// 1797 digits of 8 × 8 pixels from 0 to 1, a quarter of them held out.
///
/// # Errors
/// If their file cannot be read.
pub fn digits() -> Result<Sets<Small>> {
    let table = Csv::new(concat!(env!("CARGO_MANIFEST_DIR"), "/data/digits.csv.gz")).read()?;
    let mut images: Vec<Small> = table.tensors(0..64)?;
    for image in &mut images {
        image.as_mut_slice().iter_mut().for_each(|pixel| *pixel /= 16.0);
    }
    Ok(Dataset::new(images, table.classes(64, 10)?)?.split(0.75, 1)?)
}

/// The first `count` samples.
///
/// # Errors
/// If there are fewer.
pub fn first<X, Y>(samples: Dataset<X, Y>, count: usize) -> Result<Dataset<X, Y>> {
    ensure!(count <= samples.len(), "{count} training images are asked for, and there are {}", samples.len());
    Ok(samples.split_at(count)?.0)
}

/// Trains a new network as long as is asked for, or `epochs`, and says how many of the images held out it reads right.
///
/// # Errors
/// If the training fails.
pub fn learn<N>(settings: &Settings, epochs: usize, (mut train, test): Sets<N::Input>) -> Result<()>
where
    N: Train<Scalar = f32, Output = Tensor<(U10,)>, Target = usize>,
{
    if let Some(images) = settings.images {
        train = first(train, images)?;
    }
    println!("{}\n", N::summary());
    let epochs = settings.epochs.unwrap_or(epochs);
    let mut session = Session::<N>::new(N::init_as(settings.seed()));
    Trainer::new(Adam::new(2e-3))
        .schedule(CosineAnnealing::new(epochs as u64))
        .batch(64)
        .epochs(epochs)
        .seed(settings.seed())
        .fit(&mut session, &train, &test)?;
    println!("\ntest accuracy {:.4}", accuracy(&mut session, &test)?);
    Ok(())
}

/// The part of images that a network reads right.
///
/// # Errors
/// If there are no images.
pub fn accuracy<N>(session: &mut Session<N>, images: &Dataset<N::Input, usize>) -> Result<f64>
where
    N: Network<Scalar = f32, Output = Tensor<(U10,)>>,
{
    let mut outputs = vec![Tensor::zeros(); images.len()];
    session.forward_batch(images.inputs(), &mut outputs)?;
    Ok(Accuracy::new().mean(&outputs, images.targets()))
}
