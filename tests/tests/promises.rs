//! What `docs/contract.md` promises of bits.

use nn_core::prelude::*;
use nn_core::typenum::{U3, U6, U9, U37};
use nn_core::{Compiled, CompiledLoss, Plain};

network! {
    /// Dense, with dropout.
    struct Dropping {
        fc1: Linear(37 => 19),
        fc2: Linear(19 => 5),
    }
    fn forward(x: [37]) -> [5] {
        fc2(fc1(x).relu().dropout(0.4))
    }
    loss = cross_entropy;
}

network! {
    /// Sizes as numbers.
    struct Literal {
        fc1: Linear(37 => 9),
        fc2: Linear(9 => 6),
        fc3: Linear(12 => 3),
    }
    fn forward(x: [37]) -> [3] {
        let h = fc2(fc1(x).gelu());
        fc3(concat(h.softplus(), h))
    }
    loss = mse;
}

network! {
    /// The same with sizes as type parameters.
    struct Generic<In, First, Second, Out> {
        fc1: Linear(In => First),
        fc2: Linear(First => Second),
        fc3: Linear(2 * Second => Out),
    }
    fn forward(x: [In]) -> [Out] {
        let h = fc2(fc1(x).gelu());
        fc3(concat(h.softplus(), h))
    }
    loss = mse;
}

network! {
    /// Convolutions with their length as a number.
    struct LiteralLength {
        conv1: Conv1d(3 => 8, kernel = 5, padding = 2),
        conv2: Conv1d(8 => 4, kernel = 3, padding = 1),
    }
    fn forward(x: [3, 37]) -> [4, 37] {
        conv2(conv1(x).tanh())
    }
    loss = mse;
}

network! {
    /// The same with the length as a type parameter.
    struct GenericLength<Length> {
        conv1: Conv1d(3 => 8, kernel = 5, padding = 2),
        conv2: Conv1d(8 => 4, kernel = 3, padding = 1),
    }
    fn forward(x: [3, Length]) -> [4, Length] {
        conv2(conv1(x).tanh())
    }
    loss = mse;
}

/// Numbers between -1 and 1.
fn random<S: nn_core::Shape, T: Scalar>(sample: usize) -> Tensor<S, T> {
    let draw = Draw::new(9, 9);
    let mut tensor = Tensor::zeros();
    for (at, element) in tensor.as_mut_slice().iter_mut().enumerate() {
        *element = draw.uniform::<T>(0, sample, at) * T::from_f64(2.0) - T::ONE;
    }
    tensor
}

fn bits<T: Scalar>(values: &[T]) -> Vec<u64> {
    values.iter().map(|value| value.to_f64().to_bits()).collect()
}

#[test]
fn a_sample_has_the_same_bits_alone_and_in_a_batch() {
    fn check<T: Scalar>() {
        let network = Dropping::<T>::init_as(3);
        let inputs: Vec<_> = (0..60).map(random).collect();
        let mut together = vec![Tensor::zeros(); 60];
        let mut workspace = vec![Plain::zeroed(); 60];
        network.forward_batch(&inputs, &mut workspace, &mut together).unwrap();
        for (input, expected) in inputs.iter().zip(&together) {
            let mut alone = Tensor::zeros();
            network.forward(input, &mut workspace[..1], &mut alone);
            assert_eq!(bits(alone.as_slice()), bits(expected.as_slice()));
        }
    }
    check::<f32>();
    check::<f64>();
}

/// The bits of loss and gradient with a workspace for tiles of so many samples.
fn gradient_bits<T: Scalar>(tile: usize, draw: Draw) -> Vec<u64> {
    let mut network = Dropping::<T>::init_as(3);
    let inputs: Vec<_> = (0..100).map(random).collect();
    let targets: Vec<usize> = (0..100).map(|at| at * 3 % 5).collect();
    let mut workspace: Vec<<Dropping<T> as CompiledLoss>::TrainScratch> = (0..tile).map(|_| Plain::zeroed()).collect();
    let mut gradient = nn_core::zero_gradient::<Dropping<T>>();
    let loss = network.gradient(&inputs, &targets, draw, &mut workspace, &mut gradient).unwrap();
    let mut found = bits(gradient.flat());
    found.push(loss.to_f64().to_bits());
    found
}

network! {
    /// Convolutions, a layer that is used twice, parameters that a formula transforms.
    struct Mixed {
        conv: Conv2d(2 => 4, kernel = 3, padding = 1),
        fc: Linear(36 => 36),
        scale: Scale(36),
    }
    layer Scale<N>(x: [N]) -> y: [N] {
        param raw: [N] = normal(0, 1);
        factor[n] = softplus(raw[n]);
        y[n] = x[n] * factor[n] / sum[m](factor[m]);
    }
    fn forward(image: [2, 6, 6]) -> [36] {
        let x = conv(image).relu().max_pool2d(2).flatten();
        fc(scale(fc(x).tanh()) + x)
    }
    loss = mse;
}

#[test]
fn a_gradient_of_any_network_has_the_same_bits_however_the_slice_is_tiled() {
    fn check<T: Scalar>() {
        let mut network = Mixed::<T>::init_as(4);
        let inputs: Vec<_> = (0..50).map(random).collect();
        let targets: Vec<_> = (50..100).map(random).collect();
        let mut all = Vec::new();
        for tile in [1, 3, 16, 50, 64] {
            let mut workspace: Vec<<Mixed<T> as CompiledLoss>::TrainScratch> =
                (0..tile).map(|_| Plain::zeroed()).collect();
            let mut gradient = nn_core::zero_gradient::<Mixed<T>>();
            let draw = Draw::new(0, 0);
            let loss = network.gradient(&inputs, &targets, draw, &mut workspace, &mut gradient).unwrap();
            all.push((loss.to_f64().to_bits(), bits(gradient.flat())));
        }
        assert!(all.windows(2).all(|pair| pair[0] == pair[1]));
    }
    check::<f32>();
    check::<f64>();
}

#[test]
fn a_gradient_has_the_same_bits_however_the_slice_is_tiled() {
    let draw = Draw::new(5, 17);
    let (single, double) = (gradient_bits::<f32>(100, draw), gradient_bits::<f64>(100, draw));
    for tile in [1, 7, 16, 64] {
        assert_eq!(gradient_bits::<f32>(tile, draw), single, "tiles of {tile}");
        assert_eq!(gradient_bits::<f64>(tile, draw), double, "tiles of {tile}");
    }
}

#[test]
fn dropout_repeats_for_the_same_seed_and_step() {
    let bits = |seed, step| gradient_bits::<f32>(64, Draw::new(seed, step));
    assert_eq!(bits(1, 2), bits(1, 2));
    assert_ne!(bits(1, 2), bits(1, 3));
    assert_ne!(bits(1, 2), bits(2, 2));
}

#[test]
fn dropout_keeps_the_mean() {
    network! {
        struct Drop {}
        fn forward(x: [1000]) -> [1000] { x.dropout(0.3) }
        loss = mse;
    }
    let network = Drop::<f64>::init_as(0);
    let (input, target) = ([Tensor::filled(1.0)], [Tensor::filled(0.0)]);
    let mut workspace = nn_core::train_workspace::<Drop<f64>>();
    let mut gradients = [Tensor::zeros()];
    let mut kept = 0;
    for step in 0..100 {
        network.input_gradient(&input, &target, Draw::new(4, step), &mut workspace, &mut gradients).unwrap();
        kept += gradients[0].as_slice().iter().filter(|slope| **slope != 0.0).count();
    }
    // of 100000 with a standard deviation of 145
    assert!((kept as i64 - 70_000).abs() < 600, "{kept}");
    // while predicting, nothing is dropped
    let mut output = Tensor::zeros();
    network.forward(&input[0], &mut [Plain::zeroed()], &mut output);
    assert!(output.as_slice().iter().all(|y| *y == 1.0));
}

/// The bits of a loss and its gradient.
fn trained_bits<N>(network: &mut N) -> (Vec<u64>, Vec<u64>)
where
    N: CompiledLoss,
    N::Input: Random,
    N::Target: Random,
{
    let inputs: Vec<_> = (0..20).map(N::Input::random).collect();
    let targets: Vec<_> = (20..40).map(N::Target::random).collect();
    let mut workspace = nn_core::train_workspace::<N>();
    let mut gradient = nn_core::zero_gradient::<N>();
    let loss = network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
    (bits(&[loss]), bits(gradient.flat()))
}

/// What numbers between -1 and 1 can be drawn for.
trait Random: Sized {
    fn random(sample: usize) -> Self;
}

impl<S: nn_core::Shape, T: Scalar> Random for Tensor<S, T> {
    fn random(sample: usize) -> Self {
        random(sample)
    }
}

#[test]
fn generic_and_literal_sizes_give_the_same_bits() {
    type Dense<T> = Generic<U37, U9, U6, U3, T>;
    type Convolutions<T> = GenericLength<U37, T>;
    fn check<T: Scalar>() {
        assert_eq!(trained_bits(&mut *Literal::<T>::init_as(8)), trained_bits(&mut *Dense::<T>::init_as(8)));
        let literal = trained_bits(&mut *LiteralLength::<T>::init_as(8));
        assert_eq!(literal, trained_bits(&mut *Convolutions::<T>::init_as(8)));
    }
    check::<f32>();
    check::<f64>();
}

#[test]
fn an_empty_slice_and_a_class_out_of_range_are_errors() {
    let mut network = Dropping::<f32>::init_as(1);
    let mut workspace = nn_core::train_workspace::<Dropping>();
    let mut gradient = nn_core::zero_gradient::<Dropping>();
    let none = Vec::<Tensor<_, f32>>::new();
    let empty = network.gradient(&none, &[0; 0], Draw::new(0, 0), &mut workspace, &mut gradient);
    assert_eq!(empty, Err(Error::Empty { what: "gradient" }));
    let input = [random(0)];
    let wrong = network.gradient(&input, &[5], Draw::new(0, 0), &mut workspace, &mut gradient).unwrap_err();
    assert_eq!(wrong.to_string(), "sample 0: target 5 is out of range: it must be less than 5");
    let lengths = network.loss(&input, &[1, 2], &mut workspace).unwrap_err();
    assert_eq!(lengths.to_string(), "targets for the inputs: expected 1, found 2");
}

#[test]
fn sizes_are_known_beforehand() {
    assert_eq!(Dropping::PARAMS, 38 * 19 + 20 * 5);
    assert_eq!(Dropping::MACS, 37 * 19 + 19 * 5);
    assert_eq!(size_of::<<Dropping<f32> as Compiled>::Params>(), 4 * Dropping::PARAMS);
    assert_eq!(Dropping::INFER_BYTES, size_of::<<Dropping<f32> as Compiled>::Scratch>());
    assert_eq!(Generic::<U37, U9, U6, U3>::PARAMS, Literal::PARAMS);
}

#[test]
fn sizes_that_the_macro_does_not_see_are_compared_later() {
    type Hidden = nn_core::typenum::U8;
    network! {
        struct Aliased<In> {
            a: Linear(In => Hidden),
            conv: Conv2d(1 => 2, kernel = 3, padding = 1),
            b: Linear(16 => In),
        }
        fn forward(x: [In]) -> [4] {
            b(conv(a(x).reshape(1, 2, 4)).relu().flatten())
        }
        loss = mse;
    }
    let mut network = Aliased::<nn_core::typenum::U4, f64>::init_as(1);
    let inputs: Vec<_> = (0..5).map(random).collect();
    let targets: Vec<_> = (5..10).map(random).collect();
    let mut workspace = vec![Plain::zeroed(); 2];
    let mut gradient = nn_core::zero_gradient::<Aliased<nn_core::typenum::U4, f64>>();
    let loss = network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
    assert!(loss > 0.0 && gradient.flat().iter().any(|slope| *slope != 0.0));
}
