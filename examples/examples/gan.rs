//! Two networks play against each other (Goodfellow et al., "Generative adversarial nets", 2014): a critic learns to tell
//! real digits from made ones, and a generator learns, from the gradient of the critic by its images, to make such that the
//! critic cannot.
//!
//! `cargo run --release --example gan`

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use examples::{Small, digits};
use nn_core::derivatives::{Pullback, derivative_workspace};
use nn_core::prelude::*;

network! {
    /// From noise to an image of 8 × 8 pixels.
    #[derivatives(pullback)]
    struct Generator {
        a: Linear(16 => 128, bias = false),
        norm: BatchNorm1d(128),
        b: Linear(128 => 64),
    }
    fn forward(noise: [16]) -> [1, 8, 8] { b(norm(a(noise)).relu()).sigmoid().reshape(1, 8, 8) }
}

network! {
    /// How real an image is.
    struct Critic {
        a: Linear(64 => 128),
        b: Linear(128 => 64),
        c: Linear(64 => 1),
    }
    fn forward(image: [1, 8, 8]) -> [1] {
        let h = a(image.flatten()).leaky_relu(0.2).dropout(0.3);
        c(b(h).leaky_relu(0.2).dropout(0.3))
    }
    loss = bce_with_logits;
}

const BATCH: usize = 64;
const STEPS: u64 = 4000;

/// What an image is made of.
type Noise = Tensor![16];

/// Noise for some images.
fn noise(draw: Draw, count: usize) -> Vec<Noise> {
    (0..count).map(|sample| Tensor::from_fn(|at| draw.normal(0, sample, at))).collect()
}

fn main() -> Result<()> {
    let (mut train, test) = digits()?;
    train.shuffle(1);
    let generator = play(train.inputs())?;

    // as it predicts: with running statistics
    let mut session = Session::new(generator);
    let mut made = vec![Small::zeros(); 256];
    session.forward_batch(&noise(Draw::new(2, 0), made.len()), &mut made)?;
    show(&made[..6]);

    let (distance, classes) = nearest(&made, &train);
    let (usual, _) = nearest(test.inputs(), &train);
    println!("mean distance to the nearest real digit: {distance:.2}, that of digits held out: {usual:.2}");
    println!("the nearest digits of {} images: {classes:?}", made.len());
    ensure!(distance < 1.5 * usual, "the images are no digits");
    ensure!(classes.len() >= 8, "the generator makes the same digits again and again");
    Ok(())
}

/// Trains both networks, and gives the generator.
fn play(real: &[Small]) -> Result<Box<Generator>> {
    let (mut generator, mut critic) = (Generator::init(1), Critic::session(2));
    let adam = Adam::new(1e-3).betas(0.5, 0.999);
    let (mut steps, mut state) = (critic.steps(adam, 2 * BATCH), adam.state());
    let (mut gradient, mut workspace) =
        (Box::new(nn_core::zeroed()), derivative_workspace::<Generator, Pullback>(BATCH));
    let mut critic_workspace = nn_core::train_workspace_for::<Critic>(BATCH);
    let (mut made, mut by_made) = (vec![Small::zeros(); BATCH], vec![Small::zeros(); BATCH]);
    let is_real = vec![Tensor::from([1.0]); BATCH];
    // a critic that is never certain leaves the generator a gradient
    let targets = [vec![Tensor::from([0.9]); BATCH], vec![Tensor::from([0.0]); BATCH]].concat();

    for step in 0..STEPS {
        let draw = Draw::new(1, step);
        let noise = noise(draw, BATCH);
        generator.forward_in_training(&noise, draw, &mut workspace, &mut made)?;

        // the critic learns from as many real images as made ones
        let first = step as usize * BATCH % (real.len() - BATCH);
        let images = [&real[first..first + BATCH], &made].concat();
        let of_critic = steps.step(&images, &targets)?;

        // the generator learns what would make the critic take its images for real ones
        let critic = &steps.session.network;
        let of_generator = critic.input_gradient(&made, &is_real, draw, &mut critic_workspace, &mut by_made)?;
        generator.pullback(&noise, &by_made, draw, &mut workspace, Some(&mut gradient), None)?;
        adam.step(&mut generator.params, &*gradient, &mut state, 1.0)?;
        if step % 1000 == 0 {
            println!("step {step:4}: loss of the critic {of_critic:.3}, of the generator {of_generator:.3}");
        }
    }
    Ok(generator)
}

/// The mean distance of images to the nearest of some digits, and the classes of these.
fn nearest(images: &[Small], digits: &Dataset<Small, usize>) -> (f32, BTreeSet<usize>) {
    let (mut sum, mut classes) = (0.0, BTreeSet::new());
    for image in images {
        let distance = |digit: &Small| {
            let differences = image.as_slice().iter().zip(digit.as_slice()).map(|(a, b)| (a - b) * (a - b));
            differences.sum::<f32>().sqrt()
        };
        let all = digits.inputs().iter().map(distance).zip(digits.targets());
        let (least, class) = all.min_by(|(a, _), (b, _)| a.total_cmp(b)).expect("there are digits");
        sum += least;
        classes.insert(*class);
    }
    (sum / images.len() as f32, classes)
}

/// Prints images side by side.
fn show(images: &[Small]) {
    for row in 0..8 {
        let line = images.iter().map(|image| {
            let shade = |column| [' ', '.', ':', '+', '#'][(image[[0, row, column]] * 4.99) as usize];
            (0..8).map(shade).collect::<String>()
        });
        println!("{}", line.collect::<Vec<String>>().join("  "));
    }
}
