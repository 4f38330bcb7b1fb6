//! Nets for MNIST against PyTorch: outputs, losses and gradients in f64 and f32, training by SGD and
//! Adam in f64. Their first parameters are given by a formula.

use std::collections::BTreeMap;

use nn_core::optim::{Adam, Sgd};
use nn_core::{DerivedByInputs, Network, Train, network};
use serde_json::Value;
use tests::runner::{Sample, Values, everything};
use tests::tensors::{self, reference};
use tests::training::{Report, Training};

network! {
    struct Dense { fc1: Linear(784 => 100), fc2: Linear(100 => 10) }
    fn forward(x: [784]) -> [10] { fc2(fc1(x).sigmoid()).sigmoid() }
    loss = bce;
}

macro_rules! simple_cnn {
    ($name:ident, $size:literal, $flat:literal, $conv:ident => $activated:expr) => {
        network! {
            struct $name {
                conv: Conv2d(1 => 32, kernel = 3, padding = 1),
                fc1: Linear($flat => 128),
                fc2: Linear(128 => 10),
            }
            fn forward(x: [1, $size, $size]) -> [10] {
                let $conv = conv(x);
                let h = $activated.max_pool2d(2).flatten();
                fc2(fc1(h).relu())
            }
            loss = cross_entropy;
        }
    };
}

simple_cnn!(Relu16, 16, 2048, a => a.relu());
simple_cnn!(NoRelu16, 16, 2048, a => a);
simple_cnn!(Relu28, 28, 6272, a => a.relu());
simple_cnn!(NoRelu28, 28, 6272, a => a);

#[test]
fn dense_784_100_10() {
    compare::<Dense<f64>, Dense<f32>>("net_784_100_10_sigmoid_bce");
}

#[test]
fn simple_cnn_16() {
    compare::<Relu16<f64>, Relu16<f32>>("simple_cnn_16_relu");
    compare::<NoRelu16<f64>, NoRelu16<f32>>("simple_cnn_16_norelu");
}

#[test]
fn simple_cnn_28() {
    compare::<Relu28<f64>, Relu28<f32>>("simple_cnn_28_relu");
    compare::<NoRelu28<f64>, NoRelu28<f32>>("simple_cnn_28_norelu");
}

type Tensors = BTreeMap<String, Vec<f64>>;

fn mix(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

/// The formula for the first parameters.
fn value(tensor: u32, at: u32, bound: f64) -> f64 {
    let whole = mix(at.wrapping_add(tensor.wrapping_mul(0x9e37_79b9))) >> 8;
    (f64::from(whole) - 8_388_608.0) / 8_388_608.0 * bound
}

#[test]
fn the_formula_is_that_of_the_data() {
    assert_eq!([0, 1, 2, 12_345, u32::MAX].map(mix), [0, 1_753_845_952, 3_507_691_905, 2_435_775_735, 1_734_902_346]);
    let first = [-0.984_469_771_385_192_9, 0.244_639_158_248_901_37, -0.940_450_906_753_54, -0.878_553_986_549_377_4];
    assert_eq!([0, 1, 2, 3].map(|at| value(1, at, 1.0)), first);
}

/// The values that are recorded of a tensor: all of a small one.
fn picked(all: &[f64]) -> Vec<f64> {
    if all.len() <= 256 {
        return all.to_vec();
    }
    (0..256).map(|at| all[mix(at) as usize % all.len()]).collect()
}

/// Sum, Euclidean norm, greatest magnitude.
fn stats(all: &[f64]) -> [f64; 3] {
    let square: f64 = all.iter().map(|x| x * x).sum();
    [all.iter().sum(), square.sqrt(), tests::numbers::largest(all)]
}

/// Compares a tensor with what is recorded of it: picked values and statistics. The sum is measured by
/// the norm, since the elements may cancel.
#[allow(clippy::cast_precision_loss)] // lengths are small
fn compare_tensor(report: &mut Report, found: &[f64], reference: &Tensors, name: &str) {
    report.compare(name, &picked(found), &reference[&format!("{name}.samples")]);
    let (own, theirs) = (stats(found), &reference[&format!("{name}.stats")]);
    report.note(&format!("the sum of {name}"), (own[0] - theirs[0]).abs() / (theirs[1] * (found.len() as f64).sqrt()));
    report.compare(&format!("the norm of {name}"), &own[1..2], &theirs[1..2]);
    report.compare(&format!("the greatest of {name}"), &own[2..], &theirs[2..]);
}

#[allow(clippy::cast_precision_loss)] // few samples
fn given(description: &Value, reference: &Tensors) -> Values {
    let mut given = Values::default();
    for (name, how) in description["parameters"].as_object().unwrap() {
        let len: u64 = how["shape"].as_array().unwrap().iter().map(|size| size.as_u64().unwrap()).product();
        let tensor = u32::try_from(how["tensor_number"].as_u64().unwrap()).unwrap();
        let bound = how["bound"].as_f64().unwrap();
        let len = u32::try_from(len).unwrap();
        given.set(&format!("param.{name}"), (0..len).map(|at| value(tensor, at, bound)).collect());
    }
    // stored as f32, but the reference was computed with 255ths in f64
    let pixels = reference["input"].iter().map(|pixel| (pixel * 255.0).round() / 255.0);
    given.set("input", pixels.collect());
    given.set("target", reference["target"].clone());
    given.set("samples", vec![description["batch"].as_u64().unwrap() as f64]);
    given
}

fn compare<N: DerivedByInputs<Scalar = f64>, S: DerivedByInputs<Scalar = f32>>(name: &str)
where
    N::Input: Sample,
    N::Target: Sample,
    S::Input: Sample,
    S::Target: Sample,
{
    let folder = reference("seed-parity");
    let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
    let description: Value = serde_json::from_str(&text).unwrap();
    let reference = tensors::read(&folder.join(format!("{name}.safetensors"))).unwrap();
    let given = given(&description, &reference);
    let mut report = Report::new(1e-10);
    let found = everything::<N>(&given).unwrap();
    start::<N>(&mut report, "", &found, &reference);
    for record in description["training"].as_array().unwrap() {
        trajectory::<N>(&mut report, record, &given, &reference);
    }
    report.finish(&format!("{name} in f64"));
    let mut report = Report::new(1e-5);
    start::<S>(&mut report, "f32.", &everything::<S>(&given).unwrap(), &reference);
    report.finish(&format!("{name} in f32"));
    rounded(&found, &reference, name);
}

/// Outputs, loss and gradients before training.
fn start<N: Network>(report: &mut Report, prefix: &str, found: &Values, reference: &Tensors) {
    report.compare("output", found.get("output").unwrap(), &reference[&format!("{prefix}output0")]);
    report.compare("loss", found.get("loss").unwrap(), &reference[&format!("{prefix}loss0")]);
    report.compare("the loss while training", found.get("train_loss").unwrap(), &reference[&format!("{prefix}loss0")]);
    for parameter in N::PARAMETERS {
        let found = found.get(&format!("grad.{}", parameter.name)).unwrap();
        compare_tensor(report, found, reference, &format!("{prefix}grad0.{}", parameter.name));
    }
}

/// Whole gradients are recorded as f32, that by the input among them.
fn rounded(found: &Values, reference: &Tensors, name: &str) {
    let mut report = Report::new(1e-7);
    for (what, expected) in reference {
        let Some(parameter) = what.strip_prefix("grad0.") else { continue };
        if let Ok(found) = found.get(&format!("grad.{parameter}")) {
            report.compare(what, found, expected);
        }
    }
    report.finish(&format!("{name}, whole gradients rounded to f32"));
}

/// Training under one optimiser.
fn trajectory<N: Train<Scalar = f64>>(report: &mut Report, record: &Value, given: &Values, reference: &Tensors)
where
    N::Input: Sample,
    N::Target: Sample,
{
    let prefix = record["prefix"].as_str().unwrap();
    let steps = usize::try_from(record["steps"].as_u64().unwrap()).unwrap();
    let mut training = Training::<N>::new(given).unwrap();
    let losses = match record["optimizer"].as_str().unwrap().rsplit_once("_lr_") {
        Some(("sgd", rate)) => training.full_batch(&Sgd::new(rate.parse().unwrap()), steps),
        Some(("adam", rate)) => training.full_batch(&Adam::new(rate.parse().unwrap()), steps),
        other => panic!("{other:?}"),
    };
    report.compare(&format!("{prefix}.losses"), &losses, &reference[&format!("{prefix}.losses")]);
    report.compare(&format!("{prefix}.output"), &training.outputs(), &reference[&format!("{prefix}.output_after")]);
    for parameter in N::PARAMETERS {
        let found = training.parameter(parameter.name);
        compare_tensor(report, &found, reference, &format!("{prefix}.after.{}", parameter.name));
    }
}
