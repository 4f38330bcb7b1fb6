//! Goes on with what another training has learned: a trained body under a new head, with the body frozen and with all of it
//! trained; and adapters, which are 1 % of the parameters.
//!
//! `cargo run --release --example fine_tune`

use std::time::Instant;

use anyhow::Result;
use examples::{Small, accuracy, digits};
use nn_core::prelude::*;
use nn_core::schedule::CosineAnnealing;
use nn_core::typenum::U10;

network! {
    /// What images of digits have in common: the body of a LeNet.
    #[layer]
    pub struct Body {
        conv1: Conv2d(1 => 16, kernel = 3, padding = 1),
        conv2: Conv2d(16 => 32, kernel = 3, padding = 1),
    }
    fn forward(image: [1, 8, 8]) -> [128] {
        let a = conv1(image).relu().max_pool2d(2);
        conv2(a).relu().max_pool2d(2).flatten()
    }
}

network! {
    use crate::Body;
    /// All of it is trained.
    pub struct Full { body: Body, fc: Linear(128 => 64), head: Linear(64 => 10) }
    fn forward(image: [1, 8, 8]) -> [10] { head(fc(body(image)).relu()) }
    loss = cross_entropy;
}

network! {
    use crate::Body;
    /// The layers behind the body are trained alone.
    pub struct Frozen { #[frozen] body: Body, fc: Linear(128 => 64), head: Linear(64 => 10) }
    fn forward(image: [1, 8, 8]) -> [10] { head(fc(body(image)).relu()) }
    loss = cross_entropy;
}

network! {
    /// A dense network.
    pub struct Dense { fc1: Linear(64 => 1024), fc2: Linear(1024 => 1024), fc3: Linear(1024 => 10) }
    fn forward(image: [1, 8, 8]) -> [10] { fc3(fc2(fc1(image.flatten()).relu()).relu()) }
    loss = cross_entropy;
}

network! {
    /// The same with adapters beside its layers, which stay as they are.
    pub struct Adapted {
        fc1: LoRALinear(64 => 1024, rank = 4),
        fc2: LoRALinear(1024 => 1024, rank = 1),
        fc3: LoRALinear(1024 => 10, rank = 4),
    }
    fn forward(image: [1, 8, 8]) -> [10] { fc3(fc2(fc1(image.flatten()).relu()).relu()) }
    loss = cross_entropy;
}

type Digits = Dataset<Small, usize>;

fn main() -> Result<()> {
    let (train, test) = digits()?;
    a_new_head(&train, &test)?;
    println!();
    adapters(&train, &test)
}

/// A body that has seen 0 to 4 learns 5 to 9.
fn a_new_head(train: &Digits, test: &Digits) -> Result<()> {
    let ([first, second], [_, second_test]) = (halves(train), halves(test));
    let mut session = Full::session(1);
    Trainer::new(Adam::new(2e-3)).epochs(20).batch(32).quiet().fit(&mut session, &first, None)?;
    let trained = session.network;

    println!("a body that has learned 0 to 4 goes on with {} images of 5 to 9", second.len());
    let mut frozen = Frozen::init(2);
    frozen.frozen.body = trained.params.body.clone();
    let mut full = Full::init(2);
    full.params.body = trained.params.body.clone();
    report(Session::new(frozen), "body frozen", (&second, &second_test), 10, 3e-3)?;
    report(Session::new(full), "all of it", (&second, &second_test), 10, 2e-3)?;
    Ok(())
}

/// A network that reads digits learns to read them in a mirror.
fn adapters(train: &Digits, test: &Digits) -> Result<()> {
    let mut session = Dense::session(1);
    Trainer::new(Adam::new(1e-3)).epochs(8).batch(32).quiet().fit(&mut session, train, None)?;
    let (train, test) = (mirrored(train), mirrored(test));
    let before = accuracy(&mut session, &test)?;
    println!("a network that reads {:.1} % of the digits in a mirror learns them", 100.0 * before);
    let trained = session.network;

    let mut adapted = Adapted::init(2);
    // its names are those of the dense network, and the adapters begin with nothing
    adapted.load_from(Load::bytes(&trained.to_bytes()).except("*.lora_*"))?;
    report(Session::new(adapted), "adapters", (&train, &test), 10, 5e-3)?;
    report(Session::new(trained), "all of it", (&train, &test), 8, 1e-3)?;
    Ok(())
}

/// Trains a network, and says what that took.
fn report<N>(
    mut session: Session<N>,
    what: &str,
    (train, test): (&Digits, &Digits),
    epochs: usize,
    lr: f64,
) -> Result<()>
where
    N: Train<Scalar = f32, Input = Small, Output = Tensor<(U10,)>, Target = usize>,
{
    let start = Instant::now();
    let schedule = CosineAnnealing::new(epochs as u64);
    Trainer::new(Adam::new(lr)).schedule(schedule).epochs(epochs).batch(32).quiet().fit(&mut session, train, None)?;
    println!(
        "{what:12} {:8} parameters trained, {:6} bytes of workspace a sample, {:6.3} s: {:.1} % right",
        N::PARAMS,
        size_of::<nn_core::TrainWorkspace<N>>(),
        start.elapsed().as_secs_f64(),
        100.0 * accuracy(&mut session, test)?
    );
    Ok(())
}

/// The images of 0 to 4, and those of 5 to 9.
fn halves(images: &Digits) -> [Digits; 2] {
    let samples = || images.inputs().iter().copied().zip(images.targets().iter().copied());
    [samples().filter(|(_, digit)| *digit < 5).collect(), samples().filter(|(_, digit)| *digit >= 5).collect()]
}

fn mirrored(images: &Digits) -> Digits {
    let mirrored = |image: &Small| {
        let mut mirrored = *image;
        mirrored.as_mut_slice().chunks_mut(8).for_each(<[f32]>::reverse);
        mirrored
    };
    images.inputs().iter().map(mirrored).zip(images.targets().iter().copied()).collect()
}
