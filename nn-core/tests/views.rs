//! Memory as numbers and numbers as memory, small enough for an interpreter that checks every access
//! (`cargo +nightly miri test -p nn-core --no-default-features --features std --test views`).
#![cfg(feature = "std")]

mod line {
    include!("common/line.rs");
}

use std::sync::Mutex;

use line::{Line, points};
use nn_core::data::Dataset;
use nn_core::optim::{Adam, Sgd};
use nn_core::prelude::*;
use nn_core::typenum::{U2, U3};
use nn_core::{Plain, TrainWorkspace};

network! {
    /// Sizes that are type parameters, classes beside numbers, a state, an array of layers, a folded network.
    #[folded(Flat)]
    #[allow(nn::bias_before_batch_norm, nn::linear_after_linear)]
    struct Several<In> {
        a: Linear(In => 3),
        blocks: [Linear(3 => 3); 2],
        norm: BatchNorm1d(3),
    }
    fn forward(x: [In], class: index<3>) -> (p: [3], q: [3]) {
        let h = norm(blocks(a(x)));
        (h, h.chosen(class))
    }
    loss(s: [3], class_of_q: index<3>) = mse(p, s) + cross_entropy(q, class_of_q);

    fn chosen(x: [N], k: index<N>) -> y: [N] { y[i] = x[i] * x[k]; }
}

#[test]
fn values_are_seen_as_slices_and_slices_as_values() {
    let mut rows = [[1.0f32, 2.0], [3.0, 4.0]].map(Tensor::<(U2,)>::from);
    rows.flat_mut()[3] = 5.0;
    assert_eq!(rows.flat(), [1.0, 2.0, 3.0, 5.0]);
    assert_eq!(Tensor::flatten(&rows[1..]), [3.0, 5.0]);
    let nothing: [Tensor<(U2,)>; 0] = [];
    assert_eq!((nothing.flat(), Tensor::flatten(&nothing)), (&[][..], &[][..]));
    let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let seen = Tensor::<(U3,)>::from_flat(&numbers).unwrap();
    assert_eq!((seen.len(), seen[1].as_slice()), (2, &numbers[3..]));
    assert!(Tensor::<(U3,)>::from_flat(&numbers[1..]).is_err());
    assert_eq!(Tensor::<(U2, U3), f64>::zeros_boxed().as_slice(), [0.0; 6]);
    assert_eq!(<[Tensor<(U2,), usize>; 2]>::zeroed().flat(), [0; 4]);
}

#[test]
fn a_network_lies_in_a_static() {
    static NETWORK: Mutex<Line> = Mutex::new(nn_core::zeroed());
    static WORKSPACE: Mutex<TrainWorkspace<Line, 4>> = Mutex::new(nn_core::zeroed());
    static GRADIENT: Mutex<<Line as Compiled>::Params> = Mutex::new(nn_core::zeroed());
    let data = points(6);
    let (mut network, mut gradient) = (NETWORK.lock().unwrap(), GRADIENT.lock().unwrap());
    let mut workspace = WORKSPACE.lock().unwrap();
    network.initialise(1);
    let sgd = Sgd::new(0.1).momentum(0.9);
    let mut state = sgd.state();
    let before = network.loss(data.inputs(), data.targets(), &mut *workspace).unwrap();
    for step in 0..4 {
        network.gradient(data.inputs(), data.targets(), Draw::new(0, step), &mut *workspace, &mut gradient).unwrap();
        sgd.step(network.params_mut(), &*gradient, &mut state, 1.0).unwrap();
    }
    assert!(network.loss(data.inputs(), data.targets(), &mut *workspace).unwrap() < before);
}

fn samples() -> Dataset<SeveralInput<(U2,)>, SeveralTarget> {
    Dataset::from_fn(5, |at, input: &mut SeveralInput<(U2,)>, target: &mut SeveralTarget| {
        input.x.as_mut_slice().copy_from_slice(&[at as f32, 0.5]);
        input.class = at % 3;
        (target.s, target.class_of_q) = (Tensor::filled(0.5), (at + 1) % 3);
    })
}

#[test]
fn several_inputs_are_made_moved_and_trained_on_in_place() {
    let mut data = samples();
    data.shuffle(1);
    let (train, rest) = data.split_at(3).unwrap();
    assert_eq!((train.len(), rest.len()), (3, 2));
    let mut session = Several::<U2>::session(1);
    Trainer::new(Adam::new(0.01)).batch(3).epochs(2).quiet().fit(&mut session, &train, &rest).unwrap();
    let folded: Box<Flat<U2>> = session.network.fold();
    let output = Session::new(folded).forward(&rest.inputs()[0]).clone();
    let expected = session.forward(&rest.inputs()[0]);
    assert!(output.q.as_slice().iter().zip(expected.q.as_slice()).all(|(a, b)| (a - b).abs() < 1e-4));
}

#[test]
fn parameters_and_states_are_one_slice_each() {
    let mut network = Several::<U2>::init(1);
    let copy = network.clone();
    assert_eq!(network.flat_params().len(), Several::<U2, f32>::PARAMS);
    network.flat_params_mut()[0] += 1.0;
    network.flat_state_mut().fill(2.0);
    assert_eq!(network.state.norm.running_var.as_slice(), [2.0; 3]);
    assert_eq!(network.flat_params()[1..], copy.flat_params()[1..]);
    assert_eq!(Line::init(1).flat_state(), []);
}
