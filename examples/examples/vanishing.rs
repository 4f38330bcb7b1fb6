//! Gradients that vanish and gradients that explode, and what helps: the size of the gradient in each layer of a deep
//! network, and at each step of a long sequence.
//!
//! `cargo run --release --example vanishing`

use anyhow::{Result, ensure};
use nn_core::prelude::*;
use nn_core::train::{Norms, Quantity};

/// Twelve layers of one kind between the input and the output.
macro_rules! deep {
    ($($name:ident: $arguments:tt $block:tt;)*) => {$(
        network! {
            struct $name { blocks: [Block(16); 12], head: Linear(16 => 4) }
            fn forward(x: [16]) -> [4] { head(blocks(x)) }
            loss = cross_entropy;
            layer Block<N>(x: [N]) -> y: [N] $block
        }
    )*};
}

deep! {
    Sigmoid: () { fc: Linear(N => N, weight = xavier_uniform), y = fc(x).sigmoid(); };
    Large: () { fc: Linear(N => N, weight = normal(0, 1)), y = fc(x).relu(); };
    Initialised: () { fc: Linear(N => N, weight = kaiming_normal), y = fc(x).relu(); };
    Normalised: () { fc: Linear(N => N, weight = xavier_uniform), norm: LayerNorm(N), y = norm(fc(x).sigmoid()); };
    Residual: () { fc: Linear(N => N, weight = xavier_uniform), y = x + fc(x).sigmoid(); };
}

/// A network over sixty steps, whose loss is at the last one.
macro_rules! recurrent {
    ($($name:ident: $layer:tt;)*) => {$(
        network! {
            struct $name { rnn: Cell(4 => 16), head: Linear(16 => 4) }
            fn forward(x: [60, 4]) -> [4] { head(rnn(x)) }
            loss = cross_entropy;
            layer Cell<N => H>(x: [T, N]) -> y: [H] $layer
        }
    )*};
}

recurrent! {
    Plain: { rnn: RNN(N => H), let (_, h) = rnn(x); y = h.flatten(); };
    Gated: { lstm: LSTM(N => H), let (_, h, _) = lstm(x); y = h.flatten(); };
}

/// Random samples.
fn samples<S: nn_core::Shape>(count: usize) -> (Vec<Tensor<S>>, Vec<usize>) {
    let sample = |number: usize| {
        let mut tensor = Tensor::zeros();
        let numbers = tensor.as_mut_slice().iter_mut().enumerate();
        numbers.for_each(|(at, element)| *element = Draw::new(1, 0).normal(0, number, at));
        tensor
    };
    ((0..count).map(sample).collect(), (0..count).map(|number| number % 4).collect())
}

fn show(name: &str, norms: &[f64]) {
    let norms: Vec<String> = norms.iter().map(|norm| format!("{norm:7.0e}")).collect();
    println!("{name:34} {}", norms.join(" "));
}

/// The norm of the gradient by the parameters of each third layer.
macro_rules! by_layer {
    ($name:literal, $network:ident) => {{
        let (inputs, targets) = samples(64);
        let mut gradient = nn_core::zero_gradient::<$network>();
        let mut workspace = nn_core::train_workspace::<$network>();
        let mut network = $network::init(1);
        network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient)?;
        let mut norms = Norms::new(&*network);
        norms.add(&network, &gradient);
        let layers = norms.last(Quantity::Gradient).filter(|(layer, _)| layer.ends_with(".fc"));
        let norms: Vec<f64> = layers.step_by(3).map(|(_, norm)| norm).collect();
        show($name, &norms);
        norms
    }};
}

/// The norm of the gradient by the input at some steps.
macro_rules! by_step {
    ($name:literal, $network:ident, $scale:expr) => {{
        let (inputs, targets) = samples(64);
        let mut network = $network::init(1);
        network.flat_params_mut().iter_mut().for_each(|parameter| *parameter *= $scale);
        let mut gradients = vec![Tensor::zeros(); 64];
        let mut workspace = nn_core::train_workspace::<$network>();
        network.input_gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradients)?;
        let at = |step: usize| {
            let all: Vec<f32> = gradients.iter().flat_map(|one| one.as_slice()[step * 4..][..4].to_vec()).collect();
            optim::norm(&all)
        };
        let norms = [0, 20, 40, 59].map(at);
        show($name, &norms);
        norms
    }};
}

fn main() -> Result<()> {
    println!("{:34} {:>7} {:>7} {:>7} {:>7}", "gradient by layer", 1, 4, 7, 10);
    let vanished = by_layer!("sigmoid", Sigmoid);
    let exploded = by_layer!("ReLU, weights of deviation 1", Large);
    let initialised = by_layer!("ReLU, He's initial values", Initialised);
    let normalised = by_layer!("sigmoid and layer norms", Normalised);
    let residual = by_layer!("sigmoid and residual connections", Residual);
    ensure!(vanished[0] < 1e-4 * vanished[3], "the gradient should vanish");
    ensure!(exploded[0] > 1e2 * initialised[0], "the gradient should explode");
    for cured in [&initialised, &normalised, &residual] {
        ensure!(cured[0] > 1e-2 * cured[3], "the gradient should reach the first layer");
    }

    println!("\n{:34} {:>7} {:>7} {:>7} {:>7}", "gradient by the input at step", 1, 21, 41, 60);
    let plain = by_step!("RNN", Plain, 1.0);
    let large = by_step!("RNN, weights four times as large", Plain, 4.0);
    let gated = by_step!("LSTM", Gated, 1.0);
    ensure!(gated[0] / gated[3] > plain[0] / plain[3], "the LSTM should remember longer");

    // a gradient that explodes is clipped to a length
    let mut clipped = large;
    optim::clip_norm(&mut clipped, 1.0);
    show("the same, clipped to 1", &clipped);
    Ok(())
}
