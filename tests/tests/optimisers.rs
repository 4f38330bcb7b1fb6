//! A net trained by every optimiser, against PyTorch's.

use std::path::Path;

use nn_core::network;
use nn_core::optim::{Adagrad, Adam, AdamW, Optimizer, RmsProp, Sgd};
use serde_json::Value;
use tests::runner::Values;
use tests::tensors::{self, reference};
use tests::training::{Report, Training};

network! {
    struct Net { fc1: Linear(4 => 6), fc2: Linear(6 => 3) }
    fn forward(x: [4]) -> [3] { fc2(fc1(x).tanh()) }
    loss = cross_entropy;
}

const TENSORS: [&str; 4] = ["fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"];

/// The settings of an optimiser, as PyTorch names them.
struct Settings(Value);

impl Settings {
    fn number(&self, name: &str) -> f64 {
        self.0[name].as_f64().unwrap_or_else(|| panic!("no setting {name} in {}", self.0))
    }

    fn flag(&self, name: &str) -> bool {
        self.0[name].as_bool().unwrap_or_else(|| panic!("no setting {name} in {}", self.0))
    }

    fn betas(&self) -> (f64, f64) {
        let beta = |at: usize| self.0["betas"][at].as_f64().unwrap();
        (beta(0), beta(1))
    }
}

#[test]
fn every_optimiser_trains_as_that_of_pytorch() {
    let folder = reference("torch-parity/optim");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    assert_eq!(files.len(), 7, "these optimisers are recorded: {files:?}");
    files.iter().for_each(|file| optimiser(file));
}

/// Trains with the optimiser of a file.
fn optimiser(file: &Path) {
    let description: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let settings = Settings(description["hyperparameters"].clone());
    let get = |name: &str| settings.number(name);
    match description["optimizer"].as_str().unwrap() {
        "SGD" => {
            let sgd = Sgd::new(get("lr")).momentum(get("momentum")).dampening(get("dampening"));
            check(file, &sgd.weight_decay(get("weight_decay")).nesterov(settings.flag("nesterov")));
        }
        "Adam" => {
            let (beta1, beta2) = settings.betas();
            let adam = Adam::new(get("lr")).betas(beta1, beta2);
            check(file, &adam.eps(get("eps")).weight_decay(get("weight_decay")));
        }
        "AdamW" => {
            let (beta1, beta2) = settings.betas();
            let adam = AdamW::new(get("lr")).betas(beta1, beta2);
            check(file, &adam.eps(get("eps")).weight_decay(get("weight_decay")));
        }
        "RMSprop" => {
            let rms_prop = RmsProp::new(get("lr")).alpha(get("alpha")).eps(get("eps")).momentum(get("momentum"));
            check(file, &rms_prop.weight_decay(get("weight_decay")).centered(settings.flag("centered")));
        }
        "Adagrad" => {
            let adagrad = Adagrad::new(get("lr")).lr_decay(get("lr_decay")).weight_decay(get("weight_decay"));
            let start = get("initial_accumulator_value");
            check(file, &adagrad.eps(get("eps")).initial_accumulator_value(start));
        }
        other => panic!("there is no optimiser {other}"),
    }
}

/// Twenty steps on all samples; the parameters after the first and the last.
fn check(file: &Path, optimizer: &impl Optimizer<f64>) {
    let reference = tensors::read(&file.with_extension("f64.safetensors")).unwrap();
    let mut given = Values::default();
    for name in TENSORS {
        given.set(&format!("param.{name}"), reference[&format!("net.init.{name}")].clone());
    }
    given.set("input", reference["net.input"].clone());
    given.set("target", reference["net.target"].clone());
    given.set("samples", vec![16.0]);
    let mut report = Report::new(1e-10);
    for steps in [1, 20] {
        let mut training = Training::<Net<f64>>::new(&given).unwrap();
        let losses = training.full_batch(optimizer, steps);
        report.compare("losses", &losses, &reference["net.losses"][..steps]);
        for name in TENSORS {
            let record = format!("net.after{steps}.{name}");
            report.compare(&record, &training.parameter(name), &reference[&record]);
        }
    }
    report.finish(&file.file_stem().unwrap_or_default().to_string_lossy());
}
