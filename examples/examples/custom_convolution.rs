//! A convolution of one's own: that of signal processing, whose kernel is mirrored. It is a formula of three lines and
//! runs on the same kernels as the one of the library.
//!
//! `cargo run --release --example custom_convolution`

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use nn_core::prelude::*;

network! {
    /// With the library's layer.
    struct BuiltIn {
        conv: Conv2d(16 => 32, kernel = 3, padding = 1),
    }
    fn forward(image: [16, 28, 28]) -> [32, 28, 28] {
        conv(image)
    }
    loss = mse;
}

network! {
    /// With a layer of one's own.
    struct Own {
        conv: Mirrored(16 => 32, kernel = 3, padding = 1),
    }

    layer Mirrored<C => O, kernel: K, padding: P = 0>(x: [C, H, W]) -> y: [O, H + 2*P - K + 1, W + 2*P - K + 1] {
        param weight: [O, C, K, K] = kaiming_uniform(C * K * K, a = sqrt(5));
        param bias: [O] = zeros;
        y[o, h, w] = bias[o]
            + sum[c, i: K, j: K](weight[o, c, K - 1 - i, K - 1 - j] * pad(x[c, h + i - P, w + j - P], 0));
    }

    fn forward(image: [16, 28, 28]) -> [32, 28, 28] {
        conv(image)
    }
    loss = mse;
}

const BATCH: usize = 16;
const KERNEL: usize = 3 * 3;
const ROUNDS: usize = 50;

fn main() -> Result<()> {
    let draw = Draw::new(3, 0);
    let images: Vec<Tensor<_>> = (0..BATCH).map(|sample| random(&draw, sample)).collect();
    let targets: Vec<Tensor<_>> = (BATCH..2 * BATCH).map(|sample| random(&draw, sample)).collect();

    let (mut built_in, mut own) = (BuiltIn::session(7), Own::session(7));
    mirror(&built_in.network, &mut own.network);
    let (a, b) = (*built_in.forward(&images[0]), own.forward(&images[0]));
    let difference = a.as_slice().iter().zip(b.as_slice()).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    println!("with mirrored weights the two differ by {difference:.1e}");
    ensure!(difference < 1e-5, "they do not compute the same");

    let mut times = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        // one after the other, since the machine may be slower at one time than at another
        times[0] = times[0].min(step(&mut *built_in.network, &images, &targets)?);
        times[1] = times[1].min(step(&mut *own.network, &images, &targets)?);
    }
    let [theirs, ours] = times.map(|time| time.as_secs_f64() * 1e3);
    println!("loss and gradient of {BATCH} images: {theirs:.2} ms with the library's layer,");
    println!("{ours:.2} ms with one's own: {:.2} times as long", ours / theirs);
    Ok(())
}

/// How long the loss and its gradient take.
fn step<N: Train>(network: &mut N, inputs: &[N::Input], targets: &[N::Target]) -> Result<Duration> {
    let mut workspace = nn_core::train_workspace::<N>();
    let mut gradient = nn_core::zero_gradient::<N>();
    let start = Instant::now();
    network.gradient(inputs, targets, Draw::new(0, 0), &mut workspace, &mut gradient)?;
    Ok(start.elapsed())
}

/// Copies the weights, the kernels turned round.
fn mirror(from: &BuiltIn, to: &mut Own) {
    let (from, to) = (&from.params.conv, &mut to.params.conv);
    to.bias = from.bias;
    for (from, to) in from.weight.as_slice().chunks(KERNEL).zip(to.weight.as_mut_slice().chunks_mut(KERNEL)) {
        to.iter_mut().zip(from.iter().rev()).for_each(|(to, from)| *to = *from);
    }
}

/// A tensor of numbers between 0 and 1.
fn random<S: nn_core::Shape>(draw: &Draw, sample: usize) -> Tensor<S> {
    let mut tensor = Tensor::zeros();
    for (at, element) in tensor.as_mut_slice().iter_mut().enumerate() {
        *element = draw.uniform(0, sample, at);
    }
    tensor
}
