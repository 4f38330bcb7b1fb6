//! Gradients on several threads have the bits of one thread.

use nn_core::prelude::*;
use nn_core::{CompiledLoss, Parallel, Sample, Shape, Team};

network! {
    /// Convolutions, a layer that is called twice, dropout, a loss of two terms.
    struct Images {
        conv1: Conv2d(1 => 4, kernel = 3, padding = 1),
        conv2: Conv2d(4 => 4, kernel = 3, padding = 1),
        norm: GroupNorm(2, 4),
        fc: Linear(16 => 5),
    }
    fn forward(image: [1, 8, 8]) -> (classes: [5], hidden: [4, 8, 8]) {
        let x = norm(conv2(conv2(conv1(image)).relu()));
        (fc(x.max_pool2d(4).flatten().dropout(0.3)), x)
    }
    loss(class: index<5>) = cross_entropy(classes, class) + 0.1 * mse(hidden, hidden.detach() * 0.5);
}

network! {
    /// Rows of a table, steps over time whose carry is not hoisted, and an array of layers.
    struct Words {
        embedding: Embedding(7 => 6),
        gru: GRU(6 => 6),
        blocks: [Residual(6); 3],
        out: Linear(6 => 2),
    }
    layer Residual<N>(x: [N]) -> y: [N] {
        inner: Linear(N => N);
        y[i] = x[i] + tanh(inner(x)[i]);
    }

    fn forward(words: index<7>[5]) -> [2] {
        let (y, _) = gru(embedding(words));
        out(blocks(y.mean(axis = 0)))
    }
    loss = mse;
}

network! {
    /// It takes statistics of the batch, so that one thread has all of it.
    struct Normed { fc: Linear(6 => 4, bias = false), norm: BatchNorm1d(4), out: Linear(4 => 1) }
    fn forward(x: [6]) -> [1] { out(norm(fc(x)).relu()) }
    loss = mse;
}

network! {
    /// Its state does not depend on the samples.
    struct Counted { fc: Linear(3 => 2), count: Count(2) }

    layer Count<N>(x: [N]) -> y: [N] {
        state n: [1] = zeros;
        train { next n[i: 1] = n[i] + 1; y = x; }
        infer { y[j] = x[j] + n[0]; }
    }

    fn forward(x: [3]) -> [2] { count(fc(x)) }
    loss = mse;
}

fn random<S: Shape>(sample: usize) -> Tensor<S> {
    let (mut tensor, draw) = (Tensor::zeros(), Draw::new(5, 0));
    for (at, element) in tensor.as_mut_slice().iter_mut().enumerate() {
        *element = draw.uniform::<f32>(0, sample, at) * 2.0 - 1.0;
    }
    tensor
}

fn bits(gradient: &[f32], loss: f32) -> Vec<u32> {
    gradient.iter().chain([&loss]).map(|number| number.to_bits()).collect()
}

/// Compares gradients of all kinds of batches, teams and workspaces.
fn check<N: CompiledLoss<Scalar = f32>>(network: &mut N, inputs: &[N::Input], targets: &[N::Target])
where
    N::Input: Sample,
{
    for count in [1, 2, 7, 40] {
        let predictions = |capacity: usize, team: &mut Team| {
            let mut workspace: Vec<N::Scratch> = (0..capacity).map(|_| nn_core::zeroed()).collect();
            let mut outputs: Vec<N::Output> = (0..count).map(|_| nn_core::zeroed()).collect();
            network.parallel_forward_batch(&inputs[..count], &mut workspace, &mut outputs, team).unwrap();
            outputs.iter().flat_map(|output| bits(output.flat(), 0.0)).collect::<Vec<u32>>()
        };
        let alone = predictions(4, &mut Team::new(1));
        for (threads, capacity) in [(2, 2), (2, 9), (3, 40), (4, 3)] {
            assert!(predictions(capacity, &mut Team::new(threads)) == alone, "{count} samples, {threads} threads");
        }
        let (inputs, targets, draw) = (&inputs[..count], &targets[..count], Draw::new(3, 9));
        let (mut one, mut several) = (nn_core::zero_gradient::<N>(), nn_core::zero_gradient::<N>());
        let mut workspace = nn_core::train_workspace_for::<N>(count);
        let loss = network.gradient(inputs, targets, draw, &mut workspace, &mut one).unwrap();
        let wanted = bits(one.flat(), loss);
        for (threads, capacity) in [(1, 5), (2, 2), (2, 9), (3, 40), (4, 3), (5, 64)] {
            let mut team = Team::new(threads);
            let capacity = if N::WHOLE_BATCH { count } else { capacity };
            let mut workspace: Vec<N::TrainScratch> = (0..capacity).map(|_| nn_core::zeroed()).collect();
            // a race would show in some of them
            for _ in 0..20 {
                several.flat_mut().fill(f32::NAN);
                let loss =
                    network.parallel_gradient(inputs, targets, draw, &mut workspace, &mut several, &mut team).unwrap();
                let found = bits(several.flat(), loss);
                assert!(found == wanted, "{count} samples, {threads} threads, a workspace of {capacity}");
            }
        }
    }
}

#[test]
fn convolutions_and_shared_layers() {
    let (inputs, targets): (Vec<_>, Vec<_>) = (0..40).map(|at| (random(at), at * 7 % 5)).unzip();
    check(&mut *Images::init(1), &inputs, &targets);
}

#[test]
fn tables_time_and_arrays() {
    let words = |at: usize| Tensor::from(std::array::from_fn::<usize, 5, _>(|place| (at * 5 + place * 3) % 7));
    let (inputs, targets): (Vec<_>, Vec<_>) = (0..40).map(|at| (words(at), random(at))).unzip();
    check(&mut *Words::init(2), &inputs, &targets);
}

#[test]
fn statistics_of_the_batch() {
    let (inputs, targets): (Vec<_>, Vec<_>) = (2..42).map(|at| (random(at), random(at))).unzip();
    let mut network = Normed::init(3);
    let (mut workspace, mut gradient) =
        (nn_core::train_workspace_for::<Normed>(40), nn_core::zero_gradient::<Normed>());
    let mut team = Team::new(2);
    let loss = |network: &mut Normed, gradient: &mut _, workspace: &mut [_], team: &mut Team| {
        network.parallel_gradient(&inputs, &targets, Draw::new(0, 0), workspace, gradient, team).unwrap()
    };
    let found = loss(&mut network, &mut gradient, &mut workspace, &mut team);
    let mut one = Normed::init(3);
    let mut of_one = nn_core::zero_gradient::<Normed>();
    let wanted = one.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut of_one).unwrap();
    assert_eq!(bits(gradient.flat(), found), bits(of_one.flat(), wanted));
    assert_eq!(network.flat_state(), one.flat_state());
}

#[test]
fn states() {
    let (inputs, targets): (Vec<_>, Vec<_>) = (0..9).map(|at| (random(at), random(at + 9))).unzip();
    let (mut network, mut gradient) = (Counted::init(1), nn_core::zero_gradient::<Counted>());
    for (threads, capacity) in [(2, 4), (3, 20), (2, 2), (1, 1)] {
        let mut workspace: Vec<_> = (0..capacity).map(|_| nn_core::zeroed()).collect();
        let before = network.flat_state()[0];
        network
            .parallel_gradient(
                &inputs,
                &targets,
                Draw::new(0, 0),
                &mut workspace,
                &mut gradient,
                &mut Team::new(threads),
            )
            .unwrap();
        assert_eq!(network.flat_state(), [before + 1.0], "{threads} threads");
    }
}

/// A training with batches that the threads do not divide, and steps by hand.
#[test]
fn trainers_and_steps() {
    let samples: Vec<_> = (0..50).map(|at| (random(at), at * 7 % 5)).collect();
    let data = Dataset::from(samples);
    let trained = |threads| {
        let mut session = Images::session(4);
        let trainer = Trainer::new(Adam::new(0.01)).batch(16).epochs(2).threads(threads).quiet();
        let history = { trainer }.fit(&mut session, &data, None).unwrap();
        let mut steps = session.steps(Sgd::new(0.1), 16).seed(3).threads(threads);
        let loss = steps.step(&data.inputs()[..13], &data.targets()[..13]).unwrap();
        (history.epochs[1].training_loss.to_bits(), bits(session.network.flat_params(), loss))
    };
    let wanted = trained(1);
    for threads in [2, 3, 4] {
        assert!(trained(threads) == wanted, "{threads} threads");
    }
}

/// What is wrong with samples is said by all.
#[test]
fn errors_are_those_of_one_thread() {
    let (inputs, mut targets): (Vec<_>, Vec<_>) = (0..8).map(|at| (random(at), 1)).unzip();
    targets[5] = 5;
    let (mut network, mut team) = (Images::init(1), Team::new(2));
    let (mut workspace, mut gradient) = (nn_core::train_workspace::<Images>(), nn_core::zero_gradient::<Images>());
    let mut error = |inputs: &[_], targets: &[_], capacity: usize| {
        let workspace = &mut workspace[..capacity];
        let found = network.parallel_gradient(inputs, targets, Draw::new(0, 0), workspace, &mut gradient, &mut team);
        found.unwrap_err().to_string()
    };
    assert!(error(&inputs, &targets, 4).contains('5'), "a class out of range");
    assert!(error(&[], &[], 4).contains("no"), "no sample");
    assert!(error(&inputs, &targets[..3], 4).contains('3'), "fewer targets");
    assert!(error(&inputs[..1], &targets[..1], 0).contains('0'), "no workspace");
}
