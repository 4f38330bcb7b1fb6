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

/// The settings for which there is no reference file, against PyTorch's code written out.
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

/// What PyTorch refuses, every optimiser refuses in the same way, and blames the line that sets it. (A learning rate,
/// which often is computed, is an error of the step.)
#[test]
fn wrong_settings_are_refused_where_they_are_made() {
    use std::panic::{Location, catch_unwind, set_hook, take_hook};
    use std::sync::Mutex;

    static PLACE: Mutex<Option<(String, u32)>> = Mutex::new(None);
    let usual = take_hook();
    set_hook(Box::new(|panic| {
        *PLACE.lock().unwrap() = panic.location().map(|place: &Location| (place.file().into(), place.line()));
    }));
    let settings: [(fn(), &str, u32); 15] = [
        (|| _ = Sgd::new(0.1).momentum(-0.1), "the momentum must be", line!()),
        (|| _ = RmsProp::new(0.1).momentum(-0.1), "the momentum must be", line!()),
        (|| _ = Sgd::new(0.1).weight_decay(-0.1), "the weight decay must be", line!()),
        (|| _ = Adam::new(0.1).weight_decay(-0.1), "the weight decay must be", line!()),
        (|| _ = AdamW::new(0.1).weight_decay(-0.1), "the weight decay must be", line!()),
        (|| _ = RmsProp::new(0.1).weight_decay(-0.1), "the weight decay must be", line!()),
        (|| _ = RmsProp::new(0.1).alpha(-0.1), "alpha must be", line!()),
        (|| _ = AdamW::new(0.1).eps(-0.1), "eps must be", line!()),
        (|| _ = AdamW::new(0.1).betas(-0.1, 0.9), "0 ≤ beta1 < 1", line!()),
        (|| _ = Adam::new(0.1).betas(0.9, 1.0), "0 ≤ beta2 < 1", line!()),
        (|| _ = NAdam::new(0.1).momentum_decay(-0.1), "the momentum decay must be", line!()),
        (|| _ = RAdam::new(0.1).betas(1.0, 0.9), "0 ≤ beta1 < 1", line!()),
        (|| _ = Adamax::new(0.1).eps(f64::NAN), "eps must be", line!()),
        (|| _ = Adadelta::new(0.1).rho(1.1), "0 ≤ rho ≤ 1", line!()),
        (|| _ = Adagrad::new(0.1).lr_decay(-0.1), "lr_decay must be", line!()),
    ];
    let found: Vec<_> = settings
        .into_iter()
        .map(|(setting, expected, line)| {
            let payload = catch_unwind(setting).unwrap_err();
            let text = payload.downcast_ref::<String>().cloned();
            let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).into())).unwrap_or_default();
            (text, expected, PLACE.lock().unwrap().take(), line)
        })
        .collect();
    set_hook(usual);
    for (text, expected, place, line) in found {
        assert!(text.contains(expected), "{text}");
        assert_eq!(place, Some((file!().into(), line)), "{text}");
    }
    // and PyTorch takes these
    let _ = (
        Sgd::new(0.0).momentum(1.5),
        RmsProp::new(0.0).momentum(2.0).alpha(1.5),
        Adam::new(0.0).betas(0.0, 0.0).eps(0.0),
    );
}

fn refused<O: Optimizer<f32>>(of_rate: impl Fn(f64) -> O) {
    for rate in [-0.1, f64::NAN, f64::INFINITY] {
        let optimiser = of_rate(rate);
        let (mut params, mut state) = ([1.0f32, 2.0], optimiser.state());
        let error = optimiser.step(&mut params, &[0.5, 0.5], &mut state, 1.0).unwrap_err();
        assert_eq!(error.to_string(), "`learning_rate` must be a finite number of 0 or more");
        assert_eq!((params, state.steps()), ([1.0, 2.0], 0));
    }
    let (optimiser, mut params) = (of_rate(0.0), [1.0f32, 2.0]);
    optimiser.step(&mut params, &[0.5, 0.5], &mut optimiser.state(), 1.0).unwrap();
    assert_eq!(params, [1.0, 2.0]);
}

#[test]
fn a_learning_rate_that_cannot_be_is_an_error_of_every_step() {
    refused(Adadelta::new);
    refused(Adagrad::new);
    refused(Adam::new);
    refused(AdamW::new);
    refused(Adamax::new);
    refused(NAdam::new);
    refused(RAdam::new);
    refused(RmsProp::new);
    refused(Sgd::new);
}
