//! The optimisers against PyTorch's, step by step.

mod common;

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use nn_core::optim::{Adadelta, Adagrad, Adam, AdamW, Adamax, NAdam, Optimizer, RAdam, RmsProp, Sgd};
use nn_core::{Plain, Scalar};
use safetensors::SafeTensors;
use serde_json::Value;

const LEN: usize = 12;

/// The numbers of a tensor of `f32` or `f64`.
fn numbers(tensors: &SafeTensors<'_>, name: &str) -> Vec<f64> {
    let tensor = tensors.tensor(name).unwrap();
    let data = tensor.data();
    match tensor.dtype() {
        safetensors::Dtype::F32 => data.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b).into()).collect(),
        safetensors::Dtype::F64 => data.as_chunks().0.iter().map(|b| f64::from_le_bytes(*b)).collect(),
        other => panic!("{name} is {other:?}"),
    }
}

/// The greatest difference from PyTorch's parameters after any step, relative to the greatest of them.
fn difference<T: Scalar>(optimizer: &impl Optimizer<T>, path: &Path) -> f64
where
    [T; LEN]: Plain<Element = T>,
{
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_end(&mut bytes).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let [start, gradients, expected] = ["param0", "grads", "params"].map(|name| numbers(&tensors, name));
    let vector = |values: &[f64]| -> [T; LEN] { std::array::from_fn(|at| T::from_f64(values[at])) };
    let mut params = vector(&start);
    let mut state = optimizer.state();
    let mut worst = 0.0f64;
    for (gradient, expected) in gradients.chunks(LEN).zip(expected.chunks(LEN)) {
        optimizer.step(&mut params, &vector(gradient), &mut state, 1.0).unwrap();
        let largest = expected.iter().fold(0.0f64, |largest, e| largest.max(e.abs()));
        for (found, expected) in params.iter().zip(expected) {
            worst = worst.max((found.to_f64() - expected).abs() / largest);
        }
    }
    assert_eq!(state.steps(), 20);
    worst
}

fn check(name: &str, build: impl Fn(&dyn Fn(&str) -> f64) -> Both) {
    let folder = common::repository("tests/references/torch-parity/optim");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    let settings: Value = serde_json::from_str(&text).unwrap();
    let settings = &settings["hyperparameters"];
    let number = |name: &str| match name.split_once('.') {
        Some((list, at)) => settings[list][at.parse::<usize>().unwrap()].as_f64().unwrap(),
        None => settings[name].as_f64().or(settings[name].as_bool().map(|b| b.into())).unwrap(),
    };
    let (double, single) = build(&number)(&folder.join(name));
    println!("{name}: f64 {double:.1e}, f32 {single:.1e}");
    assert!(double < 1e-10, "{name} in f64 differs by {double:e}");
    assert!(single < 1e-5, "{name} in f32 differs by {single:e}");
}

type Both = Box<dyn Fn(&Path) -> (f64, f64)>;

fn both(optimizer: impl Optimizer<f64> + Optimizer<f32> + 'static) -> Both {
    Box::new(move |path| {
        let file = |kind: &str| path.with_extension(format!("{kind}.safetensors.gz"));
        (difference::<f64>(&optimizer, &file("f64")), difference::<f32>(&optimizer, &file("f32")))
    })
}

#[test]
fn sgd_is_that_of_pytorch() {
    for name in ["sgd", "sgd_momentum", "sgd_nesterov"] {
        check(name, |get| {
            let sgd = Sgd::new(get("lr")).momentum(get("momentum")).dampening(get("dampening"));
            both(sgd.weight_decay(get("weight_decay")).nesterov(get("nesterov") != 0.0))
        });
    }
}

#[test]
fn adam_is_that_of_pytorch() {
    check("adam", |get| {
        let adam = Adam::new(get("lr")).betas(get("betas.0"), get("betas.1"));
        both(adam.eps(get("eps")).weight_decay(get("weight_decay")))
    });
}

#[test]
fn adam_w_is_that_of_pytorch() {
    check("adamw", |get| {
        let adam = AdamW::new(get("lr")).betas(get("betas.0"), get("betas.1"));
        both(adam.eps(get("eps")).weight_decay(get("weight_decay")))
    });
}

#[test]
fn rms_prop_is_that_of_pytorch() {
    check("rmsprop", |get| {
        let rms_prop = RmsProp::new(get("lr")).alpha(get("alpha")).eps(get("eps")).momentum(get("momentum"));
        both(rms_prop.weight_decay(get("weight_decay")).centered(get("centered") != 0.0))
    });
}

#[test]
fn adagrad_is_that_of_pytorch() {
    check("adagrad", |get| {
        let adagrad = Adagrad::new(get("lr")).lr_decay(get("lr_decay")).weight_decay(get("weight_decay"));
        both(adagrad.eps(get("eps")).initial_accumulator_value(get("initial_accumulator_value")))
    });
}

/// The largest differences from PyTorch's parameters in `references/optimisers.json`, in f64 and f32.
fn against_reference(optimizer: impl Optimizer<f64> + Optimizer<f32>, reference: &Value, params: &Value) -> (f64, f64) {
    fn run<T: Scalar>(optimizer: &impl Optimizer<T>, reference: &Value, expected: &Value) -> f64
    where
        [T; 5]: Plain<Element = T>,
    {
        let vector = |values: &Value| -> [T; 5] { std::array::from_fn(|at| T::from_f64(values[at].as_f64().unwrap())) };
        let (mut params, mut state) = (vector(&reference["start"]), optimizer.state());
        let (mut worst, mut compared) = (0.0f64, 0);
        for gradient in reference["gradients"].as_array().unwrap() {
            optimizer.step(&mut params, &vector(gradient), &mut state, 1.0).unwrap();
            let Some(expected) = expected.get(state.steps().to_string()) else { continue };
            compared += 1;
            for (at, found) in params.iter().enumerate() {
                worst = worst.max((found.to_f64() - expected[at].as_f64().unwrap()).abs());
            }
        }
        assert_eq!(compared, 4);
        worst
    }
    (run::<f64>(&optimizer, reference, params), run::<f32>(&optimizer, reference, params))
}

/// The optimisers and settings of `references/make.py`, which has PyTorch compute the same.
#[test]
fn all_settings_are_those_of_pytorch() {
    let reference: Value = serde_json::from_str(include_str!("references/optimisers.json")).unwrap();
    for case in reference["cases"].as_array().unwrap() {
        let (name, settings) = (case["optimizer"].as_str().unwrap(), &case["settings"]);
        let get = |name: &str| settings[name].as_f64().unwrap();
        let flag = |name: &str| settings[name].as_bool().unwrap();
        let beta = |at: usize| settings["betas"][at].as_f64().unwrap();
        let (rate, decay) = (get("lr"), get("weight_decay"));
        macro_rules! compare {
            ($optimizer:expr) => {
                against_reference($optimizer.eps(get("eps")).weight_decay(decay), &reference, &case["params"])
            };
        }
        let (double, single) = match name {
            "Adam" => compare!(Adam::new(rate).betas(beta(0), beta(1)).amsgrad(flag("amsgrad"))),
            "AdamW" => compare!(AdamW::new(rate).betas(beta(0), beta(1)).amsgrad(flag("amsgrad"))),
            "Adagrad" => {
                let adagrad = Adagrad::new(rate).lr_decay(get("lr_decay"));
                compare!(adagrad.initial_accumulator_value(get("initial_accumulator_value")))
            }
            "Adadelta" => compare!(Adadelta::new(rate).rho(get("rho"))),
            "Adamax" => compare!(Adamax::new(rate).betas(beta(0), beta(1))),
            "NAdam" => {
                let adam = NAdam::new(rate).betas(beta(0), beta(1)).momentum_decay(get("momentum_decay"));
                compare!(adam.decoupled_weight_decay(flag("decoupled_weight_decay")))
            }
            "RAdam" => {
                let adam = RAdam::new(rate).betas(beta(0), beta(1));
                compare!(adam.decoupled_weight_decay(flag("decoupled_weight_decay")))
            }
            other => panic!("there is no optimiser {other}"),
        };
        println!("{name}: f64 {double:.1e}, f32 {single:.1e}");
        // PyTorch keeps the product of NAdam's momenta in f32.
        let bound = if name == "NAdam" { 1e-8 } else { 1e-13 };
        assert!(double < bound, "{name} in f64 differs by {double:e} with {settings}");
        assert!(single < 2e-6, "{name} in f32 differs by {single:e} with {settings}");
    }
}

/// The settings without a reference file, against the formula of PyTorch.
#[test]
fn rms_prop_with_everything_follows_the_formula() {
    let (rate, alpha, eps, momentum, decay) = (0.01, 0.9, 1e-6, 0.8, 0.1);
    let everything = RmsProp::new(rate).alpha(alpha).eps(eps).momentum(momentum).weight_decay(decay).centered(true);
    let mut params = [0.7f64, -1.3];
    let mut state = everything.state();
    let (mut w, mut square, mut mean, mut buffer) = (params, [0.0f64; 2], [0.0; 2], [0.0; 2]);
    for step in 0..5 {
        let gradient = [0.3 * f64::from(step) - 0.4, 1.0 / f64::from(step + 1)];
        everything.step(&mut params, &gradient, &mut state, 0.5).unwrap();
        for at in 0..2 {
            let g = gradient[at] + decay * w[at];
            square[at] = alpha * square[at] + (1.0 - alpha) * g * g;
            mean[at] += (1.0 - alpha) * (g - mean[at]);
            buffer[at] = momentum * buffer[at] + g / ((square[at] - mean[at] * mean[at]).sqrt() + eps);
            w[at] -= 0.5 * rate * buffer[at];
            assert!((w[at] - params[at]).abs() < 1e-14);
        }
    }
}

#[test]
fn dampening_leaves_the_first_step_alone() {
    let sgd = Sgd::new(1.0).momentum(0.5).dampening(0.75);
    let (mut params, mut state) = ([0.0f64], sgd.state());
    sgd.step(&mut params, &[1.0], &mut state, 1.0).unwrap();
    assert_eq!(params, [-1.0]);
    sgd.step(&mut params, &[1.0], &mut state, 1.0).unwrap();
    assert_eq!(params, [-1.75]); // 0.5 * 1 + 0.25 * 1
}

/// The error of a step, which leaves parameters and state as they are.
fn refusal(optimizer: &impl Optimizer<f32>) -> String {
    let (mut params, mut state) = ([1.0f32, 2.0], optimizer.state());
    let error = optimizer.step(&mut params, &[0.5, 0.5], &mut state, 1.0).unwrap_err();
    assert_eq!((params, state.steps()), ([1.0, 2.0], 0));
    assert!(state.moments().iter().flatten().all(|moment| *moment == 0.0));
    error.to_string()
}

/// What PyTorch refuses, every optimiser refuses, and what is not finite besides.
#[test]
fn settings_that_cannot_be_are_errors_of_every_step() {
    const NOT_NEGATIVE: &str = "must be a finite number of 0 or more";
    let refused = [
        (refusal(&Sgd::new(0.1).momentum(-0.1)), format!("`momentum` {NOT_NEGATIVE}")),
        (refusal(&RmsProp::new(0.1).momentum(f64::NAN)), format!("`momentum` {NOT_NEGATIVE}")),
        (refusal(&Sgd::new(0.1).weight_decay(-0.1)), format!("`weight_decay` {NOT_NEGATIVE}")),
        (refusal(&Adam::new(0.1).weight_decay(-0.1)), format!("`weight_decay` {NOT_NEGATIVE}")),
        (refusal(&AdamW::new(0.1).weight_decay(f64::INFINITY)), format!("`weight_decay` {NOT_NEGATIVE}")),
        (refusal(&RmsProp::new(0.1).weight_decay(-0.1)), format!("`weight_decay` {NOT_NEGATIVE}")),
        (refusal(&RmsProp::new(0.1).alpha(-0.1)), format!("`alpha` {NOT_NEGATIVE}")),
        (refusal(&AdamW::new(0.1).eps(-0.1)), format!("`eps` {NOT_NEGATIVE}")),
        (refusal(&Adamax::new(0.1).eps(f64::NAN)), format!("`eps` {NOT_NEGATIVE}")),
        (refusal(&NAdam::new(0.1).momentum_decay(-0.1)), format!("`momentum_decay` {NOT_NEGATIVE}")),
        (refusal(&Adagrad::new(0.1).lr_decay(-0.1)), format!("`lr_decay` {NOT_NEGATIVE}")),
        (
            refusal(&Adagrad::new(0.1).initial_accumulator_value(-0.1)),
            format!("`initial_accumulator_value` {NOT_NEGATIVE}"),
        ),
        (refusal(&AdamW::new(0.1).betas(-0.1, 0.9)), "`beta1` must be in 0 ≤ beta1 < 1".into()),
        (refusal(&RAdam::new(0.1).betas(1.0, 0.9)), "`beta1` must be in 0 ≤ beta1 < 1".into()),
        (refusal(&Adam::new(0.1).betas(0.9, 1.0)), "`beta2` must be in 0 ≤ beta2 < 1".into()),
        (refusal(&Adadelta::new(0.1).rho(1.1)), "`rho` must be in 0 ≤ rho ≤ 1".into()),
        (refusal(&Sgd::new(0.1).dampening(f64::NAN)), "`dampening` must be a finite number".into()),
        (refusal(&Sgd::new(0.1).nesterov(true)), "`nesterov` must have a momentum above 0 and no dampening".into()),
        (
            refusal(&Sgd::new(0.1).momentum(0.9).nesterov(true).dampening(0.1)),
            "`nesterov` must have a momentum above 0 and no dampening".into(),
        ),
    ];
    for (found, expected) in refused {
        assert_eq!(found, expected);
    }
}

#[test]
fn settings_that_pytorch_takes_are_taken() {
    fn check(optimizer: &impl Optimizer<f32>) {
        optimizer.check().unwrap();
    }
    check(&Sgd::new(0.0).momentum(1.5));
    check(&Sgd::new(0.1).nesterov(true).momentum(0.9));
    check(&RmsProp::new(0.0).momentum(2.0).alpha(1.5));
    check(&Adam::new(0.0).betas(0.0, 0.0).eps(0.0));
}

fn rates_are_checked<O: Optimizer<f32>>(of_rate: impl Fn(f64) -> O) {
    for rate in [-0.1, f64::NAN, f64::INFINITY] {
        assert_eq!(refusal(&of_rate(rate)), "`learning_rate` must be a finite number of 0 or more");
    }
    let (optimizer, mut params) = (of_rate(0.0), [1.0f32, 2.0]);
    optimizer.step(&mut params, &[0.5, 0.5], &mut optimizer.state(), 1.0).unwrap();
    assert_eq!(params, [1.0, 2.0]);
}

#[test]
fn a_learning_rate_that_cannot_be_is_an_error_of_every_step() {
    rates_are_checked(Adadelta::new);
    rates_are_checked(Adagrad::new);
    rates_are_checked(Adam::new);
    rates_are_checked(AdamW::new);
    rates_are_checked(Adamax::new);
    rates_are_checked(NAdam::new);
    rates_are_checked(RAdam::new);
    rates_are_checked(RmsProp::new);
    rates_are_checked(Sgd::new);
}
