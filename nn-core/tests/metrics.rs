//! Metrics, against numbers that are computed by hand.

use nn_core::metrics::{ConfusionMatrix, MeanAbsoluteError, Metric, RSquared, RootMeanSquaredError, TopKAccuracy};
use nn_core::prelude::*;
use nn_core::typenum::{U2, U3};

#[test]
fn a_confusion_matrix_prints_as_a_table() {
    let mut matrix = ConfusionMatrix::new(3).labels(["cat", "dog", "bird"]);
    for (actual, predicted, times) in [(0, 0, 4), (0, 1, 1), (1, 1, 2), (1, 0, 2), (2, 2, 0), (2, 0, 1)] {
        (0..times).for_each(|_| matrix.add(actual, predicted));
    }
    assert_eq!((matrix.total(), matrix.support(0), matrix.accuracy()), (10, 5, 0.6));
    let expected = "
        cat  dog bird  precision  recall      F1  samples
  cat     4    1    0     0.5714  0.8000  0.6667        5
  dog     2    2    0     0.6667  0.5000  0.5714        4
 bird     1    0    0     0.0000  0.0000  0.0000        1
macro                     0.4127  0.4333  0.4127       10
accuracy 0.6000";
    assert_eq!(format!("\n{matrix}"), expected);
}

#[test]
fn a_confusion_matrix_refuses_what_is_no_class() {
    let outputs = [Tensor::<(U2,)>::from([0.0, 1.0])];
    assert!(matches!(ConfusionMatrix::of(&outputs, &[2]), Err(Error::Class { found: 2, classes: 2, .. })));
    assert!(matches!(ConfusionMatrix::of(&outputs, &[]), Err(Error::Length { .. })));
    assert_eq!(ConfusionMatrix::new(2).count(0, 5), 0);
    assert_eq!(ConfusionMatrix::new(2).accuracy(), 0.0);
}

#[test]
fn regression_measures_take_all_elements() {
    let rows = |rows: [[f32; 2]; 3]| rows.map(Tensor::<(U2,)>::from);
    let (targets, outputs) = (rows([[1.0, 0.0], [2.0, 2.0], [3.0, 4.0]]), rows([[1.0, 1.0], [2.0, 2.0], [5.0, 4.0]]));
    assert_eq!(MeanAbsoluteError.mean(&outputs, &targets), 0.5);
    assert!((RootMeanSquaredError.mean(&outputs, &targets) - (5.0f64 / 6.0).sqrt()).abs() < 1e-12);
    // 5 of squared errors, 2 + 8 of squared distances from the means
    assert!((RSquared::of(&targets).mean(&outputs, &targets) - 0.5).abs() < 1e-12);
}

#[test]
fn ties_and_nan_have_ranks() {
    let top = |k, values: [f32; 3], class| TopKAccuracy::new(k).score(&Tensor::<(U3,)>::from(values), &class);
    assert_eq!([top(1, [1.0, 1.0, 0.0], 0), top(1, [1.0, 1.0, 0.0], 1), top(2, [1.0, 1.0, 0.0], 1)], [1.0, 0.0, 1.0]);
    assert_eq!([top(3, [f32::NAN, 1.0, 0.0], 0), top(3, [1.0, 1.0, 0.0], 7)], [0.0, 0.0]);
}

/// The trainer reports the root over the whole set, not a mean of roots.
#[test]
fn the_trainer_reports_the_measure_of_the_whole_set() {
    network! {
        struct Net { fc: Linear(2 => 2) }
        fn forward(x: [2]) -> [2] { fc(x) }
        loss = mse;
    }
    let draw = Draw::new(0, 0);
    let tensor = |at| Tensor::from([draw.uniform(0, at, 0), draw.uniform(0, at, 1)]);
    let data: Dataset<_, _> = (0..600).map(|at| (tensor(at), tensor(at + 1000))).collect();
    let mut session = Net::session(1);
    let mut trainer = Trainer::new(Sgd::new(0.0)).metric(RSquared::of(data.targets())).epochs(1).quiet();
    let history = trainer.fit(&mut session, &data, &data).unwrap();
    let mut outputs = vec![Tensor::zeros(); data.len()];
    session.forward_batch(data.inputs(), &mut outputs).unwrap();
    let expected = RSquared::of(data.targets()).mean(&outputs, data.targets());
    assert!((history.epochs[0].metric.unwrap() - expected).abs() < 1e-12);
}
