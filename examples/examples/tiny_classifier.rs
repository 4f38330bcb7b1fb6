//! The smallest classifier of the tutorials: two inputs, four hidden neurons, one probability.
//!
//! `cargo run --release --example tiny_classifier`

use anyhow::Result;
use nn_core::metrics::Accuracy;
use nn_core::prelude::*;

network! {
    /// Whether a point lies above the parabola.
    struct Tiny {
        hidden: Linear(2 => 4),
        out: Linear(4 => 1),
    }

    fn forward(point: [2]) -> [1] {
        out(hidden(point).relu()).sigmoid()
    }

    loss = bce;
}

fn main() -> Result<()> {
    // points of a square; those above y = 2 x² - 0.7 are of class 1
    let draw = Draw::new(3, 0);
    let points: Dataset<_, _> = (0..400)
        .map(|at| {
            let [x, y] = [0, 1].map(|axis| 2.0 * draw.uniform::<f32>(0, at, axis) - 1.0);
            (Tensor::from([x, y]), Tensor::from([if y > 2.0 * x * x - 0.7 { 1.0 } else { 0.0 }]))
        })
        .collect();
    let (train, test) = points.split(0.75, 0)?;

    println!("{}\n", Tiny::summary());
    let mut session = Tiny::session(2);
    let history = Trainer::new(Sgd::new(0.01)).batch(4).epochs(1000).metric(Accuracy::new()).quiet().fit(
        &mut session,
        &train,
        &test,
    )?;
    for epoch in history.epochs.iter().filter(|epoch| epoch.number % 200 == 0) {
        println!(
            "epoch {:4}: loss {:.4}, accuracy {:.3}",
            epoch.number,
            epoch.training_loss,
            epoch.metric.unwrap_or(0.0)
        );
    }

    println!("\nwhat it makes of the square (# for a probability above one half):\n");
    for row in 0..15u8 {
        let y = 1.0 - f32::from(row) / 7.0;
        let line: String = (0..31u8)
            .map(|column| {
                let x = f32::from(column) / 15.0 - 1.0;
                if session.forward(&Tensor::from([x, y]))[[0]] > 0.5 { '#' } else { '.' }
            })
            .collect();
        println!("    {line}");
    }
    Ok(())
}
