//! Folded networks as they are emitted, with sizes of every kind, against those that they were folded from.

use nn_core::prelude::*;
use nn_core::typenum::{U3, U4, U5};
use tests::numbers::{Random, difference};

type Hidden = U5;

network! {
    #[folded(FoldedSizes)]
    #[allow(nn::bias_before_batch_norm)] // folding moves it
    struct Sizes<In, Out> {
        a: Linear(In => Hidden),
        a_norm: BatchNorm1d(Hidden),
        b: Linear(Hidden => Out, bias = false),
        b_norm: BatchNorm1d(Out, affine = false),
    }
    fn forward(x: [In], y: [Out]) -> (sum: [Out], first: [Hidden]) {
        let h = a_norm(a(x)).relu();
        (b_norm(b(h)) + y, h)
    }
    loss(t: [Out]) = mse(sum, t);
}

mod body {
    nn_core::network! {
        #[layer]
        #[folded(FoldedBody)]
        pub(crate) struct Body { conv: Conv2d(2 => 6, kernel = 3, groups = 2, bias = false), norm: BatchNorm2d(6) }
        fn forward(image: [2, 6, 6]) -> [6, 4, 4] { norm(conv(image)).hardswish() }
    }
}

network! {
    use crate::body::Body;
    #[folded(FoldedWhole)]
    #[allow(nn::bias_before_batch_norm)] // folding moves it
    struct Whole {
        body: Body,
        blocks: [Residual(6); 3],
        up: ConvTranspose2d(6 => 2, kernel = 3, stride = 2, padding = 1, output_padding = 1),
        up_norm: BatchNorm2d(2),
        head: Normed(_ => 1500),
    }

    /// Two blocks, one with the norm in front.
    layer Residual<C>(x: [C, H, W]) -> y: [C, H, W] {
        a: Conv2d(C => C, kernel = 3, padding = 1, bias = false),
        a_norm: BatchNorm2d(C),
        before: BatchNorm2d(C),
        b: Conv2d(C => C, kernel = 1),
        h = (x + a_norm(a(x))).relu();
        y = h + b(before(h).relu());
    }

    layer Normed<In => Out>(x: [In]) -> y: [Out] {
        param g: [Out] = ones;
        param v: [Out, In] = kaiming_uniform(In);
        w[o, i] = g[o] * v[o, i] / sqrt(sum[j](sq(v[o, j])));
        y[o] = sum[i](w[o, i] * x[i]);
    }

    fn forward(image: [2, 6, 6]) -> [1500] { head(up_norm(up(blocks(body(image)))).relu().flatten()) }
}

/// A network with random parameters and states.
fn random<N: Network>(random: &mut Random) -> Box<N> {
    let mut network = N::init_as(0);
    network.flat_params_mut().iter_mut().for_each(|p| *p = Scalar::from_f64(random.uniform(-0.7, 0.7)));
    network.flat_state_mut().iter_mut().for_each(|s| *s = Scalar::from_f64(random.uniform(0.5, 1.5)));
    network
}

fn names<N: Network>() -> Vec<&'static str> {
    N::PARAMETERS.iter().map(|parameter| parameter.name).collect()
}

fn numbers<T: Scalar>(tensor: &[T]) -> Vec<f64> {
    tensor.iter().map(|x| x.to_f64()).collect()
}

#[test]
fn sizes_that_the_macro_does_not_see() {
    type Net = Sizes<U3, U4, f64>;
    let mut source = Random::new(1);
    let network = random::<Net>(&mut source);
    let folded: Box<FoldedSizes<U3, U4, f64>> = network.fold();
    assert_eq!(names::<FoldedSizes<U3, U4>>(), ["a.weight", "a.bias", "b.weight", "b.bias"]);
    assert_eq!(FoldedSizes::<U3, U4>::PARAMS, 15 + 5 + 20 + 4);
    assert_eq!(FoldedSizes::<U3, U4>::STATES.len(), 0);
    let (mut network, mut folded) = (Session::new(network), Session::new(folded));
    for _ in 0..10 {
        let mut draw = || source.uniform(-1.0, 1.0);
        let input = SizesInput { x: Tensor::from([draw(), draw(), draw()]), y: Tensor::filled(draw()) };
        let (expected, found) = (network.forward(&input), folded.forward(&input));
        assert!(difference(&numbers(found.flat()), &numbers(expected.flat())) < 1e-13);
    }
}

#[test]
fn arrays_networks_as_layers_and_transformed_weights() {
    let mut source = Random::new(2);
    let network = random::<Whole<f64>>(&mut source);
    let folded = network.fold();
    assert_eq!(
        names::<FoldedWhole>()[..10],
        [
            "body.conv.weight",
            "body.conv.bias",
            "blocks.0.a.weight",
            "blocks.0.a.bias",
            "blocks.0.before.weight",
            "blocks.0.before.bias",
            "blocks.0.b.weight",
            "blocks.0.b.bias",
            "blocks.1.a.weight",
            "blocks.1.a.bias",
        ]
    );
    assert_eq!(names::<FoldedWhole>()[20..], ["up.weight", "up.bias", "head.w"]);
    let (mut network, mut folded) = (Session::new(network), Session::new(folded));
    for _ in 0..3 {
        let mut input = Tensor::zeros();
        input.as_mut_slice().iter_mut().for_each(|x| *x = source.uniform(-1.0, 1.0));
        let (expected, found) = (network.forward(&input), folded.forward(&input));
        assert!(difference(&numbers(found.flat()), &numbers(expected.flat())) < 1e-12);
    }
}

#[test]
fn a_network_that_is_a_layer_can_be_folded_alone() {
    let mut source = Random::new(3);
    let network = random::<body::Body>(&mut source);
    let mut folded = network.fold();
    let mut again: Box<body::FoldedBody> = body::FoldedBody::init(9);
    network.fold_into(&mut nn_core::zeroed(), &mut again);
    assert_eq!(folded.flat_params(), again.flat_params());
    // what is folded is a network like others: its parameters can be changed
    folded.params.conv.bias = Tensor::zeros();
    assert_ne!(folded.flat_params(), again.flat_params());
}

#[test]
fn predictions_need_less() {
    const { assert!(FoldedWhole::PARAMS < Whole::PARAMS) };
    const { assert!(FoldedWhole::INFER_BYTES <= Whole::INFER_BYTES) };
    assert_eq!(FoldedWhole::MACS, Whole::MACS);
}
