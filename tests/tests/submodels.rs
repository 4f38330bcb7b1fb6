//! A network as a layer of others: a trained body under a new head.

use nn_core::prelude::*;

nn_core::formulas! {
    mod shapes {
        layer Residual<C>(x: [C, H, W]) -> y: [C, H, W] {
            conv: Conv2d(C => C, kernel = 3, padding = 1),
            y = (x + conv(x)).relu();
        }
    }
}

network! {
    use shapes;
    /// What is trained once.
    #[layer]
    pub(crate) struct Body {
        stem: Conv2d(1 => 2, kernel = 3, padding = 1),
        blocks: [Residual(2); 2],
        // used before the layer in front of it
        norm: BatchNorm2d(2),
        unused_order: Conv2d(2 => 2, kernel = 1),
    }
    fn forward(image: [1, 4, 4]) -> [2, 4, 4] { norm(blocks(unused_order(stem(image).softened()))) }
    fn softened(x) = x * sigmoid(x);
    loss = mse;
}

network! {
    use crate::Body;
    struct Classifier { head: Linear(32 => 3), body: Body() }
    fn forward(image: [1, 4, 4]) -> [3] { head(body(image).flatten()) }
    loss = cross_entropy;
}

network! {
    use crate::Body;
    use shapes;
    #[layer]
    struct Pair { one: Body, two: Body, end: Residual(2) }
    fn forward(left: [1, 4, 4], right: [1, 4, 4]) -> [2, 4, 4] { end(one(left) + two(right)) }
}

/// An image that is not the same anywhere.
fn image() -> Tensor<(nn_core::typenum::U1, nn_core::typenum::U4, nn_core::typenum::U4)> {
    let mut image = Tensor::zeros();
    image.as_mut_slice().iter_mut().zip(0u8..).for_each(|(pixel, at)| *pixel = (f32::from(at) * 0.7).sin());
    image
}

#[test]
fn a_body_is_taken_over_as_it_is() {
    let trained = Body::init(3);
    let mut classifier = Classifier::init(4);
    classifier.params.body = trained.params.clone();
    classifier.state.body = trained.state.clone();
    let mut features = Session::new(trained);
    let features = features.forward(&image()).as_slice().to_vec();
    let head = &classifier.params.head;
    let logit = |class: usize| -> f32 {
        let weights = &head.weight.as_slice()[class * 32..][..32];
        head.bias[[class]] + weights.iter().zip(&features).map(|(w, x)| w * x).sum::<f32>()
    };
    let expected: Vec<f32> = (0..3).map(logit).collect();
    let mut session = Session::new(classifier);
    for (found, expected) in session.forward(&image()).as_slice().iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5, "{found} for {expected}");
    }
}

#[test]
fn the_table_of_parameters_is_in_the_order_of_memory() {
    let names: Vec<&str> = Classifier::PARAMETERS.iter().map(|parameter| parameter.name).collect();
    assert_eq!(
        names,
        [
            "head.weight",
            "head.bias",
            "body.stem.weight",
            "body.stem.bias",
            "body.blocks.0.conv.weight",
            "body.blocks.0.conv.bias",
            "body.blocks.1.conv.weight",
            "body.blocks.1.conv.bias",
            "body.norm.weight",
            "body.norm.bias",
            "body.unused_order.weight",
            "body.unused_order.bias",
        ]
    );
    let classifier = Classifier::init(1);
    let row = Classifier::PARAMETERS.iter().find(|row| row.name == "body.blocks.1.conv.weight").unwrap();
    let flat = &classifier.flat_params()[row.range()];
    assert_eq!(flat, classifier.params.body.blocks[1].conv.weight.as_slice());
    assert_eq!(Classifier::PARAMS, classifier.flat_params().len());
}

#[test]
fn both_learn() {
    let mut classifier = Classifier::init(2);
    let inputs = [image(), Tensor::filled(0.3), Tensor::filled(-0.4)];
    let targets = [0, 1, 2];
    let mut workspace = nn_core::train_workspace_for::<Classifier>(3);
    let mut gradient = nn_core::zero_gradient::<Classifier>();
    let adam = Adam::new(0.01);
    let mut state = adam.state();
    let mut losses = Vec::new();
    for step in 0..60 {
        let draw = Draw::new(1, step);
        losses.push(classifier.gradient(&inputs, &targets, draw, &mut workspace, &mut gradient).unwrap());
        adam.step(&mut classifier.params, &gradient, &mut state, 1.0).unwrap();
    }
    assert!(losses[59] < 0.2 * losses[0], "{losses:?}");
    assert_ne!(classifier.state.body.norm.running_mean.as_slice(), [0.0, 0.0]);
}

#[test]
fn networks_nest() {
    assert_eq!(Pair::PARAMS, 2 * Body::PARAMS + 38);
}
