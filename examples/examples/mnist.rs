//! Learns to read MNIST, with the two networks of the tutorials.
//!
//! `cargo run --release --example mnist -- --data DIR --model relu`
//!
//! DIR holds the four usual files, `train-images-idx3-ubyte` and so on, plain or `.gz`.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use examples::{Settings, first};
use nn_core::data::{Normalize, mnist};
use nn_core::metrics::{Accuracy, Metric};
use nn_core::prelude::*;
use nn_core::typenum::{U10, U784};

network! {
    /// ReLU and cross entropy.
    struct Relu {
        fc1: Linear(784 => 256),
        fc2: Linear(256 => 10),
    }
    fn forward(image: [784]) -> [10] {
        fc2(fc1(image).relu())
    }
    loss = cross_entropy;
}

network! {
    /// Sigmoids and binary cross entropy: as the first networks were.
    struct Sigmoid {
        fc1: Linear(784 => 100),
        fc2: Linear(100 => 10),
    }
    fn forward(image: [784]) -> [10] {
        fc2(fc1(image).sigmoid()).sigmoid()
    }
    // summed over the classes, averaged over the batch
    loss = bce(reduction = batchmean);
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Model {
    Relu,
    Sigmoid,
}

/// Learns to read MNIST: in 10 epochs with `relu`, in 50 with `sigmoid`.
#[derive(Parser)]
struct Arguments {
    /// The folder with the four files of MNIST.
    #[arg(long)]
    data: PathBuf,
    /// Which network.
    #[arg(long, value_enum, default_value_t = Model::Relu)]
    model: Model,
    #[command(flatten)]
    settings: Settings,
}

type Images<Y> = Dataset<Tensor<(U784,)>, Y>;

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (mut train, test) = mnist::<(U784,), f32>(&arguments.data).context("MNIST could not be read")?;
    if let Some(images) = arguments.settings.images {
        train = first(train, images)?;
    }
    match arguments.model {
        Model::Relu => relu(&arguments.settings, train, test),
        Model::Sigmoid => sigmoid(&arguments.settings, train, test),
    }
}

fn relu(settings: &Settings, mut train: Images<usize>, mut test: Images<usize>) -> Result<()> {
    let normalize = Normalize::constant(0.1307, 0.3081)?;
    normalize.apply(&mut train);
    normalize.apply(&mut test);
    println!("{}\n", Relu::summary());
    let seed = settings.seed.unwrap_or(2);
    let mut session = Relu::session(seed);
    let epochs = settings.epochs.unwrap_or(10);
    Trainer::new(Sgd::new(0.1)).batch(64).epochs(epochs).seed(seed).fit(&mut session, &train, &test)?;
    report(&mut session, &test)
}

fn sigmoid(settings: &Settings, train: Images<usize>, test: Images<usize>) -> Result<()> {
    let (train, test) = (train.map(one_hot), test.map(one_hot));
    println!("{}\n", Sigmoid::summary());
    let seed = settings.seed.unwrap_or(2);
    let mut session = Sigmoid::session(seed);
    Trainer::new(Sgd::new(0.1))
        .batch(64)
        .epochs(settings.epochs.unwrap_or(50))
        .seed(seed)
        .metric(Accuracy::new())
        .fit(&mut session, &train, &test)?;
    report(&mut session, &test)
}

/// A digit as ten probabilities.
fn one_hot(image: Tensor<(U784,)>, digit: usize) -> (Tensor<(U784,)>, Tensor<(U10,)>) {
    let mut target = Tensor::zeros();
    target[[digit]] = 1.0;
    (image, target)
}

fn report<N, Y>(session: &mut Session<N>, test: &Images<Y>) -> Result<()>
where
    N: Network<Scalar = f32, Input = Tensor<(U784,)>, Output = Tensor<(U10,)>>,
    Accuracy: Metric<Tensor<(U10,)>, Y>,
{
    let mut outputs = vec![Tensor::zeros(); test.len()];
    session.forward_batch(test.inputs(), &mut outputs)?;
    println!("\ntest accuracy {:.4}", Accuracy::new().mean(&outputs, test.targets()));
    Ok(())
}
