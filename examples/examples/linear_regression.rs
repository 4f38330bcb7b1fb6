//! Finds the line y = 3x + 2 again in points that lie around it.
//!
//! `cargo run --release --example linear_regression`

use anyhow::Result;
use nn_core::prelude::*;

network! {
    /// A line.
    struct Line {
        line: Linear(1 => 1),
    }

    fn forward(x: [1]) -> [1] {
        line(x)
    }

    loss = mse;
}

fn main() -> Result<()> {
    // noise: the mean of some uniform numbers, within 0.5 of zero
    let draw = Draw::new(7, 0);
    let noise = |at| (0..4).map(|k| draw.uniform::<f32>(0, at, k)).sum::<f32>() / 4.0 - 0.5;
    let points: Dataset<_, _> = (0..200u8)
        .map(|at| {
            let x = f32::from(at) / 100.0 - 1.0;
            (Tensor::from([x]), Tensor::from([3.0 * x + 2.0 + noise(usize::from(at))]))
        })
        .collect();

    let mut session = Line::session(1);
    let history = Trainer::new(Sgd::new(0.1)).batch(20).epochs(30).quiet().fit(&mut session, &points, None)?;
    for epoch in history.epochs.iter().filter(|epoch| epoch.number % 5 == 0) {
        println!("epoch {:2}: mean squared error {:.4}", epoch.number, epoch.training_loss);
    }

    let line = &session.network.params.line;
    println!("\ny = {:.2} x + {:.2}   (the points were made with y = 3 x + 2)", line.weight[[0, 0]], line.bias[[0]]);
    println!("at x = 0.5 it predicts {:.2}", session.forward(&Tensor::from([0.5]))[[0]]);
    Ok(())
}
