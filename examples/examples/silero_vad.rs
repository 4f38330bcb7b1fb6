//! Silero VAD finds the speech in a recording: its network runs as a typed stream, a frame of 32 ms after the other. The
//! weights that its authors have published lie in the program.
//!
//! `cargo run --release --example silero_vad -- recording.wav`; without a file a spoken word between silence and noise.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Parser;
use examples::sound::Sound;
use nn_core::prelude::*;

/// Finds the speech in a recording.
#[derive(Parser)]
struct Arguments {
    /// A WAV file; one of another rate than 16 kHz is resampled.
    recording: Option<PathBuf>,
}

/// Samples of a frame: 32 ms at 16 kHz.
const FRAME: usize = 512;
const RATE: u32 = 16_000;

network! {
    /// Frames of sound to the probabilities of a voice.
    #[stream]
    struct SileroVad {
        stft_conv: Conv2d(1 => 258, kernel = (1, 256), stride = (1, 128), bias = false),
        conv1: Conv2d(129 => 128, kernel = (1, 3), padding = (0, 1)),
        conv2: Conv2d(128 => 64, kernel = (1, 3), stride = (1, 2), padding = (0, 1)),
        conv3: Conv2d(64 => 64, kernel = (1, 3), stride = (1, 2), padding = (0, 1)),
        conv4: Conv2d(64 => 128, kernel = (1, 3), padding = (0, 1)),
        lstm_cell: LSTM(128 => 128),
        final_conv: Linear(128 => 1),
    }

    fn forward(x: [100, 512]) -> (voice: [100, 1]) { // the stream goes on after these 100 frames
        // the end of the frame before, the frame, and a part of it backwards
        let sound = concat(end_before(x), x, axis = 1).pad1d(right = 64, mode = reflect).unsqueeze(0);
        // cosines and sines of 129 frequencies, in four windows
        let y = stft_conv(sound);
        let magnitude = sqrt(sq(y.narrow(0, 0, 129)) + sq(y.narrow(0, 129, 129)));
        let y = conv4(conv3(conv2(conv1(magnitude).relu()).relu()).relu()).relu();
        let (y, _, _) = lstm_cell(y.squeeze(2).transpose(0, 1));
        final_conv(y.relu()).sigmoid()
    }

    weights = "data/silero-vad/weights.safetensors"
        .squeezed()
        .rename("lstm_cell.weight_ih", "lstm_cell.weight_ih_l0")
        .rename("lstm_cell.weight_hh", "lstm_cell.weight_hh_l0")
        .rename("lstm_cell.bias_ih", "lstm_cell.bias_ih_l0")
        .rename("lstm_cell.bias_hh", "lstm_cell.bias_hh_l0");

    /// The last 64 samples of the frame before each one; zeros for the first.
    fn end_before(x: [T, N]) -> y: [T, 64] { y[t, n: 64] = pad(x[t - 1, N - 64 + n], 0); }
}

/// A voice begins where the probability reaches this.
const BEGIN: f32 = 0.5;
/// It ends where the probability stays below this.
const END: f32 = 0.35;
/// Pauses of fewer frames than this are a part of what is said: 0.1 s.
const PAUSE: usize = 4;

fn main() -> Result<()> {
    let network = SileroVad::trained();
    let Some(path) = Arguments::parse().recording else { return demonstrate(network) };
    let sound = Sound::read(&path)?.resampled(RATE)?;
    show(&speech(&voices(network, &sound.samples)));
    Ok(())
}

/// The probability of a voice in each frame.
fn voices(network: &SileroVad, samples: &[f32]) -> Vec<f32> {
    let mut stream = network.stream();
    let frame = |samples: &[f32]| Tensor::from_fn(|at| samples.get(at).copied().unwrap_or(0.0));
    samples.chunks(FRAME).map(|samples| stream.step(&frame(samples))[0]).collect()
}

/// The frames of each piece of speech: the first one, and that behind the last one.
fn speech(voices: &[f32]) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, voice) in voices.iter().enumerate() {
        open = match open {
            None if *voice >= BEGIN => Some((at, at + 1)),
            Some((begin, _)) if *voice >= END => Some((begin, at + 1)),
            Some((begin, end)) if at + 1 - end >= PAUSE => {
                pieces.push((begin, end));
                None
            }
            same => same,
        };
    }
    pieces.extend(open);
    pieces
}

fn seconds(frame: usize) -> f32 {
    (frame * FRAME) as f32 / RATE as f32
}

fn show(pieces: &[(usize, usize)]) {
    println!("{} of speech", if pieces.len() == 1 { "1 piece".into() } else { format!("{} pieces", pieces.len()) });
    for (begin, end) in pieces {
        println!("  {:7.2} s to {:7.2} s", seconds(*begin), seconds(*end));
    }
}

/// Finds a word twice: behind silence, and behind noise and a tone.
fn demonstrate(network: &SileroVad) -> Result<()> {
    let word = Sound::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/marvin.wav").as_ref())?.resampled(RATE)?.samples;
    let second = RATE as usize;
    let noise = (0..second).map(|at| 0.05 * Draw::new(1, 0).normal::<f32>(0, 0, at));
    let tone = (0..second).map(|at| 0.2 * (std::f32::consts::TAU * 440.0 * at as f32 / RATE as f32).sin());
    let silence = || std::iter::repeat_n(0.0, second);
    let recording: Vec<f32> =
        silence().chain(word.clone()).chain(silence()).chain(noise).chain(tone).chain(word).chain(silence()).collect();

    let voices = voices(network, &recording);
    for (row, frames) in voices.chunks(31).enumerate() {
        let bars = frames.iter().map(|voice| char::from(b" .:-=+*#%@"[(voice * 9.99) as usize]));
        println!("{:5.2} s |{}|", seconds(31 * row), bars.collect::<String>());
    }
    let pieces = speech(&voices);
    show(&pieces);
    ensure!(pieces.len() == 2, "there is a word at two places, and nothing else");
    for ((begin, end), expected) in pieces.iter().zip([1.4, 5.4]) {
        let found = (seconds(*begin) - expected).abs() < 0.3 && (seconds(*end) - expected - 0.6).abs() < 0.1;
        ensure!(found, "the word is spoken at {expected} s");
    }
    Ok(())
}
