//! A layer, an activation and a loss of one's own: each is a formula, and its gradient is derived.
//!
//! `cargo run --release --example custom`

use anyhow::Result;
use nn_core::prelude::*;

formulas! {
    /// For as many networks as like.
    mod acts {
        // smooth, and like ReLU far from zero
        fn bent(x) = 0.5 * (x + sqrt(x * x + 1));
    }
}

network! {
    use acts;

    /// Learns how far away a point is from where it should be.
    struct Distances {
        prototypes: Distance(2 => 6),
        out: Linear(6 => 1),
    }

    // The squared distance of the input to each of `Out` learned points.
    layer Distance<In => Out>(x: [In]) -> y: [Out] {
        param point: [Out, In] = uniform(1.0);
        param scale: [Out] = ones;
        y[o] = scale[o] * sum[i](sq(x[i] - point[o, i]));
    }

    // Far off counts less than it would squared.
    loss log_distance<width: W: real = 1.0>(y: [N], t: [N]) = mean[n](ln_1p(sq((y[n] - t[n]) / W)));

    fn forward(x: [2]) -> [1] {
        out(prototypes(x).bent())
    }

    loss = log_distance(width = 0.5);
}

fn main() -> Result<()> {
    let draw = Draw::new(11, 0);
    let data: Dataset<_, _> = (0..500)
        .map(|at| {
            let [x, y] = [0, 1].map(|axis| 2.0 * draw.uniform::<f32>(0, at, axis) - 1.0);
            (Tensor::from([x, y]), Tensor::from([(2.0 * x).sin() * y]))
        })
        .collect();
    let (train, test) = data.split(0.8, 0)?;

    println!("{}\n", Distances::summary());
    let mut session = Distances::session(1);
    let history = Trainer::new(Adam::new(0.01)).batch(20).epochs(200).quiet().fit(&mut session, &train, &test)?;
    for epoch in history.epochs.iter().filter(|epoch| epoch.number % 40 == 0) {
        println!(
            "epoch {:3}: loss {:.5}, on held out points {:.5}",
            epoch.number,
            epoch.training_loss,
            epoch.watched_loss()
        );
    }
    check_gradient(&session.network)
}

/// The derived gradient against differences of the loss, in double precision.
fn check_gradient(trained: &Distances) -> Result<()> {
    let mut network = Distances::<f64>::init_as(0);
    for (to, from) in network.flat_params_mut().iter_mut().zip(trained.flat_params()) {
        *to = f64::from(*from);
    }
    let (inputs, targets) = ([Tensor::from([0.3, -0.7])], [Tensor::from([0.1])]);
    let mut workspace = nn_core::train_workspace::<Distances<f64>>();
    let mut gradient = nn_core::zero_gradient::<Distances<f64>>();
    network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient)?;
    let derived = gradient.prototypes.point[[0, 1]];

    let step = 1e-6;
    let mut loss_at = |change: f64| {
        network.params.prototypes.point[[0, 1]] += change;
        let loss = network.loss(&inputs, &targets, &mut workspace);
        network.params.prototypes.point[[0, 1]] -= change;
        loss
    };
    let measured = (loss_at(step)? - loss_at(-step)?) / (2.0 * step);
    println!("\nd loss / d point[0, 1]: derived {derived:.9}, measured {measured:.9}");
    Ok(())
}
