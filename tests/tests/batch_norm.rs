//! Batch norms of few values: one sample is enough where it has several values of each channel.

use nn_core::prelude::*;

network! {
    struct Rows { norm: BatchNorm1d(2) }
    fn forward(x: [2]) -> [2] { norm(x) }
    loss = mse;
}

network! {
    struct Images { norm: BatchNorm2d(1) }
    fn forward(x: [1, 2, 2]) -> [1, 2, 2] { norm(x) }
    loss = mse;
}

network! {
    struct Points { norm: BatchNorm2d(2) }
    fn forward(x: [2, 1, 1]) -> [2, 1, 1] { norm(x) }
    loss = mse;
}

network! {
    /// Sizes that the macro cannot see.
    struct Any<H, W> { norm: BatchNorm2d(1) }
    fn forward(x: [1, H, W]) -> [1, H, W] { norm(x) }
    loss = mse;
}

network! {
    /// The first statistic is over pixels, the second over samples alone.
    #[allow(nn::bias_before_batch_norm)]
    struct Both { norm: BatchNorm2d(2), fc: Linear(2 => 3), last: BatchNorm1d(3) }
    fn forward(x: [2, 2, 2]) -> [3] { last(fc(norm(x).mean(axis = 2).mean(axis = 1))) }
    loss = mse;
}

network! {
    /// What a loss adds up over the samples is no statistic of the network.
    struct Plain { fc: Linear(2 => 2) }
    fn forward(x: [2]) -> [2] { fc(x) }
    loss = mse;
}

/// The loss and the gradient of one sample.
fn one_sample<N: Train<Scalar = f64>>(network: &mut N, input: &N::Input, target: &N::Target) -> Result<f64, Error> {
    let mut gradient = nn_core::zero_gradient::<N>();
    let mut workspace = nn_core::train_workspace_for::<N>(1);
    let (inputs, targets) = (std::slice::from_ref(input), std::slice::from_ref(target));
    network.gradient(inputs, targets, Draw::new(0, 0), &mut workspace, &mut gradient)
}

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }
}

#[test]
fn one_value_of_a_channel_has_no_variance() {
    let refused = Error::BatchOfOne;
    let zeros = Tensor::zeros();
    assert_eq!(
        one_sample(&mut *Rows::<f64>::init_as(1), &Tensor::from([1.0, 2.0]), &Tensor::zeros()),
        Err(refused.clone())
    );
    assert_eq!(one_sample(&mut *Points::<f64>::init_as(1), &zeros, &Tensor::zeros()), Err(refused.clone()));
    assert_eq!(one_sample(&mut *Both::<f64>::init_as(1), &Tensor::zeros(), &Tensor::zeros()), Err(refused.clone()));
    let error = refused.to_string();
    assert!(error.contains("one sample has one value of a channel") && error.contains("two samples"), "{error}");
}

#[test]
fn one_image_has_the_statistics_of_its_pixels() {
    let mut network = Images::<f64>::init_as(1);
    let (inputs, targets) = ([Tensor::from([[[1.0, 2.0], [3.0, 4.0]]])], [Tensor::from([[[1.0, 0.0], [0.0, 0.0]]])]);
    let mut workspace = nn_core::train_workspace_for::<Images<f64>>(1);
    let (mut gradient, mut gradients) = (nn_core::zero_gradient::<Images<f64>>(), [Tensor::zeros()]);
    let wanted = (Some(&mut *gradient), Some(&mut gradients[..]));
    let draw = Draw::new(0, 0);
    let loss = network.gradients(&inputs, &targets, draw, &mut workspace, wanted.0, wanted.1).unwrap();
    // PyTorch's formulas: mean 2.5, variance 1.25
    near(&[loss], &[1.9208097100484627]);
    near(gradient.norm.weight.as_slice(), &[2.670801710112462]);
    near(gradient.norm.bias.as_slice(), &[-0.5]);
    near(gradients[0].as_slice(), &[-0.1341699518697181, 0.1788825860382485, 0.044723317289906, -0.0894359514584364]);
    network.gradient(&inputs, &targets, draw, &mut workspace, &mut gradient).unwrap();
    near(network.flat_state(), &[0.25, 1.0666666666666667]); // 0.1 * 2.5 and 0.9 + 0.1 * 1.25 * 4 / 3
}

#[test]
fn a_trainer_takes_batches_of_one_image() {
    let images = |count: usize| -> Dataset<Tensor<_, f64>, _> {
        (0..count).map(|at| (Tensor::from([[[1.0, at as f64], [3.0, 4.0]]]), Tensor::zeros())).collect()
    };
    let mut session = Session::new(Images::<f64>::init_as(1));
    let history = Trainer::new(Sgd::new(0.1)).batch(1).quiet().fit(&mut session, &images(3), None).unwrap();
    assert!(history.epochs[9].training_loss < history.epochs[0].training_loss);
    let rows: Dataset<_, _> = (0..3).map(|at| (Tensor::filled(f64::from(at)), Tensor::zeros())).collect();
    let mut session = Session::new(Rows::<f64>::init_as(1));
    let error = Trainer::new(Sgd::new(0.1)).batch(2).quiet().fit(&mut session, &rows, None).unwrap_err();
    assert!(error.to_string().contains("leave no batch of one sample"), "{error}");
}

#[test]
fn sizes_that_the_macro_cannot_see_decide_too() {
    use nn_core::typenum::{U1, U2};
    let single = one_sample(&mut *Any::<U1, U1, f64>::init_as(1), &Tensor::zeros(), &Tensor::zeros());
    assert_eq!(single, Err(Error::BatchOfOne));
    let (mut literal, mut generic) = (Images::<f64>::init_as(1), Any::<U2, U2, f64>::init_as(1));
    let (image, target) = (Tensor::from([[[1.0, 2.0], [3.0, 4.0]]]), Tensor::from([[[1.0, 0.0], [0.0, 0.0]]]));
    assert_eq!(one_sample(&mut *generic, &image, &target), one_sample(&mut *literal, &image, &target));
    assert_eq!(generic.flat_state(), literal.flat_state());
    assert!(one_sample(&mut *Any::<U1, U2, f64>::init_as(1), &Tensor::zeros(), &Tensor::zeros()).is_ok());
    assert_eq!([Plain::<f64>::LEAST_BATCH, Images::<f64>::LEAST_BATCH, Any::<U1, U1, f64>::LEAST_BATCH], [1, 1, 2]);
}
