//! A causal transformer of about 100,000 parameters learns to write, character by character, in the style of the Book of
//! Genesis (King James Version), and writes some lines at the end.
//!
//! `cargo run --release --example char_lm`, and with `-- --steps 4000` for about two minutes;
//! `examples/python/char_lm.py` is the same in PyTorch.

use std::io::Read;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use flate2::read::GzDecoder;
use nn_core::optim::AdamW;
use nn_core::prelude::*;
use nn_core::schedule::{Clock, CosineAnnealing, Linear, Schedule};

/// Learns to write.
#[derive(Parser)]
struct Arguments {
    /// The steps of training, with 16 windows of 64 characters each.
    #[arg(long, default_value_t = 300)]
    steps: u64,
    /// The seed of everything random.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// The characters of the text.
const ALPHABET: &str = "\n !'(),.:;?ABCDEFGHIJKLMNOPQRSTUWYZabcdefghijklmnopqrstuvwxyz";
const SYMBOLS: usize = ALPHABET.len();

/// How many characters the network sees at once.
const WINDOW: usize = 64;
const BATCH: usize = 16;

network! {
    struct Writer {
        tokens: Embedding(SYMBOLS => 64, weight = normal(0, 0.02)),
        position: param [WINDOW, 64] = normal(0, 0.02),
        blocks: [TransformerEncoderLayer(64, 4, dim_feedforward = 256, activation = gelu, norm_first = true, causal = true); 2],
        norm: LayerNorm(64),
        head: Linear(64 => SYMBOLS),
    }

    /// At each position, how likely each character is to come next.
    fn forward(text: index<SYMBOLS>[WINDOW]) -> [SYMBOLS, WINDOW] {
        head(norm(blocks(tokens(text) + position))).transpose(0, 1)
    }

    loss = cross_entropy;
}

/// Some characters, as numbers; and what comes next at each position.
type Window = Tensor![WINDOW; usize];

fn main() -> Result<()> {
    let Arguments { steps, seed } = Arguments::parse();
    let text = text()?;
    let (train, held_out) = text.split_at(text.len() / 10 * 9);
    println!("{}\n", Writer::summary());

    let mut session = Writer::session(seed);
    let mut training = session.steps(AdamW::new(3e-3).weight_decay(0.1), BATCH).seed(seed);
    let schedule = CosineAnnealing::new(steps).minimum(0.1).times(Linear::new(0.01, 1 + steps / 20)).by_step();
    let begin = Instant::now();
    for step in 0..steps {
        let draw = Draw::new(seed, step);
        let places =
            (0..BATCH).map(|sample| (draw.uniform::<f64>(0, sample, 0) * (train.len() - WINDOW) as f64) as usize);
        let (inputs, targets): (Vec<Window>, Vec<Window>) = places.map(|place| window(train, place)).unzip();
        training.factor = schedule.factor(Clock { step, epoch: 0 });
        let loss = training.step(&inputs, &targets)?;
        if step % 250 == 0 || step + 1 == steps {
            let seconds = begin.elapsed().as_secs_f32();
            println!("step {step:5}: loss {loss:.3} after {seconds:.1} s");
        }
    }

    let places = (0..held_out.len() - WINDOW).step_by(WINDOW);
    let (inputs, targets): (Vec<Window>, Vec<Window>) = places.map(|place| window(held_out, place)).unzip();
    println!("loss of the text held out: {:.4}\n", training.loss(&inputs, &targets)?);
    println!("{}", write(&mut session, &held_out[..WINDOW], 400, seed));
    Ok(())
}

/// The text, as the places of its characters in the alphabet.
fn text() -> Result<Vec<usize>> {
    let file = include_bytes!("../data/genesis.txt.gz");
    let mut text = String::new();
    GzDecoder::new(file.as_slice()).read_to_string(&mut text)?;
    let place = |character| ALPHABET.find(character).with_context(|| format!("{character:?} is not in the alphabet"));
    text.chars().map(place).collect()
}

/// The window from a place on, and the same one character further.
fn window(text: &[usize], place: usize) -> (Window, Window) {
    let from = |place: usize| Tensor::from_fn(|at| text[place + at]);
    (from(place), from(place + 1))
}

/// Goes on with a text: each character is drawn as likely as the network takes it to be.
fn write(session: &mut Session<Writer>, begin: &[usize], count: usize, seed: u64) -> String {
    let mut text = begin.to_vec();
    for at in 0..count {
        let last = text.len() - WINDOW;
        let scores = session.forward(&Tensor::from_fn(|at| text[last + at]));
        let weights: Vec<f32> = (0..SYMBOLS).map(|symbol| scores[[symbol, WINDOW - 1]].exp()).collect();
        let mut rest = Draw::new(seed, at as u64).uniform::<f32>(0, 0, 0) * weights.iter().sum::<f32>();
        let drawn = weights.iter().position(|weight| {
            rest -= weight;
            rest <= 0.0
        });
        text.push(drawn.unwrap_or(SYMBOLS - 1));
    }
    text.iter().map(|place| char::from(ALPHABET.as_bytes()[*place])).collect()
}
