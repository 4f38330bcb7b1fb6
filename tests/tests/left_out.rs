//! Classes that are ignored and means that are weighted, in emitted code; norms of sizes that the macro does not see.
#![deny(warnings)]

use nn_core::prelude::*;
use nn_core::typenum::{U3, U4};

/// What PyTorch's -100 is as a class.
#[allow(clippy::cast_sign_loss)] // it wraps
const IGNORED: usize = -100_isize as usize;

network! {
    struct Plain { fc: Linear(2 => 3) }
    fn forward(x: [2]) -> [3] { fc(x) }
    loss = cross_entropy(ignore_index = -100);
}

network! {
    struct Weighted { fc: Linear(2 => 3) }
    fn forward(x: [2]) -> [3] { fc(x) }
    loss = cross_entropy(weight = (1, 0.5, 2), ignore_index = 255);
}

network! {
    /// Two targets, the classes of which are told apart by the field.
    struct Two { fc: Linear(2 => 6) }
    fn forward(x: [2]) -> [6] { fc(x) }
    loss(pixels: index<3>[2], row: [6]) = cross_entropy(output.reshape(3, 2), pixels, ignore_index = -100) + 0.5 * mse(output, row);
}

network! {
    struct Normed<In, Out> { norm: LayerNorm(In), fc: Linear(In => Out), rms: RMSNorm(Out) }
    fn forward(x: [In]) -> [Out] { rms(fc(norm(x))) }
    loss = cross_entropy(label_smoothing = 0.1);
}

const ROWS: [[f32; 2]; 3] = [[0.3, -0.2], [f32::MAX, f32::MIN], [0.1, 0.9]];

fn rows(which: &[usize]) -> Vec<Tensor<(nn_core::typenum::U2,)>> {
    which.iter().map(|row| Tensor::from(ROWS[*row])).collect()
}

#[test]
fn what_is_ignored_adds_nothing() {
    let mut network = Plain::init(3);
    let mut workspace = nn_core::train_workspace::<Plain>();
    let (mut some, mut all) = (nn_core::zero_gradient::<Plain>(), nn_core::zero_gradient::<Plain>());
    let two = network.gradient(&rows(&[0, 2]), &[1, 2], Draw::new(0, 0), &mut workspace, &mut some).unwrap();
    let targets = [1, IGNORED, 2];
    let three = network.gradient(&rows(&[0, 0, 2]), &targets, Draw::new(0, 0), &mut workspace, &mut all).unwrap();
    assert_eq!((two, some.fc.weight), (three, all.fc.weight));
}

#[test]
fn where_all_is_ignored_there_is_no_mean() {
    let mut workspace = nn_core::train_workspace::<Plain>();
    let network = Plain::init(3);
    let nothing = network.loss(&rows(&[0]), &[IGNORED], &mut workspace);
    assert_eq!(nothing, Err(Error::NothingToAverage));
    assert!(matches!(network.loss(&rows(&[0]), &[3], &mut workspace), Err(Error::Class { found: 3, classes: 3, .. })));
}

#[test]
fn a_weighted_mean_is_that_of_the_whole_batch() {
    let network = Weighted::init(3);
    let mut workspace: nn_core::TrainWorkspace<Weighted> = nn_core::zeroed();
    let mut loss = |which: &[usize], targets: &[usize]| network.loss(&rows(which), targets, &mut workspace).unwrap();
    let (a, b) = (loss(&[0], &[0]), loss(&[2], &[2]));
    let mean = (1.0 * a + 2.0 * b) / 3.0;
    assert!((loss(&[0, 1, 2], &[0, 255, 2]) - mean).abs() < 1e-6);
}

#[test]
fn targets_may_be_several_and_have_positions() {
    let network = Two::init(3);
    let mut workspace = nn_core::train_workspace::<Two>();
    let target = |pixels| TwoTarget::<f32> { pixels: Tensor::from(pixels), row: Tensor::zeros() };
    let one = network.loss(&rows(&[0]), &[target([1, IGNORED])], &mut workspace).unwrap();
    let both =
        network.loss(&rows(&[0, 0]), &[target([1, IGNORED]), target([IGNORED, IGNORED])], &mut workspace).unwrap();
    assert_eq!(one, both);
}

#[test]
fn sizes_may_be_types() {
    let mut session = Normed::<U4, U3>::session(1);
    let prediction = *session.forward(&Tensor::from([0.1, -0.4, 0.9, 0.3]));
    let square: f32 = prediction.as_slice().iter().map(|value| value * value).sum();
    assert!((square / 3.0 - 1.0).abs() < 1e-5);
    let mut workspace = nn_core::train_workspace::<Normed<U4, U3>>();
    assert!(session.network.loss(&[Tensor::filled(0.5)], &[1], &mut workspace).unwrap() > 0.0);
}
