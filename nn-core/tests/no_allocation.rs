//! Training steps allocate nothing.

#[path = "common/counting.rs"]
mod counting;
mod line {
    include!("common/line.rs");
}

use counting::allocations;
use line::{Line, points};
use nn_core::data::Augment;
use nn_core::optim::{Adam, RmsProp};
use nn_core::prelude::*;
use nn_core::train::Norms;

network! {
    #[allow(nn::linear_after_linear)]
    struct Pixels { a: Linear(9 => 2), b: Linear(2 => 2) }
    fn forward(x: [1, 3, 3]) -> [2] { b(a(x.flatten())) }
    loss = cross_entropy;
}

/// One test, since the allocations of all threads are counted.
#[test]
fn a_step_allocates_nothing() {
    plain();
    with_groups_and_augmentation();
}

fn with_groups_and_augmentation() {
    let data: Dataset<_, _> = (0..100).map(|at| (Tensor::filled(at as f32), at % 2)).collect();
    let mut session = Pixels::session(0);
    let mut counts = Vec::with_capacity(50);
    Trainer::new(Adam::new(0.01))
        .group("*.bias", Adam::new(0.1).amsgrad(true))
        .freeze("a")
        .augment(Augment::new().shift(1).rotate(10.0).noise(0.1))
        .batch(3)
        .epochs(1)
        .batch_callback(|_| counts.push(allocations()))
        .quiet()
        .fit(&mut session, &data, &data)
        .unwrap();
    assert_eq!((counts.len(), counts[0]), (34, counts[33]));
}

fn plain() {
    let data = points(100);
    let mut session = Session::<Line>::from_seed(0);
    let mut counts = Vec::with_capacity(50);
    let mut norms = Norms::new(&*session.network).activations(&data.inputs()[..5], [("y", Tensor::as_slice)]).unwrap();
    Trainer::new(RmsProp::new(0.01).momentum(0.9).centered(true))
        .batch(3)
        .epochs(1)
        .l1(1e-5)
        .l2(1e-5)
        .clip_norm(1.0)
        .clip_value(1.0)
        .batch_callback(|event| norms.record(event))
        .batch_callback(|_| counts.push(allocations()))
        .quiet()
        .fit(&mut session, &data, &data)
        .unwrap();
    assert_eq!(counts.len(), 34);
    assert_eq!(counts[0], counts[33]);
}
