//! RNNoise takes the noise out of speech: its network runs as a typed stream, a frame of 10 ms after the other. The weights
//! that its authors have published lie in the program. What is around the network is in `examples/src/speech`: 42 features of each
//! frame, the gains of 22 bands, and frames that overlap.
//!
//! `cargo run --release --example rnnoise -- noisy.wav clean.wav`; without files a spoken word is mixed with noise.

use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Parser;
use examples::sound::{Sound, decibels};
use examples::speech::{BANDS, Enhancer, FEATURES, FRAME};
use nn_core::prelude::*;

/// Takes the noise out of speech.
#[derive(Parser)]
struct Arguments {
    /// The WAV file that is read; one of another rate than 48 kHz is resampled.
    #[arg(requires = "clean")]
    noisy: Option<PathBuf>,
    /// The WAV file that is written, at 48 kHz.
    clean: Option<PathBuf>,
}

network! {
    /// The features of each frame to the gains of its bands, and the probability of a voice.
    #[stream]
    struct RnNoise {
        input_dense: Linear(FEATURES => 24),
        vad_gru: ReluGru(24 => 24),
        noise_gru: ReluGru(24 + 24 + FEATURES => 48),
        denoise_gru: ReluGru(24 + 48 + FEATURES => 96),
        denoise_output: Linear(96 => BANDS),
        vad_output: Linear(24 => 1),
    }

    fn forward(x: [100, FEATURES]) -> (gains: [100, BANDS], voice: [100, 1]) { // the stream goes on after these 100 frames
        let d = input_dense(x).tanh();
        let v = vad_gru(d);
        let n = noise_gru(concat(d, v, x, axis = 1));
        let f = denoise_gru(concat(v, n, x, axis = 1));
        (denoise_output(f).sigmoid(), vad_output(v).sigmoid())
    }

    weights = "data/rnnoise/weights.safetensors";

    /// A gated unit whose candidate is a ReLU. The library's `GRU` has a tanh, and resets behind the product.
    layer ReluGru<In => H>(x: [T, In]) -> y: [T, H] {
        param weight_ih: [3*H, In] = uniform(0.1);
        param weight_hh: [3*H, H] = uniform(0.1);
        param bias: [3*H] = zeros;
        a[t, g] = bias[g] + sum[i](weight_ih[g, i] * x[t, i]);
        scan t: T {
            carry s: [H] = zeros;
            u[g: 2, j: H] = a[t, g*H + j] + sum[k](weight_hh[g*H + j, k] * s[k]);
            update[j] = sigmoid(u[0, j]);
            reset[j] = sigmoid(u[1, j]);
            candidate[j: H] = relu(a[t, 2*H + j] + sum[k](weight_hh[2*H + j, k] * (reset[k] * s[k])));
            out[j] = update[j] * s[j] + (1 - update[j]) * candidate[j];
            next s = out;
            y[t, j] = out[j];
        }
    }
}

const RATE: u32 = 48_000;

fn main() -> Result<()> {
    let network = RnNoise::trained();
    let Arguments { noisy: Some(noisy), clean: Some(clean) } = Arguments::parse() else { return demonstrate(network) };
    let sound = Sound::read(&noisy)?.resampled(RATE)?;
    Sound { samples: denoise(network, &sound.samples).0, rate: RATE }.write(&clean)?;
    println!("written: {}", clean.display());
    Ok(())
}

/// The sound without its noise, and the probability of a voice in each frame.
fn denoise(network: &RnNoise, samples: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let (mut stream, mut enhancer) = (network.stream(), Enhancer::default());
    let (mut clean, mut voices) = (Vec::with_capacity(samples.len() + 2 * FRAME), Vec::new());
    // what comes out is a frame late
    let silence = [0.0; 2 * FRAME];
    let padded = [samples, &silence[samples.len() % FRAME..]].concat();
    for samples in padded.as_chunks().0 {
        let (frame, features) = enhancer.analyse(samples);
        let output = features.map(|features| stream.step(&features));
        let gains = output.map(|output| output.gains.as_slice().try_into().expect("a gain for each band"));
        clean.extend(enhancer.synthesise(frame, gains));
        voices.push(output.map_or(0.0, |output| output.voice[0]));
    }
    (clean[FRAME..][..samples.len()].to_vec(), voices)
}

/// Mixes a word with noise, and measures what of each is left.
fn demonstrate(network: &RnNoise) -> Result<()> {
    let word = Sound::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/marvin.wav").as_ref())?.resampled(RATE)?;
    let silence = vec![0.0; RATE as usize];
    let speech = [silence.as_slice(), &word.samples, &silence].concat();
    let noisy = with_noise(&speech);
    let (clean, voices) = denoise(network, &noisy);

    let parts = [("noise", 24_000..45_600), ("the word", 67_200..93_600), ("noise", 115_200..140_000)];
    println!("{:16} {:>8} {:>8} {:>7}", "", "before", "after", "voice");
    for (name, part) in parts.clone() {
        let [before, after] = [&noisy, &clean].map(|samples| decibels(&samples[part.clone()]));
        let frames = &voices[part.start / FRAME..part.end / FRAME];
        let voice = frames.iter().sum::<f32>() / frames.len() as f32;
        println!("{name:16} {before:5.1} dB {after:5.1} dB {voice:7.2}");
        if name == "noise" {
            ensure!(after < before - 20.0 && voice < 0.2, "most of the noise should be gone");
        } else {
            ensure!((after - before).abs() < 1.5 && voice > 0.6, "the word should stay");
        }
    }
    let [before, after] = [&noisy, &clean].map(|samples| signal_to_noise(samples, &speech, parts[1].1.clone()));
    println!("{:16} {before:5.1} dB {after:5.1} dB", "signal to noise");
    ensure!(after > before, "the word should be clearer than before");
    for (name, samples) in [("noisy.wav", noisy), ("clean.wav", clean)] {
        let path = std::env::temp_dir().join(name);
        Sound { samples, rate: RATE }.write(&path)?;
        println!("written: {}", path.display());
    }
    Ok(())
}

/// The sound in a noise that falls off with the frequency, as that of a street does.
fn with_noise(sound: &[f32]) -> Vec<f32> {
    let mut noise = 0.0;
    let noisy = |(at, sample): (usize, &f32)| {
        noise = 0.97 * noise + 0.015 * Draw::new(1, 0).normal::<f32>(0, 0, at);
        sample + noise
    };
    sound.iter().enumerate().map(noisy).collect()
}

/// How much more power the speech has than what is added to it, or missing from it, in decibels.
fn signal_to_noise(sound: &[f32], speech: &[f32], part: Range<usize>) -> f32 {
    let error: Vec<f32> = part.clone().map(|at| sound[at] - speech[at]).collect();
    decibels(&speech[part]) - decibels(&error)
}
