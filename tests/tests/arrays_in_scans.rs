//! Arrays of layers in scans, as emitted code: gradients against finite differences.

use nn_core::prelude::*;
use nn_core::{Plain, Session};

network! {
    pub struct Net { deep: Deep(3), fc: Linear(3 => 1) }
    fn forward(x: [5, 3], n: index<6>) -> [5, 1] { let (y, h) = deep(x, n); fc(y) + h.sum() }
    loss = mse;

    layer Block<N>(x: [N], s: []) -> y: [N] { a: Linear(N => N), y = 0.5 * x + (s * a(x)).tanh(); }
    layer Inner<N>(x: [N]) -> y: [N] {
        blocks: [Block(N); 2],
        param s: [] = 0.7;
        a[i: 2, n: N] = sin(x[n] + i);
        scan i: 2 { carry g: [N] = x; here[n] = a[i, n] * g[n]; next g = blocks(here, s); }
        y = g;
    }
    layer Deep<N>(x: [T, N], length: index<T + 1> = none) -> (y: [T, N], h: [N]) {
        inner: [Inner(N); 2],
        #[checkpoint] others: [Block(N); 3],
        param s: [] = 0.4;
        scan t: T, reversed {
            carry h: [N] = zeros([N]);
            here[i] = tanh(x[t, i] + h[i]);
            new = others(inner(here), s).tanh();
            if length != none { next h[i] = where(t < length, new[i], h[i]); } else { next h = new; }
            y[t, i] = new[i] + x[t, i];
        }
    }
}

fn sample(number: usize) -> NetInput<f64> {
    let mut x: Tensor![5, 3; f64] = Tensor::zeros();
    #[allow(clippy::cast_precision_loss)] // few
    x.as_mut_slice().iter_mut().enumerate().for_each(|(at, x)| *x = ((at * 7 + number * 5) as f64 * 0.61).sin());
    NetInput { x, n: number * 2 + 1 }
}

#[test]
fn gradients_are_those_of_finite_differences() {
    let mut network = Net::<f64>::init_as(3);
    let (inputs, targets) = ([0, 1, 2].map(sample), [Tensor::filled(0.3); 3]);
    let mut workspace = nn_core::train_workspace::<Net<f64>>();
    let mut gradient = nn_core::zero_gradient::<Net<f64>>();
    network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
    let derived: Vec<f64> = gradient.flat().to_vec();
    assert!(derived.iter().all(|number| number.abs() > 1e-9), "{derived:?}");
    const STEP: f64 = 1e-5;
    for (at, derived) in derived.into_iter().enumerate() {
        let mut loss = |by: f64| {
            let before = network.flat_params()[at];
            network.flat_params_mut()[at] = before + by;
            let loss = network.loss(&inputs, &targets, &mut workspace).unwrap();
            network.flat_params_mut()[at] = before;
            loss
        };
        let difference = (loss(STEP) - loss(-STEP)) / (2.0 * STEP);
        assert!((difference - derived).abs() < 1e-7 * derived.abs().max(1.0), "{at}: {difference} {derived}");
    }
}

/// Samples together have the bits of samples one by one.
#[test]
fn a_batch_has_the_bits_of_its_samples() {
    let mut session = Session::new(Net::<f64>::init_as(4));
    let inputs = [0, 1, 2].map(sample);
    let mut outputs = [Tensor::zeros(); 3];
    session.forward_batch(&inputs, &mut outputs).unwrap();
    for (input, output) in inputs.iter().zip(&outputs) {
        assert_eq!(session.forward(input), output);
    }
}
