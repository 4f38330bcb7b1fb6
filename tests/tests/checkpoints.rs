//! `#[checkpoint]` changes what a training step remembers, not what it computes.

use nn_core::prelude::*;
use nn_core::{Plain, train_workspace_for, zero_gradient};
use tests::numbers::{Random, difference};

/// The same network twice: with checkpoints and without.
macro_rules! twice {
    ($plain:ident, $saving:ident, { $($layers:tt)* }, { $($checkpoint:tt)* }, $($rest:tt)*) => {
        network! {
            struct $plain { $($layers)* }
            $($rest)*
        }
        network! {
            struct $saving { $($checkpoint)* }
            $($rest)*
        }
    };
}

twice! {
    Blocks, SavingBlocks,
    { stem: Conv2d(1 => 4, kernel = 3, padding = 1), blocks: [Residual(4); 6], fc: Linear(256 => 3) },
    { stem: Conv2d(1 => 4, kernel = 3, padding = 1), #[checkpoint] blocks: [Residual(4); 6], fc: Linear(256 => 3) },

    layer Residual<C>(x: [C, H, W]) -> y: [C, H, W] {
        a: Conv2d(C => C, kernel = 3, padding = 1, bias = false),
        a_norm: BatchNorm2d(C),
        b: Conv2d(C => C, kernel = 3, padding = 1, bias = false),
        b_norm: BatchNorm2d(C),
        y = (x + b_norm(b(a_norm(a(x)).relu())).dropout(0.2)).relu();
    }
    fn forward(image: [1, 8, 8]) -> [3] { fc(blocks(stem(image)).flatten()) }
    loss = cross_entropy;
}

twice! {
    Layers, SavingLayers,
    { first: Wide(6), second: Wide(6), out: Linear(6 => 2) },
    { #[checkpoint] first: Wide(6), #[checkpoint] second: Wide(6), out: Linear(6 => 2) },

    /// A maximum, a softmax, an array inside, and a view.
    layer Wide<N>(x: [N]) -> y: [N] {
        up: Linear(N => 8*N),
        inner: [Linear(4*N => 4*N); 3],
        down: Linear(4*N => N),
        h = up(x).tanh().reshape(4, 2*N);
        p[i, k: N] = max[j: 2](h[i, 2*k + j]);
        g = inner(p.flatten().softmax()).gelu();
        y = x + down(g).silu();
    }
    // a layer that is used twice is computed again for each use
    fn forward(x: [6]) -> [2] { out(first(second(first(x)))) }
    loss = mse;
}

/// The loss, the gradient by the parameters, that by the inputs, and the state after the step.
fn step<N: DerivedByInputs<Scalar = f64>>(inputs: &[N::Input], targets: &[N::Target]) -> [Vec<f64>; 4] {
    let mut random = Random::new(5);
    let mut network = N::init_as(0);
    network.flat_params_mut().iter_mut().for_each(|p| *p = random.uniform(-0.7, 0.7));
    let mut workspace = train_workspace_for::<N>(inputs.len());
    let mut gradient = zero_gradient::<N>();
    let mut gradients: Vec<N::InputGradient> = inputs.iter().map(|_| Plain::zeroed()).collect();
    let draw = Draw::new(7, 3);
    network.input_gradient(inputs, targets, draw, &mut workspace, &mut gradients).unwrap();
    let loss = network.gradient(inputs, targets, draw, &mut workspace, &mut gradient).unwrap();
    let gradients = gradients.iter().flat_map(|gradient| gradient.flat().to_vec()).collect();
    [vec![loss], gradient.flat().to_vec(), gradients, network.flat_state().to_vec()]
}

fn same(plain: &[Vec<f64>; 4], saving: &[Vec<f64>; 4]) {
    for (plain, saving) in plain.iter().zip(saving) {
        assert!(difference(saving, plain) < 1e-13);
    }
}

#[test]
fn blocks_with_batch_norms_and_dropout() {
    let mut random = Random::new(1);
    let mut image = || {
        let mut image = Tensor::zeros();
        image.as_mut_slice().iter_mut().for_each(|x| *x = random.uniform(-1.0, 1.0));
        image
    };
    let inputs: Vec<_> = (0..5).map(|_| image()).collect();
    let targets = [0, 2, 1, 1, 0];
    same(&step::<Blocks<f64>>(&inputs, &targets), &step::<SavingBlocks<f64>>(&inputs, &targets));
}

#[test]
fn maxima_views_arrays_and_shared_layers() {
    let mut random = Random::new(2);
    let mut draw = || random.uniform(-1.0, 1.0);
    let inputs: Vec<_> = (0..40).map(|_| Tensor::from([draw(), draw(), draw(), draw(), draw(), draw()])).collect();
    let targets: Vec<_> = (0..40).map(|_| Tensor::from([draw(), draw()])).collect();
    same(&step::<Layers<f64>>(&inputs, &targets), &step::<SavingLayers<f64>>(&inputs, &targets));
}

fn for_each_sample<N: CompiledLoss>() -> usize {
    size_of::<N::TrainScratch>()
}

#[test]
fn less_is_remembered() {
    let bytes = |all: [usize; 2]| {
        println!("{} bytes for each sample without checkpoints, {} with", all[0], all[1]);
        all
    };
    // of six blocks what goes in, of one what is in it, instead of all that is in six
    let [plain, saving] = bytes([for_each_sample::<Blocks>(), for_each_sample::<SavingBlocks>()]);
    assert!(saving * 5 < plain * 3);
    let [plain, saving] = bytes([for_each_sample::<Layers>(), for_each_sample::<SavingLayers>()]);
    assert!(saving * 4 < plain * 3);
    assert_eq!(Blocks::INFER_BYTES, SavingBlocks::INFER_BYTES);
    assert_eq!(Blocks::MACS, SavingBlocks::MACS);
}
