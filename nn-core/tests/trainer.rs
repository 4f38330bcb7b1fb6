//! The training loop.

mod common;
#[path = "common/digit_classifier.rs"]
mod digit_classifier;
mod line {
    include!("common/line.rs");
}

use digit_classifier::DigitClassifier;
use line::{Line, points};
use nn_core::data::{Csv, Dataset};
use nn_core::optim::{Adam, Optimizer, Sgd};
use nn_core::schedule::{Linear, ReduceOnPlateau, Schedule};
use nn_core::train::{EpochEvent, Trainer};
use nn_core::{Draw, Error, Network, Session, Tensor, Train, train_workspace};

type Points = Dataset<Tensor<(nn_core::typenum::U2,)>, Tensor<(nn_core::typenum::U1,)>>;

fn session() -> Session<Line> {
    Session::from_seed(1)
}

fn weights(session: &Session<Line>) -> [f32; 3] {
    session.network.flat_params().try_into().unwrap()
}

#[test]
fn finds_the_line() {
    let (train, test) = points(143).split(0.8, 3).unwrap();
    let mut session = session();
    let history = Trainer::new(Adam::new(0.05)).batch(16).epochs(80).quiet().fit(&mut session, &train, &test).unwrap();
    let found = weights(&session);
    assert!(found.iter().zip([2.0, -1.0, 0.5]).all(|(w, expected)| (w - expected).abs() < 1e-3), "{found:?}");
    assert_eq!((history.epochs.len(), history.kept, history.metric), (80, 80, None));
    assert!(history.epochs[79].validation_loss < Some(1e-6));
}

/// A loop by hand gives the same bits.
#[test]
fn is_the_plain_loop() {
    let data = points(10);
    let mut trained = session();
    let warm_up = Linear::new(0.5, 3).by_step();
    let history = Trainer::new(Sgd::new(0.1).momentum(0.9))
        .batch(4)
        .epochs(2)
        .shuffle(false)
        .schedule(warm_up)
        .quiet()
        .fit(&mut trained, &data, None)
        .unwrap();

    let mut network = session().network;
    let sgd = Sgd::new(0.1).momentum(0.9);
    let (mut state, mut workspace) = (sgd.state(), train_workspace::<Line>());
    let mut gradient = nn_core::zero_gradient::<Line>();
    let mut sum = 0.0;
    for step in 0..6 {
        let at = 4 * (step % 3);
        let range = at..(at + 4).min(10);
        let (inputs, targets) = (&data.inputs()[range.clone()], &data.targets()[range.clone()]);
        let draw = Draw::new(0, step as u64);
        let loss = network.gradient(inputs, targets, draw, &mut workspace, &mut gradient).unwrap();
        sgd.step(&mut network.params, &gradient, &mut state, 0.5 + 0.5 * (step as f64 / 3.0).min(1.0)).unwrap();
        if step >= 3 {
            sum += f64::from(loss) * range.len() as f64;
        }
    }
    assert_eq!(weights(&trained), network.flat_params());
    assert_eq!(history.epochs[1].training_loss, sum / 10.0);
    assert_eq!(history.epochs[1].learning_rate, 0.1);
}

#[test]
fn the_seed_decides_the_order() {
    let run = |seed| {
        let mut session = session();
        Trainer::new(Sgd::new(0.1)).batch(5).seed(seed).quiet().fit(&mut session, &points(33), None).unwrap();
        weights(&session)
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn the_last_batch_can_be_dropped() {
    let count = |drop| {
        let mut batches = 0;
        let trainer = Trainer::new(Sgd::new(0.1)).batch(4).epochs(1).drop_last(drop).quiet();
        trainer.batch_callback(|_| batches += 1).fit(&mut session(), &points(10), None).unwrap();
        batches
    };
    assert_eq!((count(false), count(true)), (3, 2));
}

#[test]
fn penalties_are_added_to_loss_and_gradient() {
    let data = points(8);
    let mut session = session();
    let before = weights(&session).map(f64::from);
    let mut plain_loss = 0.0;
    let run = |l1, l2| Trainer::new(Sgd::new(0.0)).l1(l1).l2(l2).epochs(1).batch(8).quiet();
    run(0.0, 0.0).batch_callback(|event| plain_loss = event.loss).fit(&mut session, &data, None).unwrap();
    let history = run(0.5, 0.25).fit(&mut session, &data, None).unwrap();
    let penalty: f64 = before.iter().map(|w| 0.5 * w.abs() + 0.125 * w * w).sum();
    assert!((history.epochs[0].training_loss - plain_loss - penalty).abs() < 1e-6);
}

#[test]
fn clipping_limits_the_step() {
    let mut session = session();
    let before = weights(&session);
    let mut trainer = Trainer::new(Sgd::new(1.0)).clip_norm(0.01).epochs(1).batch(8).quiet();
    trainer.fit(&mut session, &points(8), None).unwrap();
    let moved: f32 = weights(&session).iter().zip(before).map(|(after, before)| (after - before).powi(2)).sum();
    assert!((moved.sqrt() - 0.01).abs() < 1e-5);
}

#[test]
fn a_plateau_lowers_the_learning_rate_of_each_run() {
    let data = points(16);
    // so small that the network does not learn
    let mut rates = Vec::new();
    let mut trainer = Trainer::new(Sgd::new(1e-12)).epochs(4).schedule(ReduceOnPlateau::new(0.5, 0)).quiet();
    for _ in 0..2 {
        let history = trainer.fit(&mut session(), &data, &data).unwrap();
        rates.push(history.epochs.iter().map(|epoch| epoch.learning_rate / 1e-12).collect::<Vec<_>>());
    }
    assert_eq!(rates, [[1.0, 1.0, 0.5, 0.25], [1.0, 1.0, 0.5, 0.25]]);
}

#[test]
fn early_stopping_restores_the_best_network() {
    let data = points(16);
    let mut session = session();
    let mut seen = Vec::new();
    // Far too fast from the fourth epoch on.
    let explode = |clock: nn_core::schedule::Clock| if clock.epoch < 3 { 1.0 } else { 50.0 };
    let history = Trainer::new(Sgd::new(0.05))
        .batch(16)
        .epochs(20)
        .schedule(explode)
        .early_stopping(2)
        .callback(|event: &mut EpochEvent<'_, Line>| seen.push(event.network.flat_params().to_vec()))
        .quiet()
        .fit(&mut session, &data, &data)
        .unwrap();
    assert_eq!((history.epochs.len(), history.kept), (5, 3));
    assert_eq!(history.best().unwrap().number, 3);
    assert_eq!(weights(&session), *seen[2]);
    assert!(history.to_string().contains("kept"));
}

fn step_by_step(learning_rate: f64) -> Trainer<'static, Line, Sgd> {
    Trainer::new(Sgd::new(learning_rate)).batch(2).shuffle(false).quiet()
}

/// The error of a training that leaves the network as it was.
fn failure(mut trainer: Trainer<'_, Line, Sgd>, train: &Points, test: Option<&Points>) -> Error {
    let mut session = session();
    let error = trainer.fit(&mut session, train, test).unwrap_err();
    assert_eq!(weights(&session), weights(&Session::from_seed(1)));
    error
}

#[test]
fn a_loss_that_is_not_finite_leaves_the_network_of_the_epoch_before() {
    let mut session = session();
    let mut good = Vec::new();
    let explode = |clock: nn_core::schedule::Clock| if clock.step < 4 { 1.0 } else { 1e30 };
    let error = Trainer::new(Sgd::new(0.01))
        .batch(8)
        .schedule(explode)
        .callback(|event: &mut EpochEvent<'_, Line>| good = event.network.flat_params().to_vec())
        .quiet()
        .fit(&mut session, &points(16), None)
        .unwrap_err();
    assert!(matches!(error, Error::Diverged { epoch: 3, .. }), "{error}");
    assert!(error.to_string().contains("smaller learning rate"));
    assert_eq!(weights(&session), *good);
}

#[test]
fn a_bad_last_step_is_found() {
    let explode = |clock: nn_core::schedule::Clock| if clock.step == 1 { 1e300 } else { 1.0 };
    let trainer = Trainer::new(Sgd::new(0.01)).batch(8).epochs(1).schedule(explode).quiet();
    assert_eq!(failure(trainer, &points(16), None), Error::Diverged { epoch: 1, batch: 2 });
}

#[test]
fn a_damaged_sample_is_named() {
    let (sound, mut target, mut input) = (points(16), points(16), points(16));
    target.targets_mut()[5] = Tensor::from([f32::NAN]);
    input.inputs_mut()[0] = Tensor::from([1.0, f32::INFINITY]);
    let sample = |set, what, sample| Error::NotFiniteSample { set, what, sample, epoch: 1 };
    assert_eq!(failure(step_by_step(0.01), &target, None), sample("training set", "target", 5));
    assert_eq!(failure(step_by_step(0.01), &input, None), sample("training set", "input", 0));
    assert_eq!(failure(step_by_step(0.01).shuffle(true), &target, None), sample("training set", "target", 5));
    let error = failure(step_by_step(0.01), &sound, Some(&target));
    assert_eq!(error, sample("validation set", "target", 5));
    assert_eq!(
        error.to_string(),
        "validation set: the target of sample 5 holds NaN or an infinite number, so that the loss is not finite in epoch 1; \
         the network is as it was when that epoch began"
    );
}

#[test]
fn the_learning_rate_is_not_blamed_before_the_first_step() {
    let mut huge = points(16);
    huge.inputs_mut().iter_mut().for_each(|input| *input = Tensor::from([3e38, 3e38]));
    let error = failure(step_by_step(0.01), &huge, None);
    assert_eq!(error, Error::NotFiniteAtStart);
    assert!(error.to_string().contains("the learning rate is not to blame"));
    // a later batch says what it always did
    let later = points(4).into_iter().chain(huge).collect();
    assert_eq!(failure(step_by_step(0.01), &later, None), Error::Diverged { epoch: 1, batch: 3 });
}

#[test]
fn a_loss_of_the_test_set_that_is_not_finite_is_an_error() {
    let mut huge = points(3);
    huge.inputs_mut()[1] = Tensor::from([3e38, 3e38]);
    let error = failure(step_by_step(0.01), &points(16), Some(&huge));
    assert_eq!(error, Error::NotFiniteOnTest { epoch: 1 });
    assert!(error.to_string().contains("the loss of the validation set is not finite after epoch 1"));
}

#[test]
fn a_factor_that_cannot_be_is_named() {
    for factor in [-0.5, f64::INFINITY, f64::NAN] {
        let schedule = move |clock: nn_core::schedule::Clock| if clock.step < 3 { 1.0 } else { factor };
        let error = failure(step_by_step(0.01).schedule(schedule), &points(16), None).to_string();
        assert!(error.starts_with(&format!("the schedule gives the factor {factor} for epoch 1, batch 4")), "{error}");
    }
}

#[test]
fn refuses_what_cannot_be() {
    let (data, nothing) = (points(16), points(0));
    let fit = |trainer: Trainer<'_, Line, Sgd>, train: &Points| {
        trainer.quiet().fit(&mut session(), train, None).unwrap_err().to_string()
    };
    let new = || Trainer::new(Sgd::new(0.1));
    assert_eq!(fit(new().batch(0), &data), "`batch` must be at least 1");
    assert_eq!(fit(new().epochs(0), &data), "`epochs` must be at least 1");
    assert_eq!(fit(new().early_stopping(0), &data), "`early_stopping` must wait for at least 1 epoch");
    assert_eq!(fit(new().l2(-1.0), &data), "`l2` must be a finite number of 0 or more");
    assert!(fit(new().drop_last(true), &data).starts_with("`batch` must be at most the number of samples"));
    assert_eq!(fit(new(), &nothing), "training set: there is no sample, and at least one is needed");
    let error = new().quiet().fit(&mut session(), &data, &nothing).unwrap_err();
    assert_eq!(error.to_string(), "validation set: there is no sample, and at least one is needed");
}

fn digits() -> Dataset<Tensor<(nn_core::typenum::U64,)>, usize> {
    let table = Csv::new(common::repository("examples/data/digits.csv.gz")).read().unwrap();
    Dataset::new(table.tensors(0..64).unwrap(), table.classes(64, 10).unwrap()).unwrap()
}

#[test]
fn learns_digits() {
    let (mut train, mut test) = digits().split(0.8, 0).unwrap();
    let normalize = nn_core::data::Normalize::fit(&train).unwrap();
    normalize.apply(&mut train);
    normalize.apply(&mut test);
    let mut session = Session::<DigitClassifier>::from_seed(0);
    let history = Trainer::new(Adam::new(0.01)).epochs(10).quiet().fit(&mut session, &train, &test).unwrap();
    println!("{history}");
    assert_eq!(history.metric.as_deref(), Some("accuracy"));
    assert!(history.epochs[9].metric > Some(0.94));
}

#[test]
fn a_class_out_of_range_is_named_before_training() {
    let data: Dataset<_, usize> = (0..5).map(|at| (Tensor::zeros(), if at == 3 { 12 } else { at })).collect();
    let mut session = Session::<DigitClassifier>::from_seed(0);
    let before = session.network.flat_params().to_vec();
    let error = Trainer::new(Adam::new(0.01)).quiet().fit(&mut session, &data, None).unwrap_err();
    assert_eq!(error, Error::Class { what: "target", sample: 3, found: 12, classes: 10 });
    assert_eq!(session.network.flat_params(), before);
}

#[test]
fn settings_of_an_optimiser_that_cannot_be_are_errors_of_fit() {
    let not_negative = |setting| Error::Setting { setting, must: "be a finite number of 0 or more" };
    let wrong = [
        (Sgd::new(-0.1), not_negative("learning_rate")),
        (Sgd::new(f64::NAN), not_negative("learning_rate")),
        (Sgd::new(f64::INFINITY), not_negative("learning_rate")),
        (Sgd::new(0.1).momentum(-0.1), not_negative("momentum")),
        (Sgd::new(0.1).weight_decay(f64::NAN), not_negative("weight_decay")),
    ];
    let data = points(8);
    for (sgd, refused) in wrong {
        let mut session = Session::<Line>::from_seed(1);
        let before = session.network.flat_params().to_vec();
        let mut trainers = [
            Trainer::new(sgd).quiet(),
            Trainer::new(Sgd::new(0.1)).group("fc.bias", sgd).quiet(),
            Trainer::new(sgd).freeze("fc.bias").quiet(),
        ];
        for trainer in &mut trainers {
            assert_eq!(trainer.fit(&mut session, &data, None).unwrap_err(), refused);
        }
        assert_eq!(session.network.flat_params(), before);
    }
}
