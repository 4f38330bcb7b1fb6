//! Values and derivatives far from zero and at zero: nothing overflows on the way. The numbers are those of mpmath
//! with 60 digits.

// the digits are those of the source
#![allow(clippy::excessive_precision, clippy::approx_constant)]

use nn_core::prelude::*;
use nn_core::typenum::{U1, U4, U8};
use nn_core::{Compiled, CompiledLoss, Plain, Session};

/// A network of one number without parameters.
macro_rules! of_one_number {
    ($($name:ident($($function:tt)*);)*) => {$(
        network! {
            #[allow(dead_code)]
            struct $name;
            fn forward(x: [1]) -> [1] { x.$($function)* }
            loss(t: [1]) = sum[n](output[n] * t[n]);
        }
    )*};
}

/// A loss of one number.
macro_rules! loss_of_one_number {
    ($($name:ident($($loss:tt)*);)*) => {$(
        network! {
            #[allow(dead_code)]
            struct $name;
            fn forward(x: [1]) -> [1] { 1 * x }
            loss(t: [1]) = $($loss)*;
        }
    )*};
}

of_one_number! {
    Sigmoid(sigmoid());
    Silu(silu());
    Softplus(softplus(threshold = 100));
    SoftplusOfHalf(softplus(beta = 0.5, threshold = 100));
    Usual(softplus());
    LogSigmoid(log_sigmoid());
    Mish(mish());
}

loss_of_one_number! {
    LogCosh(log_cosh(output, t));
    Bce(bce_with_logits(output, t));
    SoftMargin(soft_margin(output, t));
    Sharp(focal(output, t, gamma = 0.5));
    Focal(focal(output, t));
}

/// Where a function is looked at.
const POINTS: [f64; 5] = [-90.0, -17.0, 0.0, 17.0, 90.0];

/// Value and derivative at a point.
fn at<N>(x: f64, t: f64) -> (f64, f64)
where
    N: DerivedByInputs<Input = Tensor<(U1,), <N as Compiled>::Scalar>>
        + CompiledLoss<
            Target = Tensor<(U1,), <N as Compiled>::Scalar>,
            InputGradient = Tensor<(U1,), <N as Compiled>::Scalar>,
        >,
{
    let number = N::Scalar::from_f64;
    let (input, target) = ([Tensor::filled(number(x))], [Tensor::filled(number(t))]);
    let mut gradient = [Tensor::zeros()];
    let mut workspace = nn_core::train_workspace::<N>();
    let network = N::init_as(0);
    let loss = network.input_gradient(&input, &target, Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
    (loss.to_f64(), gradient[0][[0]].to_f64())
}

/// What differs from the values and derivatives at the points; the last bits of what is subtracted on the way may.
fn wrong<N>(name: &str, t: f64, expected: [(f64, f64); 5], tolerance: f64) -> Vec<String>
where
    N: DerivedByInputs<Input = Tensor<(U1,), <N as Compiled>::Scalar>>
        + CompiledLoss<
            Target = Tensor<(U1,), <N as Compiled>::Scalar>,
            InputGradient = Tensor<(U1,), <N as Compiled>::Scalar>,
        >,
{
    let mut wrong = Vec::new();
    for (x, (value, derivative)) in POINTS.into_iter().zip(expected) {
        let found = at::<N>(x, t);
        for (what, found, expected) in [("value", found.0, value), ("derivative", found.1, derivative)] {
            let off = (found - expected).abs();
            // also where it is not a number
            if off.is_nan() || off > tolerance * expected.abs().max(1.0) {
                wrong.push(format!(
                    "{name} in {} at {x} (t = {t}): {what} {found:e}, expected {expected:e}",
                    N::Scalar::NAME
                ));
            }
        }
    }
    wrong
}

macro_rules! holds {
    ($wrong:ident, $($network:ident, $t:expr, $expected:expr;)*) => {$(
        $wrong.extend(wrong::<$network<f32>>(stringify!($network), $t, $expected, 3e-6));
        $wrong.extend(wrong::<$network<f64>>(stringify!($network), $t, $expected, 1e-14));
    )*};
}

/// `ln(1 + exp(x))`
const SOFTPLUS: [(f64, f64); 5] = [
    (8.1940126239905154e-40, 8.1940126239905154e-40),
    (4.1399376330897474e-8, 4.1399375473943306e-8),
    (0.69314718055994531, 0.5),
    (17.000000041399376, 0.99999995860062453),
    (90.0, 1.0),
];

/// A function turned round.
fn mirrored(function: [(f64, f64); 5]) -> [(f64, f64); 5] {
    let mut mirrored = function.map(|(value, derivative)| (value, -derivative));
    mirrored.reverse();
    mirrored
}

#[test]
fn activations() {
    let mut wrong_ones = Vec::new();
    holds! {
        wrong_ones,
        Sigmoid, 1.0, [
            (8.1940126239905154e-40, 8.1940126239905154e-40),
            (4.1399375473943306e-8, 4.1399373760035016e-8),
            (0.5, 0.25),
            (0.99999995860062453, 4.1399373760035016e-8),
            (1.0, 8.1940126239905154e-40),
        ];
        Silu, 1.0, [
            (-7.3746113615914639e-38, -7.2926712353515587e-38),
            (-7.037893830570362e-7, -6.6238997844665197e-7),
            (0.0, 0.5),
            (16.999999296210617, 1.0000006623899784),
            (90.0, 1.0),
        ];
        Mish, 1.0, [
            (-7.3746113615914639e-38, -7.2926712353515587e-38),
            (-7.0378939762525666e-7, -6.6239000672613755e-7),
            (0.0, 0.6),
            (16.999999999999942, 1.0000000000001131),
            (90.0, 1.0),
        ];
        Softplus, 1.0, SOFTPLUS;
        Usual, 1.0, SOFTPLUS;
        LogSigmoid, -1.0, mirrored(SOFTPLUS);
    }
    assert!(wrong_ones.is_empty(), "{}", wrong_ones.join("\n"));
    assert_eq!(at::<SoftplusOfHalf<f32>>(180.0, 1.0), (180.0, 1.0));
    assert_eq!(at::<Softplus<f64>>(99.0, 1.0), (99.0, 1.0));
}

#[test]
fn losses() {
    let mut wrong_ones = Vec::new();
    let log_cosh = [
        (89.306852819440055, -1.0),
        (16.306852819440056, -0.99999999999999657),
        (0.0, 0.0),
        (16.306852819440056, 0.99999999999999657),
        (89.306852819440055, 1.0),
    ];
    holds! {
        wrong_ones,
        LogCosh, 0.0, log_cosh;
        Bce, 0.0, SOFTPLUS;
        Bce, 1.0, mirrored(SOFTPLUS);
        SoftMargin, -1.0, SOFTPLUS;
        SoftMargin, 1.0, mirrored(SOFTPLUS);
        Sharp, 0.0, [
            (1.7591635039071857e-59, 2.6387452558607785e-59),
            (6.317597554306881e-12, 9.4763960699157274e-12),
            (0.3675968038007052, 0.35706424389513162),
            (12.74999976712851, 0.7500002173467169),
            (67.5, 0.75),
        ];
        Sharp, 1.0, [
            (22.5, -0.25),
            (4.2499999223761701, -0.25000007244890563),
            (0.1225322679335684, -0.11902141463171054),
            (2.105865851435627e-12, -3.1587986899719091e-12),
            (5.8638783463572857e-60, -8.7958175195359285e-60),
        ];
        Focal, 1.0, [
            (22.5, -0.25),
            (4.249999658455159, -0.25000032084513293),
            (0.043321698784996582, -0.074571698784996582),
            (1.7738683569785572e-23, -5.321604887343066e-23),
            (1.3754027704351142e-118, -4.1262083113053426e-118),
        ];
    }
    assert!(wrong_ones.is_empty(), "{}", wrong_ones.join("\n"));
}

#[test]
fn what_is_nearly_right_keeps_a_small_focal_loss() {
    let near = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-4, "{found:e} {expected:e}");
    for (value, derivative) in [at::<Sharp<f32>>(17.0, 1.0), at::<Sharp<f64>>(17.0, 1.0)] {
        near(value, 2.105865851435627e-12);
        near(derivative, -3.1587986899719091e-12);
    }
    for x in [1e3, 3e38] {
        for x in [x, -x] {
            let (_, derivative) = at::<Sharp<f32>>(x, 1.0);
            assert!(derivative.is_finite(), "{x}: {derivative}");
        }
    }
}

network! {
    struct Norms;
    fn forward(x: [4]) -> (norm: [], deviation: [], variance: [], total: [], up_to: [4]) {
        (x.norm(), x.std(), x.var(axis = 0), x.logsumexp(), x.cumsum())
    }
    loss(weights: [8]) = norm * weights[0] + deviation * weights[1] + variance * weights[2] + total * weights[3]
        + sum[n](up_to[n] * weights[n + 4]);
}

/// The values of the five functions, and the derivative of one of them.
fn norms(x: [f64; 4], of: usize) -> (Vec<f64>, [f64; 4]) {
    let network = Norms::<f64>::init_as(0);
    let (mut workspace, mut output) = ([Plain::zeroed(); 1], NormsOutput::zeroed());
    network.forward(&Tensor::from(x), &mut workspace, &mut output);
    let alone = [&output.norm, &output.deviation, &output.variance, &output.total].map(|number| number.as_slice()[0]);
    let values = [&alone[..], output.up_to.as_slice()].concat();
    let mut weights = Tensor::<(U8,), f64>::zeros();
    weights.as_mut_slice()[of] = 1.0;
    let mut gradient = [Tensor::<(U4,), f64>::zeros()];
    let mut workspace = nn_core::train_workspace::<Norms<f64>>();
    let samples = ([Tensor::from(x)], [weights]);
    network.input_gradient(&samples.0, &samples.1, Draw::new(0, 0), &mut workspace, &mut gradient).unwrap();
    (values, gradient[0].as_slice().try_into().unwrap())
}

#[test]
fn norms_have_the_derivative_zero_where_there_is_none() {
    assert_eq!(norms([0.0; 4], 0), (vec![0.0, 0.0, 0.0, 4f64.ln(), 0.0, 0.0, 0.0, 0.0], [0.0; 4]));
    assert_eq!(norms([2.5; 4], 1).1, [0.0; 4]);
    assert_eq!(norms([2.5; 4], 2).1, [0.0; 4]);
    assert!(norms([f64::NAN, 0.0, 0.0, 0.0], 0).0[..4].iter().all(|value| value.is_nan()));
}

#[test]
fn norms_have_the_values_of_pytorch() {
    let near = |found: &[f64], expected: &[f64]| {
        let off = found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(found.len() == expected.len() && off < 1e-15, "{found:?} {expected:?}");
    };
    let x = [1.0, 2.0, 4.0, -2.0];
    let (values, by_norm) = norms(x, 0);
    let total = x.iter().map(|x: &f64| x.exp()).sum::<f64>();
    // the variance is divided by 4 - 1
    near(&values, &[5.0, 6.25f64.sqrt(), 6.25, total.ln(), 1.0, 3.0, 7.0, 5.0]);
    near(&by_norm, &[0.2, 0.4, 0.8, -0.4]);
    near(&norms(x, 2).1, &[-0.25, 0.75, 2.75, -3.25].map(|d| d * 2.0 / 3.0));
    near(&norms(x, 3).1, &x.map(|x| x.exp() / total));
    near(&norms(x, 6).1, &[1.0, 1.0, 1.0, 0.0]);
    // neither overflows nor takes infinities from each other
    near(&[norms([1e3, 1e3, -1e3, -1e3], 3).0[3]], &[1e3 + 2f64.ln()]);
    assert_eq!(norms([f64::NEG_INFINITY; 4], 3).0[3], f64::NEG_INFINITY);
    assert_eq!(norms([f64::INFINITY, 0.0, 0.0, 0.0], 3).0[3], f64::INFINITY);
}

network! {
    /// Quotients of indices that are whole now and then, as a value and as a position.
    struct Quotients;
    fn forward(x: [40]) -> (sevenths: [99], halves: [99], sizes: [99], read: [99]) {
        (x.sevenths(), x.halves(), x.sizes(of = 7, by = 23), x.read())
    }

    fn sevenths(x: [40]) -> y: [99] { y[j] = floor(j*7/23) + x[0]; }
    fn halves(x: [40]) -> y: [99] { y[j] = floor((j + 0.5)*15/47 - 0.5) + x[0]; }
    fn sizes<of: A, by: B>(x: [40]) -> y: [99] { y[j] = floor(j*A/B) + x[0]; }
    fn read(x: [40]) -> y: [99] { y[j] = x[floor(j*7/23)]; }
}

/// `floor` of a quotient is that of whole numbers, in both types: `(23 * 7) / 23` is 7, and `23 * (7 / 23)` is a little less in `f32`.
#[test]
fn quotients_of_indices_are_rounded_once() {
    fn check(found: Vec<f64>) {
        let sevenths = (0..99).map(|j| j * 7 / 23);
        let halves = (0..99_i32).map(|j| ((2 * j + 1) * 15 - 47).div_euclid(94));
        let expected = sevenths.clone().chain(halves).chain(sevenths.clone()).chain(sevenths).map(f64::from);
        assert_eq!(found, expected.collect::<Vec<_>>());
    }
    let input = Tensor::from_fn(|at| at as f32);
    let single = Session::new(Quotients::<f32>::init_as(0)).forward(&input).flat().to_vec();
    check(single.into_iter().map(f64::from).collect());
    let input = Tensor::from_fn(|at| at as f64);
    check(Session::new(Quotients::<f64>::init_as(0)).forward(&input).flat().to_vec());
}
