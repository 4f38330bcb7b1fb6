//! What `reduction` makes of losses, and what the terms of a network's loss are over a batch.

use nn_core::CompiledLoss;
use nn_core::prelude::*;
use nn_core::typenum::{U1, U3};

/// A loss of one's own under the three reductions.
macro_rules! reduced {
    ($mean:ident, $sum:ident, $batch_mean:ident: $($text:tt)*) => {
        reduced!(@ $mean, mean, $($text)*);
        reduced!(@ $sum, sum, $($text)*);
        reduced!(@ $batch_mean, batchmean, $($text)*);
    };
    (@ $name:ident, $reduction:ident, $($text:tt)*) => {
        network! {
            #[allow(dead_code)]
            struct $name;
            fn forward(x: [3]) -> [3] { 1 * x }
            loss(t: [3]) = own(output, t, reduction = $reduction);
            $($text)*
        }
    };
}

reduced! { HalfMean, HalfSum, HalfBatchMean:
    loss own(y: [N], t: [N]) -> l: [] { l = 0.5 * mean[i](sq(y[i] - t[i])); }
}
reduced! { NamedMean, NamedSum, NamedBatchMean:
    loss own<flag: bool = true>(y: [N], t: [N]) -> l: [] {
        e = mean[i](sq(y[i] - t[i]));
        train { e = -(-e) / 4; } infer { e = e / 4; }
        if flag { l = e + where(y[0] < 100, e, mean[i](y[i])) - 0; } else { l = sqrt(e); }
    }
}
reduced! { WholeMean, WholeSum, WholeBatchMean:
    loss own(y: [N], t: [N]) -> l: [] { l = sq(y - t).mean() * 0.5; }
}
reduced! { CalledMean, CalledSum, CalledBatchMean:
    fn squares(y: [N], t: [N]) -> s: [] { s = mean[i](sq(y[i] - t[i])); }
    loss own(y: [N], t: [N]) -> l: [] { l = 0.25 * squares(y, t) + mse(y, t) / 4; }
}
// a mean inside of a mean belongs to the sample
reduced! { CentredMean, CentredSum, CentredBatchMean:
    loss own(y: [N], t: [N]) -> l: [] { m = mean[i](t[i]); l = mean[i](0.5 * sq(y[i] - t[i] + m - mean[j](t[j]))); }
}

const INPUTS: [[f64; 3]; 2] = [[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]];
const TARGETS: [[f64; 3]; 2] = [[0.25, 0.5, 1.0], [-1.0, 2.0, 0.0]];

fn loss<N>() -> f64
where
    N: Train<Scalar = f64, Input = Tensor<(U3,), f64>> + CompiledLoss<Target = Tensor<(U3,), f64>>,
{
    let mut workspace = nn_core::train_workspace::<N>();
    N::init_as(1).loss(&INPUTS.map(Tensor::from), &TARGETS.map(Tensor::from), &mut workspace).unwrap()
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-14 * expected.abs().max(1.0), "{found} is not {expected}");
}

/// Half the squares of all differences.
fn half_squares() -> f64 {
    let pairs = INPUTS.iter().flatten().zip(TARGETS.iter().flatten());
    pairs.map(|(y, t)| 0.5 * (y - t) * (y - t)).sum()
}

#[test]
fn every_mean_follows_the_reduction() {
    let half = half_squares();
    for [mean, sum, batch_mean] in [
        [loss::<HalfMean<f64>>(), loss::<HalfSum<f64>>(), loss::<HalfBatchMean<f64>>()],
        [loss::<NamedMean<f64>>(), loss::<NamedSum<f64>>(), loss::<NamedBatchMean<f64>>()],
        [loss::<WholeMean<f64>>(), loss::<WholeSum<f64>>(), loss::<WholeBatchMean<f64>>()],
        [loss::<CalledMean<f64>>(), loss::<CalledSum<f64>>(), loss::<CalledBatchMean<f64>>()],
        [loss::<CentredMean<f64>>(), loss::<CentredSum<f64>>(), loss::<CentredBatchMean<f64>>()],
    ] {
        near(mean, half / 6.0);
        near(sum, half);
        near(batch_mean, half / 2.0);
    }
}

/// A network of three numbers with a loss.
macro_rules! with_loss {
    ($($name:ident { $($loss:tt)* })*) => {$(
        network! {
            #[allow(dead_code)]
            struct $name;
            fn forward(x: [3]) -> [3] { 1 * x }
            $($loss)*
        }
    )*};
}

with_loss! {
    Said { loss(t: [3]) = mse(output, t, reduction = sum) - 0.5 * sum_over_batch(sum[n](output[n] * t[n])); }
    All { loss(t: [3], reduction = sum,) = mse(output, t) - 0.5 * sum[n](output[n] * t[n]); }
    Averaged { loss(t: [3]) = mse(output, t, reduction = sum) - 0.5 * mean_over_batch(sum[n](output[n] * t[n])); }
    Exceptional { loss(t: [3], reduction = sum) = mse(output, t, reduction = mean) - sum[n](output[n] * t[n]) / 2; }
    Within { loss(t: [3], reduction = batchmean) = mse(output, t) - 0.5 * sum[n](output[n] * t[n]); }
    Products { loss(t: [3]) = sum_over_batch(t[0] * mse(output, t)); }
    OfItself { loss(t: [3]) = mse(output, x) + 0.5 * mse(t, x, reduction = mean) + 0.0 * l1(output, t); }
}

network! {
    #[allow(dead_code)]
    struct Encoded { code: Linear(3 => 3) }
    fn forward(x: [3]) -> [3] { code(x) }
    loss = mse(output, x);
}

#[test]
fn terms_are_summed_or_averaged_as_they_say() {
    let squares = 2.0 * half_squares();
    let pairs = INPUTS.iter().flatten().zip(TARGETS.iter().flatten());
    let products: f64 = pairs.map(|(y, t)| y * t).sum();
    near(loss::<Said<f64>>(), squares - 0.5 * products);
    near(loss::<All<f64>>(), squares - 0.5 * products);
    near(loss::<Averaged<f64>>(), squares - 0.25 * products);
    near(loss::<Exceptional<f64>>(), squares / 6.0 - 0.5 * products);
    near(loss::<Within<f64>>(), squares / 2.0 - 0.25 * products);
    let weighted = INPUTS.iter().zip(&TARGETS).map(|(y, t)| {
        let squares: f64 = y.iter().zip(t).map(|(y, t)| (y - t) * (y - t)).sum();
        t[0] * squares / 3.0
    });
    near(loss::<Products<f64>>(), weighted.sum());
    near(loss::<OfItself<f64>>(), 0.5 * squares / 6.0);
}

#[test]
fn an_input_is_its_own_target() {
    let network = Encoded::<f64>::init_as(1);
    let inputs = INPUTS.map(Tensor::from);
    let mut output = Tensor::zeros();
    let mut expected = 0.0;
    for input in &inputs {
        network.forward(input, &mut [nn_core::Plain::zeroed()], &mut output);
        let pairs = output.as_slice().iter().zip(input.as_slice());
        expected += pairs.map(|(y, x): (&f64, &f64)| (y - x) * (y - x)).sum::<f64>() / 6.0;
    }
    let targets = [[]; 2];
    near(network.loss(&inputs, &targets, &mut nn_core::train_workspace::<Encoded<f64>>()).unwrap(), expected);
}

network! {
    struct Penalised { scale: Scale(1) }
    fn forward(x: [1]) -> [1] { scale(x) }
    loss(t: [1], reduction = sum) = mse(output, t) + 3 * sum[i](sq(scale.weight[i]));
    layer Scale<N>(x: [N]) -> y: [N] { param weight: [N] = 2; y[n] = weight[n] * x[n]; }
}

#[test]
fn what_is_the_same_for_all_samples_counts_once() {
    let mut network = Penalised::<f64>::init_as(1);
    let (inputs, targets) = ([1.0, 2.0, 3.0].map(Tensor::<(U1,), f64>::filled), [0.0; 3].map(Tensor::filled));
    let mut workspace = nn_core::train_workspace::<Penalised<f64>>();
    let mut gradient = nn_core::zero_gradient::<Penalised<f64>>();
    let loss = network.gradient(&inputs, &targets, Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
    near(loss, 4.0 * 14.0 + 12.0);
    near(gradient.scale.weight[[0]], 2.0 * 2.0 * 14.0 + 12.0);
}
