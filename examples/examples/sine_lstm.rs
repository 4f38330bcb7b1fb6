//! An LSTM learns to go on with a wave: from each of 24 values it predicts the next one. Afterwards it gets the beginning
//! of a wave alone, one value after the other, and goes on with its own predictions.
//!
//! `cargo run --release --example sine_lstm`

use anyhow::Result;
use nn_core::prelude::*;

network! {
    #[stream]
    struct Wave {
        lstm: LSTM(1 => 24),
        out: Linear(24 => 1),
    }

    fn forward(x: [24, 1]) -> [24, 1] {
        let (y, _, _) = lstm(x);
        out(y)
    }

    loss = mse;
}

const STEPS: usize = 24;

/// The value of a wave at a step: all have the same frequency, and a phase of their own.
fn wave(phase: f32, step: usize) -> f32 {
    (0.35 * step as f32 + phase).sin()
}

/// The values from a step on.
fn values(phase: f32, first: usize) -> Tensor![24, 1] {
    Tensor::from(std::array::from_fn::<_, STEPS, _>(|step| [wave(phase, first + step)]))
}

fn main() -> Result<()> {
    let phases: Vec<f32> = (0..200).map(|number| number as f32 * 0.61).collect();
    let data = Dataset::from_iter(phases.iter().map(|phase| (values(*phase, 0), values(*phase, 1))));
    let (train, validation) = data.split(0.8, 1)?;

    let mut session = Wave::session(7);
    let history = Trainer::new(Adam::new(0.01)).batch(16).epochs(60).quiet().fit(&mut session, &train, &validation)?;
    let last = history.epochs.last().expect("60 epochs");
    println!("mean squared error: {:.6} in training, {:.6} in validation", last.training_loss, last.watched_loss());

    // the first half is given, and each further value is the prediction from all before it, of which a stream keeps the state
    let mut seen: Tensor![24, 1] = Tensor::zeros();
    let mut stream = session.network.stream();
    let mut predicted = 0.0;
    for step in 0..STEPS {
        let value = if step < STEPS / 2 { wave(0.5, step) } else { predicted };
        seen[[step, 0]] = value;
        predicted = stream.step(&Tensor::from([value]))[[0]];
    }
    // the same network for the whole sequence at once, to the last bit
    assert_eq!(session.forward(&seen)[[STEPS - 1, 0]], predicted);

    println!("step  wave    predicted");
    let mut worst = 0.0f32;
    for step in STEPS / 2..STEPS {
        let (right, predicted) = (wave(0.5, step), seen[[step, 0]]);
        worst = worst.max((right - predicted).abs());
        println!("{step:4}  {right:6.3}  {predicted:6.3}");
    }
    assert!(worst < 0.25, "the wave is lost: {worst}");
    Ok(())
}
