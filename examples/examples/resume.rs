//! A training that can be interrupted at any time, and ends with the same bits.
//!
//! `cargo run --release --example resume` interrupts itself twice. With `-- --file run.safetensors` it trains on, epoch after
//! epoch, until it is interrupted from outside (Ctrl-C), and goes on when it is started again.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use clap::Parser;
use examples::{Small, digits};
use nn_core::data::Augment;
use nn_core::prelude::*;
use nn_core::schedule::{CosineAnnealing, Linear, Schedule};
use nn_core::train::EpochEvent;

network! {
    /// With all that a training has to remember: running statistics, dropout, images that change.
    pub struct Digits {
        conv: Conv2d(1 => 8, kernel = 3, padding = 1, bias = false),
        norm: BatchNorm2d(8),
        fc: Linear(128 => 10),
    }

    fn forward(image: [1, 8, 8]) -> [10] {
        fc(norm(conv(image)).relu().max_pool2d(2).flatten().dropout(0.2))
    }

    loss = cross_entropy;
}

/// Trains a network that can be interrupted.
#[derive(Parser)]
struct Arguments {
    /// Where to save the training, and to go on with it.
    #[arg(long)]
    file: Option<PathBuf>,
}

const EPOCHS: usize = 12;

/// The settings, the same ones in each process.
fn trainer<'a>() -> Trainer<'a, Digits, Adam> {
    Trainer::new(Adam::new(0.01))
        .epochs(EPOCHS)
        .schedule(CosineAnnealing::new(EPOCHS as u64).times(Linear::new(0.1, 40).by_step()))
        .augment(Augment::new().shift(1).rotate(8.0))
        .seed(7)
}

fn main() -> Result<()> {
    if let Some(file) = Arguments::parse().file {
        let history = train_on(&file, None)?.1;
        println!("{history}");
        return Ok(());
    }
    let file = std::env::temp_dir().join(format!("resume-{}.safetensors", std::process::id()));
    let mut session = None;
    for stop in [Some(2), Some(7), None] {
        let (trained, history) = train_on(&file, stop)?;
        println!(
            "{:2} epochs, validation loss {:.6}",
            history.epochs.len(),
            history.epochs.last().map_or(0.0, |e| e.watched_loss())
        );
        session = Some(trained);
    }
    std::fs::remove_file(&file)?;

    let (train, validation) = digits()?;
    let mut whole = Digits::session(1);
    trainer().quiet().fit(&mut whole, &train, &validation)?;
    let same = session.is_some_and(|session| session.network.to_bytes() == whole.network.to_bytes());
    println!("the network of an uninterrupted training has {} bits", if same { "the same" } else { "other" });
    ensure!(same, "an interruption has changed the training");
    Ok(())
}

/// Begins a training, or goes on with the one in the file. It may stop early, as if it were interrupted.
fn train_on(file: &Path, stop: Option<usize>) -> Result<(Session<Digits>, nn_core::train::History)> {
    let (train, validation): (Dataset<Small, usize>, Dataset<Small, usize>) = digits()?;
    let mut session = Digits::session(1);
    let mut trainer = trainer().checkpoint(file, 1).callback(move |event: &mut EpochEvent<'_, Digits>| {
        if Some(event.epoch.number) == stop {
            event.stop();
        }
    });
    if file.exists() {
        trainer = trainer.resume(file);
    }
    let history = trainer.quiet().fit(&mut session, &train, &validation)?;
    Ok((session, history))
}
