//! A training loop of one's own: `Session::steps` does what `Trainer::fit` does, and what goes wrong is said.

use nn_core::prelude::*;

network! {
    struct Net { hidden: Linear(2 => 8), out: Linear(8 => 1) }
    fn forward(x: [2]) -> [1] { out(hidden(x).tanh().dropout(0.2)) }
    loss = mse;
}

type Pairs = Dataset<Tensor![2], Tensor![1]>;

fn data() -> Pairs {
    let draw = Draw::new(5, 0);
    let sample = |at| {
        let [x, y] = [0, 1].map(|axis| draw.uniform::<f32>(0, at, axis));
        (Tensor::from([x, y]), Tensor::from([x * y]))
    };
    (0..50).map(sample).collect()
}

#[test]
fn steps_are_those_of_a_trainer() {
    let (data, optimiser) = (data(), Adam::new(0.01));
    let (mut trained, mut stepped) = (Net::session(1), Net::session(1));
    Trainer::new(optimiser).seed(7).shuffle(false).batch(16).epochs(3).quiet().fit(&mut trained, &data, None).unwrap();
    let mut steps = stepped.steps(optimiser, 16).seed(7);
    for _ in 0..3 {
        for (inputs, targets) in data.batches(16) {
            steps.step(inputs, targets).unwrap();
        }
    }
    assert_eq!(steps.taken(), 12);
    assert_eq!(trained.network.flat_params(), stepped.network.flat_params());
}

#[test]
fn a_gradient_may_be_changed_before_it_is_applied() {
    let data = data();
    let mut session = Net::session(1);
    let before = session.network.clone();
    let mut steps = session.steps(Sgd::new(0.1), 50);
    steps.compute(data.inputs(), data.targets()).unwrap();
    steps.gradient.hidden.weight.as_mut_slice().fill(0.0);
    steps.factor = 0.5;
    steps.apply().unwrap();
    let [bias, gradient] = [before.params.out.bias[0], steps.gradient.out.bias[0]];
    assert_eq!(session.network.params.hidden.weight, before.params.hidden.weight);
    assert!((session.network.params.out.bias[0] - (bias - 0.05 * gradient)).abs() < 1e-6);
}

#[test]
fn a_batch_of_a_batch_norm_is_at_most_as_long_as_was_said() {
    network! {
        struct Normed { norm: BatchNorm1d(2), fc: Linear(2 => 1) }
        fn forward(x: [2]) -> [1] { fc(norm(x)) }
        loss = mse;
    }
    let data = data();
    let mut session = Normed::session(1);
    let mut steps = session.steps(Sgd::new(0.1), 16);
    assert!(steps.step(&data.inputs()[..16], &data.targets()[..16]).is_ok());
    let error = steps.step(data.inputs(), data.targets()).unwrap_err();
    assert_eq!(error, Error::BatchTooLong { samples: 50, capacity: 16 });
}

#[test]
fn a_copy_of_a_session_is_a_session_of_its_own() {
    let mut session = Net::session(1);
    let mut copy = session.clone();
    copy.network.flat_params_mut().fill(0.0);
    assert_eq!(copy.forward(&Tensor::from([1.0, 1.0]))[0], 0.0);
    assert_ne!(session.forward(&Tensor::from([1.0, 1.0]))[0], 0.0);
}

/// Outputs that are no probabilities, which a warning would be about.
#[test]
fn the_loss_of_probabilities_names_an_output_that_is_none() {
    network! {
        #[allow(nn::bce_without_sigmoid)]
        struct Raw { fc: Linear(2 => 1) }
        fn forward(x: [2]) -> [1] { fc(x) }
        loss = bce;
    }
    let mut session = Raw::session(1);
    session.network.flat_params_mut().copy_from_slice(&[0.5, 0.5, 0.0]);
    let inputs = vec![Tensor::from([0.5, 0.5]), Tensor::from([3.0, 3.0])];
    let data = Dataset::new(inputs, vec![Tensor::from([1.0]); 2]).unwrap();
    let error = Trainer::new(Sgd::new(0.1)).shuffle(false).quiet().fit(&mut session, &data, None).unwrap_err();
    assert_eq!(error, Error::NotAProbability { output: 3.0, sample: 1 });
    assert!(
        error.to_string().ends_with("end `forward` with `.sigmoid()`, or write `loss = bce_with_logits;`"),
        "{error}"
    );
}
