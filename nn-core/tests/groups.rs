//! Parameter groups.

mod line {
    include!("common/line.rs");
}

use line::{Line, points};
use nn_core::optim::{Adam, AdamW, Group, Grouped, Optimizer, Sgd, State};
use nn_core::prelude::*;
use nn_core::schedule::Exponential;

network! {
    struct Net { fc1: Linear(2 => 3), fc2: Linear(3 => 3), out: Linear(3 => 1) }
    fn forward(x: [2]) -> [1] { out(fc2(fc1(x).tanh()).tanh()) }
    loss = mse;
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// Each parameter changes as under its own optimiser alone.
#[test]
fn each_group_is_its_own_optimiser() {
    let (rest, fast) = (Sgd::new(0.1), Sgd::new(0.01).momentum(0.9));
    let groups = [Group::new("fc*", fast), Group::frozen("fc1.weight"), Group::new("*.bias", rest)];
    let grouped = Grouped::new::<Net>(&rest, &groups).unwrap();
    assert_eq!(Optimizer::<f32>::slots(&grouped), 1);
    let start = Net::init(3);
    let run = |optimizer: &dyn Fn(&mut Net)| {
        let mut network = Net::init(3);
        optimizer(&mut network);
        network
    };
    fn steps<O: Optimizer<f32>>(optimizer: &O, network: &mut Net) {
        let mut gradient = nn_core::zero_gradient::<Net>();
        let mut state = optimizer.state();
        for step in 0..4 {
            let values = gradient.flat_mut().iter_mut().enumerate();
            values.for_each(|(at, value)| *value = ((at * 7 + step * 3) % 11) as f32 - 5.0);
            optimizer.step(&mut network.params, &gradient, &mut state, 0.5).unwrap();
        }
    }
    let found = run(&|network| steps(&grouped, network));
    let [slow, fast] = [run(&|network| steps(&rest, network)), run(&|network| steps(&fast, network))];
    for parameter in Net::PARAMETERS {
        let expected = match parameter.name {
            "fc1.weight" => &start,
            "fc2.weight" => &fast,
            _ => &slow,
        };
        let [found, expected] = [&found, expected].map(|network| bits(&network.flat_params()[parameter.range()]));
        assert_eq!(found, expected, "{}", parameter.name);
    }
}

#[test]
fn frozen_parameters_keep_their_bits_and_do_not_count_in_the_norm() {
    let data = points(16);
    let mut session = Session::<Line>::from_seed(1);
    session.network.params.fc.weight = Tensor::from([[-0.0, 3.0]]);
    let mut norms = Vec::new();
    let mut bias = f32::NAN;
    Trainer::new(Sgd::new(1.0))
        .freeze("fc.weight")
        .clip_norm(0.25)
        .batch(16)
        .epochs(3)
        .batch_callback(|event: &mut nn_core::train::BatchEvent<'_, Line>| {
            norms.push((event.network.params.fc.bias[[0]] - bias).abs());
            bias = event.network.params.fc.bias[[0]];
        })
        .quiet()
        .fit(&mut session, &data, None)
        .unwrap();
    assert_eq!(bits(session.network.params.fc.weight.as_slice()), bits(&[-0.0, 3.0]));
    // with the weights' gradient in the norm, the bias would move by less
    assert!((norms[1] - 0.25).abs() < 1e-5, "{norms:?}");
}

#[test]
fn the_schedule_multiplies_all_learning_rates() {
    let data = points(8);
    let trained = |groups: bool| {
        let mut session = Session::<Line>::from_seed(1);
        let trainer = Trainer::new(AdamW::new(0.1)).schedule(Exponential::new(0.5)).epochs(3).quiet();
        let mut trainer = if groups { trainer.group("fc.bias", AdamW::new(0.1)) } else { trainer };
        trainer.fit(&mut session, &data, None).unwrap();
        bits(session.network.flat_params())
    };
    assert_eq!(trained(true), trained(false));
}

#[test]
fn an_unknown_name_is_an_error_with_a_suggestion() {
    let mut session = Session::<Line>::from_seed(1);
    let mut trainer = Trainer::new(Adam::new(0.1)).group("fc.bais", Adam::new(0.2)).quiet();
    let error = trainer.fit(&mut session, &points(4), None).unwrap_err().to_string();
    assert_eq!(error, "no parameter fits the group `fc.bais`: did you mean `fc.bias`?");
    let mut trainer = Trainer::new(Adam::new(0.1)).freeze("encoder.*").quiet();
    let error = trainer.fit(&mut session, &points(4), None).unwrap_err().to_string();
    assert_eq!(error, "no parameter fits the group `encoder.*`; the parameters are `fc.weight`, `fc.bias`");
}

/// Groups need no heap.
#[test]
fn groups_can_be_constants() {
    const ADAM: Adam = Adam::new(0.1);
    const GROUPS: [Group<Adam>; 2] = [Group::new("fc1", ADAM.amsgrad(true)), Group::frozen("out")];
    let optimiser = Grouped::new::<Net>(&ADAM, &GROUPS).unwrap();
    let mut state: State<[NetParams<f32>; 3]> = State::zeroed();
    let mut network = Net::init(1);
    let gradient = nn_core::zero_gradient::<Net>();
    optimiser.step(&mut network.params, &gradient, &mut state, 1.0).unwrap();
}
