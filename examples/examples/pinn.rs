//! A physics-informed network: it finds the solution of u″ = -u with u(0) = 0 and u′(0) = 1 on [0, 2π] without seeing a
//! value of it. What it is told is the equation, since its loss contains derivatives of its own output.
//!
//! `cargo run --release --example pinn`

use anyhow::{Result, ensure};
use nn_core::derivatives::{DerivativeWorkspace, Jvp};
use nn_core::prelude::*;
use nn_core::schedule::CosineAnnealing;
use std::f32::consts::{PI, TAU};

network! {
    #[derivatives(jvp)] // for the table at the end
    struct Pinn { u: Curve(32) }

    fn forward(x: [1]) -> (u: [1], residual: [1], start: [2]) {
        let value = u(x);
        let slope = derivative(value, x);
        let residual = derivative(slope, x) + value; // u″ + u
        let origin = 0 * x;
        let first = u(origin);
        (value, residual, concat(first, derivative(first, origin) - 1)) // u(0) and u′(0) - 1
    }

    loss() = squares(residual) + squares(start);

    /// A smooth function of one number.
    layer Curve<H>(x: [1]) -> y: [1] {
        a: Linear(1 => H, weight = normal(0, 1)),
        b: Linear(H => H, weight = xavier_uniform),
        c: Linear(H => 1, weight = xavier_uniform),
        y = c(b(a(x - 3).tanh()).tanh());
    }

    loss squares(r: [N]) -> l: [] { l = mean[n](sq(r[n])); }
}

const EPOCHS: usize = 10_000;

/// The greatest error that is allowed.
const TOLERANCE: f32 = 1e-3;

fn main() -> Result<()> {
    // points without targets
    let points = (0..64).map(|at| Tensor::from([TAU * at as f32 / 63.0]));
    let data = Dataset::from_iter(points.map(|point| (point, [0.0; 0])));

    let mut session = Pinn::session(1);
    let schedule = CosineAnnealing::new(EPOCHS as u64);
    let trainer = Trainer::new(Adam::new(0.01)).batch(64).epochs(EPOCHS).schedule(schedule);
    trainer.quiet().fit(&mut session, &data, None)?;

    let error = |x: f32, u: f32| (u - x.sin()).abs();
    let mut worst = 0.0f32;
    for at in 0..=1000 {
        let x = TAU * at as f32 / 1000.0;
        worst = worst.max(error(x, session.forward(&Tensor::from([x])).u[0]));
    }
    table(&session.network)?;
    println!("greatest error on [0, 2π]: {worst:.1e}");
    ensure!(worst <= TOLERANCE, "an error of {worst} is more than {TOLERANCE}");
    Ok(())
}

/// Shows the function and its slope beside the sine and the cosine.
fn table(network: &Pinn) -> Result<()> {
    println!("     x       u   sin x      u′   cos x");
    for part in 0..=8u8 {
        let x = PI / 4.0 * f32::from(part);
        let (mut value, mut slope) = ([PinnOutput::default()], [PinnOutput::default()]);
        let mut workspace: DerivativeWorkspace<Pinn, Jvp> = nn_core::zeroed();
        let (point, along) = ([Tensor::from([x])], [Tensor::from([1.0])]);
        network.jvp(&point, &along, &mut workspace, &mut value, &mut slope)?;
        let (u, slope) = (value[0].u[0], slope[0].u[0]);
        println!("{x:6.3}  {u:6.3}  {:6.3}  {slope:6.3}  {:6.3}", x.sin(), x.cos());
    }
    Ok(())
}
