//! Frozen layers: training leaves them as they are, and derives nothing for them.

use nn_core::prelude::*;
use nn_core::typenum::{U2, U4};

network! {
    /// What is trained once.
    #[layer]
    pub(crate) struct Body { conv: Conv2d(1 => 2, kernel = 3, padding = 1, bias = false), norm: BatchNorm2d(2), fc: Linear(32 => 4) }
    fn forward(image: [1, 4, 4]) -> [4] { fc(norm(conv(image)).relu().dropout(0.5).flatten()) }
    loss = mse;
}

network! {
    use crate::Body;
    struct Tuned { #[frozen] body: Body, head: Linear(4 => 3) }
    fn forward(image: [1, 4, 4]) -> [3] { head(body(image).tanh()) }
    loss = cross_entropy;
}

network! {
    #[layer]
    pub(crate) struct Between {
        first: Linear(4 => 6),
        #[frozen]
        second: [Step(6); 2],
        #[frozen]
        offset: param [6] = normal(0, 1),
        last: Linear(6 => 2),
    }
    fn forward(x: [4]) -> [2] { last(second(first(x).tanh()) + offset) }
    loss = mse;
    layer Step<N>(x: [N]) -> y: [N] { fc: Linear(N => N); y = x + fc(x).tanh(); }
}

network! {
    struct Trained { first: Linear(4 => 6), second: [Step(6); 2], offset: param [6] = normal(0, 1), last: Linear(6 => 2) }
    fn forward(x: [4]) -> [2] { last(second(first(x).tanh()) + offset) }
    loss = mse;
    layer Step<N>(x: [N]) -> y: [N] { fc: Linear(N => N); y = x + fc(x).tanh(); }
}

network! {
    use crate::Between;
    struct Around { inner: Between, #[frozen] all: Between }
    fn forward(x: [4]) -> [2] { inner(x) + all(x) }
    loss = mse;
}

network! {
    struct Adapted { fc: LoRALinear(4 => 2, rank = 1, alpha = 2) }
    fn forward(x: [4]) -> [2] { fc(x) }
    loss = mse;
}

network! {
    #[folded(Deployed)]
    #[stream]
    #[derivatives(vjp, hvp)]
    struct Everything<N = 4> { #[frozen] fc: Linear(N => N), #[frozen] norm: RMSNorm(N), gru: GRU(N => 3) }
    fn forward(x: [5, N]) -> [5, 3] { let (y, _) = gru(norm(fc(x))); y }
    loss = mse;
}

/// Numbers that are not the same anywhere.
fn some<P: nn_core::Plain<Element = f32>>() -> P {
    let mut value: P = nn_core::zeroed();
    value.flat_mut().iter_mut().zip(0u8..).for_each(|(number, at)| *number = (f32::from(at) * 0.7).sin());
    value
}

/// The bits of numbers.
fn bits(numbers: &[f32]) -> Vec<u32> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

#[test]
fn a_frozen_body_is_taken_over_and_stays() {
    let trained = Body::init(3);
    let mut tuned = Tuned::init(4);
    tuned.frozen.body = trained.params.clone();
    tuned.state.body = trained.state.clone();
    let mut session = Session::new(tuned);
    let before = session.network.clone();
    let data = Dataset::from_fn(12, |at, image: &mut Tensor<_>, class| {
        image
            .as_mut_slice()
            .iter_mut()
            .zip(0u8..)
            .for_each(|(pixel, place)| *pixel = (f32::from(place) * at as f32).cos());
        *class = at % 3;
    });
    Trainer::new(Adam::new(0.05)).epochs(3).quiet().fit(&mut session, &data, None).unwrap();
    let after = &session.network;
    assert_eq!(bits(after.flat_frozen()), bits(before.flat_frozen()));
    assert_eq!(bits(after.flat_state()), bits(before.flat_state()));
    assert_ne!(after.flat_params(), before.flat_params());
    assert_eq!((Tuned::PARAMS, after.flat_frozen().len()), (4 * 3 + 3, Body::PARAMS));
}

/// Without dropout and with running statistics the loss in training is that of predictions.
#[test]
fn a_frozen_layer_computes_as_in_predictions() {
    let mut tuned = Tuned::init(4);
    let (images, classes) = ([some(), Tensor::filled(0.5)], [0, 2]);
    let mut workspace = nn_core::train_workspace::<Tuned>();
    let mut gradient = nn_core::zero_gradient::<Tuned>();
    let loss = tuned.loss(&images, &classes, &mut workspace).unwrap();
    for step in 0..3 {
        let draw = Draw::new(7, step);
        let training = tuned.gradient(&images, &classes, draw, &mut workspace, &mut gradient).unwrap();
        assert_eq!(training.to_bits(), loss.to_bits());
    }
}

#[test]
fn what_is_in_front_of_a_frozen_layer_is_trained_through_it() {
    let mut frozen = Between::init(1);
    let mut trained = Trained::load(&frozen.to_bytes()).unwrap();
    let (inputs, targets) = ([some(), Tensor::filled(0.3)], [Tensor::from([1.0, -1.0]), Tensor::zeros()]);
    let (mut of_frozen, mut of_trained) = (nn_core::zero_gradient::<Between>(), nn_core::zero_gradient::<Trained>());
    let draw = Draw::new(0, 0);
    let mut workspace = nn_core::train_workspace::<Between>();
    let loss = frozen.gradient(&inputs, &targets, draw, &mut workspace, &mut of_frozen).unwrap();
    let mut workspace = nn_core::train_workspace::<Trained>();
    let same = trained.gradient(&inputs, &targets, draw, &mut workspace, &mut of_trained).unwrap();
    assert_eq!(loss.to_bits(), same.to_bits());
    for row in Between::PARAMETERS {
        let other = Trained::PARAMETERS.iter().find(|other| other.name == row.name).unwrap();
        let (found, expected) = (&of_frozen.flat()[row.range()], &of_trained.flat()[other.range()]);
        assert_eq!(bits(found), bits(expected), "{}", row.name);
        assert!(found.iter().any(|number| *number != 0.0), "{}", row.name);
    }
}

#[test]
fn names_are_those_without_freezing() {
    let names = |table: &[nn_core::Parameter]| table.iter().map(|tensor| tensor.name).collect::<Vec<_>>();
    assert_eq!(names(Between::PARAMETERS), ["first.weight", "first.bias", "last.weight", "last.bias"]);
    assert_eq!(
        names(Between::FROZEN),
        ["second.0.fc.weight", "second.0.fc.bias", "second.1.fc.weight", "second.1.fc.bias", "offset"]
    );
    assert_eq!(names(Adapted::PARAMETERS), ["fc.lora_a.weight", "fc.lora_b.weight"]);
    assert_eq!(names(Adapted::FROZEN), ["fc.weight", "fc.bias"]);
    let around = names(Around::FROZEN);
    assert_eq!(around[..2], ["inner.second.0.fc.weight", "inner.second.0.fc.bias"]);
    assert!(around.contains(&"all.first.weight") && around.contains(&"all.offset"));
    for row in Around::FROZEN {
        assert_eq!(row.shape.iter().product::<usize>(), row.range().len());
    }
}

#[test]
fn a_network_with_frozen_parts_is_a_layer() {
    let inner = Between::init(5);
    let mut around = Around::init(6);
    around.params.inner = inner.params.clone();
    around.frozen.inner = inner.frozen.clone();
    around.load_from(Load::bytes(&inner.to_bytes()).rename("", "all").only("all")).unwrap();
    let x = some();
    let (mut one, mut both) = (Session::new(inner), Session::new(around));
    let expected: Vec<f32> = one.forward(&x).as_slice().iter().map(|y| y + y).collect();
    let close = |(a, b): (&f32, &f32)| assert!((a - b).abs() < 1e-6, "{a} and {b}");
    both.forward(&x).as_slice().iter().zip(&expected).for_each(close);
}

#[test]
fn an_adapter_begins_with_nothing_and_learns() {
    let mut network = Adapted::init(1);
    let plain: Vec<f32> = {
        let (weight, bias) = (network.frozen.fc.weight, network.frozen.fc.bias);
        (0..2).map(|o| bias[[o]] + (0..4).map(|i| weight[[o, i]] * 0.5).sum::<f32>()).collect()
    };
    let x = Tensor::<(U4,)>::filled(0.5);
    let mut output = Tensor::<(U2,)>::zeros();
    network.forward(&x, &mut [nn_core::zeroed()], &mut output);
    output.as_slice().iter().zip(plain).for_each(|(found, expected)| assert!((found - expected).abs() < 1e-6));

    let mut session = Session::new(network.clone());
    let target = Tensor::from([3.0, -2.0]);
    let data = Dataset::from(vec![(x, target)]);
    let trainer = Trainer::new(Adam::new(0.1)).epochs(200).quiet();
    trainer.batch(1).fit(&mut session, &data, None).unwrap();
    let found = session.forward(&x).as_slice().to_vec();
    found.iter().zip([3.0, -2.0]).for_each(|(found, expected)| assert!((found - expected).abs() < 0.05, "{found}"));
    network.flat_frozen_mut().copy_from_slice(session.network.flat_frozen());
    assert_eq!(bits(network.flat_frozen()), bits(session.network.flat_frozen()));
}

#[test]
fn frozen_layers_fold_stream_and_have_derivatives() {
    let network = <Everything>::init(1);
    let x = some();
    let mut output = Tensor::zeros();
    network.forward(&x, &mut [nn_core::zeroed()], &mut output);
    let mut folded = Tensor::zeros();
    network.fold().forward(&x, &mut [nn_core::zeroed()], &mut folded);
    let close = |(a, b): (&f32, &f32)| assert!((a - b).abs() < 1e-5, "{a} and {b}");
    output.as_slice().iter().zip(folded.as_slice()).for_each(close);

    let mut stream = network.stream();
    for (row, expected) in x.as_slice().chunks(4).zip(output.as_slice().chunks(3)) {
        let frame = Tensor::try_from(row).unwrap();
        assert_eq!(bits(stream.step(&frame).as_slice()), bits(expected));
    }
}

/// Memory follows from what is derived: a frozen layer in front keeps none of its values.
#[test]
fn nothing_is_kept_of_frozen_layers_in_front() {
    let all = size_of::<<Body as CompiledLoss>::TrainScratch>();
    let frozen = size_of::<<Tuned as CompiledLoss>::TrainScratch>();
    let predicting = size_of::<<Tuned as Compiled>::Scratch>();
    assert!(frozen < all && frozen <= predicting + 64, "{frozen} of {all}, {predicting} for a prediction");
}

#[test]
fn files_have_frozen_parameters_under_their_names() {
    let network = Adapted::init(1);
    let bytes = network.to_bytes();
    let loaded = Adapted::load(&bytes).unwrap();
    assert_eq!(bits(loaded.flat_frozen()), bits(network.flat_frozen()));
    assert_eq!(bits(loaded.flat_params()), bits(network.flat_params()));
    assert!(Adapted::summary().to_string().contains("frozen"));
}
