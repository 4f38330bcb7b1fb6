//! Training on long sequences in spans, against PyTorch's truncated backpropagation through time.

use nn_core::prelude::*;
use nn_core::{Plain, Session};
use tests::numbers::{difference, difference_by};
use tests::published::load;
use tests::tensors::{self, reference};
use tests::training::Report;

network! {
    pub struct Net { lstm: LSTM(2 => 3), fc: Linear(3 => 1) }
    fn forward(x: [4, 2], h0: [3], c0: [3]) -> (y: [4, 1], h: [3], c: [3]) {
        let (states, h, c) = lstm(x, h0, c0);
        (fc(states), h, c)
    }
    loss(t: [4, 1]) = mse(y, t);
}

fn tensor<P: Plain<Element = f64>>(numbers: &[f64]) -> P {
    let mut tensor = P::zeroed();
    tensor.flat_mut().copy_from_slice(numbers);
    tensor
}

/// Two sequences of three spans, twice.
#[test]
fn states_are_handed_on_and_gradients_are_not() {
    let all = tensors::read(&reference("spans").join("spans.safetensors")).unwrap();
    let before =
        all.iter().filter_map(|(name, value)| Some((name.strip_prefix("before.")?.to_string(), value.clone())));
    let mut session = Session::new(load::<Net<f64>>(&before.collect(), str::to_string));
    let mut spans = session.spans(Sgd::new(0.2).momentum(0.5), 2, |next, last| (next.h0, next.c0) = (last.h, last.c));
    let mut losses = Vec::new();
    for _ in 0..2 {
        spans.reset();
        for span in 0..3 {
            let part = |name: &str, sample: usize, len: usize| &all[name][(span * 2 + sample) * len..][..len];
            let input = |sample| NetInput { x: tensor(part("x", sample, 8)), h0: Tensor::zeros(), c0: Tensor::zeros() };
            let target = |sample| tensor::<Tensor![4, 1; f64]>(part("t", sample, 4));
            losses.push(spans.step(&[0, 1].map(input), &[0, 1].map(target)).unwrap());
        }
    }
    let mut report = Report::new(1e-12);
    report.note("the losses", difference(&losses, &all["losses"]));
    for parameter in Net::<f64>::PARAMETERS {
        let found = &session.network.flat_params()[parameter.range()];
        report.note(parameter.name, difference_by(found, &all[&format!("after.{}", parameter.name)], 1.0));
    }
    report.finish("spans");
}

/// The first spans begin with the states that they are given, and so do those behind a `reset`.
#[test]
fn another_number_of_sequences_needs_a_reset() {
    let mut session = Session::new(Net::<f64>::init_as(1));
    let mut spans = session.spans(Sgd::new(0.1), 2, |next, last| (next.h0, next.c0) = (last.h, last.c));
    let inputs: [NetInput<f64>; 3] =
        core::array::from_fn(|_| NetInput { x: Tensor::filled(0.3), h0: Tensor::filled(0.5), c0: Tensor::zeros() });
    let targets = [Tensor::zeros(); 3];
    let first = spans.step(&inputs[..2], &targets[..2]).unwrap();
    assert!(spans.step(&inputs[..1], &targets[..1]).is_err());
    assert!(spans.step(&inputs, &targets).is_err());
    spans.reset();
    assert!(spans.step(&inputs, &targets).is_err());
    assert!(spans.step(&inputs[..1], &targets[..1]).unwrap() < first);
}
