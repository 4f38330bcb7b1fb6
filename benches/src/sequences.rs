//! Networks that run over time, and attention.

use nn_core::prelude::*;

use crate::Report;
use crate::networks::random;

network! {
    /// The LSTM of guitar amplifiers: 1-20 and a dense layer.
    #[stream]
    pub struct Lstm20 {
        lstm: LSTM(1 => 20),
        out: Linear(20 => 1),
    }
    fn forward(x: [64, 1]) -> [64, 1] {
        let (y, _, _) = lstm(x);
        out(y)
    }
}

network! {
    #[stream]
    pub struct Gru64 {
        gru: GRU(16 => 64),
    }
    fn forward(x: [64, 16]) -> [64, 64] {
        let (y, _) = gru(x);
        y
    }
}

network! {
    #[stream]
    pub struct Lstm64 {
        lstm: LSTM(16 => 64),
    }
    fn forward(x: [64, 16]) -> [64, 64] {
        let (y, _, _) = lstm(x);
        y
    }
}

network! {
    /// The rows of an image one after the other.
    pub struct Rows {
        lstm: LSTM(28 => 128),
        out: Linear(128 => 10),
    }
    fn forward(image: [28, 28]) -> [10] {
        let (_, h, _) = lstm(image);
        out(h.flatten())
    }
    loss = cross_entropy;
}

network! {
    /// A block of a decoder: causal attention and a dense part.
    pub struct Decoder {
        block: TransformerEncoderLayer(64, 4, dim_feedforward = 256, dropout = 0, activation = gelu, norm_first = true, causal = true),
    }
    fn forward(x: [64, 64]) -> [64, 64] {
        block(x)
    }
    loss = mse;
}

/// One frame of a stream.
fn step<N: CompiledStream<Scalar = f32>>(report: &Report, name: &str, network: &N, frame: &N::Frame) {
    // a prediction has 64 frames
    let mut stream = network.stream();
    report.workload(&format!("step-{name}"), 2 * N::MACS / 64, || {
        std::hint::black_box(stream.step(std::hint::black_box(frame)));
    });
}

pub fn steps(report: &Report) {
    step(report, "lstm20", &*Lstm20::init(1), &random(0));
    step(report, "gru64", &*Gru64::init(1), &random(0));
    step(report, "lstm64", &*Lstm64::init(1), &random(0));
}

pub fn training(report: &Report) {
    let inputs: Vec<_> = (0..64).map(random).collect();
    let targets: Vec<usize> = (0..64).map(|at| at * 7 % 10).collect();
    report.train("lstm128-rows", &mut Rows::session(1), &inputs, &targets);
    let inputs: Vec<_> = (0..8).map(random).collect();
    let targets: Vec<_> = (8..16).map(random).collect();
    report.train("decoder64", &mut Decoder::session(1), &inputs, &targets);
}
