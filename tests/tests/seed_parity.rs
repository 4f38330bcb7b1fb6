//! Small nets against PyTorch: outputs, losses, gradients, and training by SGD and Adam, in f64.

use nn_core::optim::{Adam, Sgd};
use nn_core::{DerivedByInputs, Train, network};
use serde_json::Value;
use tests::runner::{Sample, Values, everything};
use tests::tensors::reference;
use tests::training::{Report, Training};

const TOLERANCE: f64 = 1e-10;

network! {
    struct Mse { fc1: Linear(2 => 2), fc2: Linear(2 => 1) }
    fn forward(x: [2]) -> [1] { fc2(fc1(x).sigmoid()).sigmoid() }
    loss = mse;
}

network! {
    struct HalfSquare { fc1: Linear(2 => 2), fc2: Linear(2 => 1) }
    fn forward(x: [2]) -> [1] { fc2(fc1(x).sigmoid()).sigmoid() }
    loss(t: [1]) = 0.5 * mse(output, t);
}

network! {
    struct Bce { fc1: Linear(2 => 2), fc2: Linear(2 => 1) }
    fn forward(x: [2]) -> [1] { fc2(fc1(x).sigmoid()).sigmoid() }
    loss = bce;
}

network! {
    struct Wide { fc1: Linear(2 => 4), fc2: Linear(4 => 1) }
    fn forward(x: [2]) -> [1] { fc2(fc1(x).relu()).sigmoid() }
    loss = bce;
}

network! {
    struct Deep { fc1: Linear(20 => 10), fc2: Linear(10 => 10), fc3: Linear(10 => 1) }
    fn forward(x: [20]) -> [1] { fc3(fc2(fc1(x).relu()).relu()).sigmoid() }
    loss = bce;
}

network! {
    struct DeepLogits { fc1: Linear(20 => 10), fc2: Linear(10 => 10), fc3: Linear(10 => 1) }
    fn forward(x: [20]) -> [1] { fc3(fc2(fc1(x).relu()).relu()) }
    loss = bce_with_logits;
}

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(reference("seed-parity").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// All numbers of a nested list, in order.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().flat_map(numbers).collect(),
        number => vec![number.as_f64().unwrap_or_else(|| panic!("{number} is no number"))],
    }
}

fn number(value: &Value) -> f64 {
    numbers(value)[0]
}

fn count(value: &Value) -> usize {
    value.as_u64().unwrap().try_into().unwrap()
}

/// What a network is given: its first parameters, and samples.
#[allow(clippy::cast_precision_loss)] // few samples
fn given(net: &Value, data: &Value) -> Values {
    let mut given = Values::default();
    for (name, value) in net["init"].as_object().unwrap() {
        given.set(&format!("param.{name}"), numbers(value));
    }
    given.set("input", numbers(&data["input"]));
    given.set("target", numbers(&data["target"]));
    given.set("samples", vec![data["input"].as_array().unwrap().len() as f64]);
    given
}

/// Output, loss and gradients at the beginning, as far as they are recorded.
fn compare_start(report: &mut Report, what: &str, found: &Values, record: &Value) {
    let mut compare = |name: &str, reference: &Value| {
        if !reference.is_null() {
            report.compare(&format!("{name} of {what}"), found.get(name).unwrap(), &numbers(reference));
        }
    };
    compare("output", &record["output0"]);
    compare("loss", &record["loss0"]);
    compare("train_loss", &record["loss0"]);
    compare("grad.input", &record["grad_input0"]);
    for (name, reference) in record["grads0"].as_object().unwrap() {
        compare(&format!("grad.{name}"), reference);
    }
}

/// Parameters and, where it is recorded, the output after training.
fn compare_end<N: Train>(report: &mut Report, what: &str, training: &Training<N>, record: &Value)
where
    N::Input: Sample,
    N::Target: Sample,
{
    for (name, reference) in record["params_after"].as_object().unwrap() {
        report.compare(&format!("{name} after {what}"), &training.parameter(name), &numbers(reference));
    }
    if !record["output_after"].is_null() {
        report.compare(&format!("output after {what}"), &training.outputs(), &numbers(&record["output_after"]));
    }
}

fn two_two_one<N: DerivedByInputs<Scalar = f64>>(loss: &str)
where
    N::Input: Sample,
    N::Target: Sample,
{
    let net = read("net_2_2_1_sigmoid.json");
    let mut report = Report::new(TOLERANCE);
    let cases = net["cases"].as_array().unwrap();
    let cases = cases.iter().filter(|case| case["loss"].as_str().unwrap().starts_with(loss));
    let mut seen = 0;
    for case in cases {
        let data = case["data"].as_str().unwrap();
        let given = given(&net, case);
        compare_start(&mut report, data, &everything::<N>(&given).unwrap(), case);
        let mut training = Training::<N>::new(&given).unwrap();
        let sgd = Sgd::new(number(&case["sgd_lr"]));
        let epochs = count(&case["epochs"]);
        let losses =
            if data.contains("online") { training.online(&sgd, epochs) } else { training.full_batch(&sgd, epochs) };
        report.losses(&format!("losses of {data}"), &losses, &numbers(&case["loss_trace"]));
        compare_end(&mut report, data, &training, case);
        seen += 1;
    }
    assert_eq!(seen, 4);
    report.finish(&format!("2-2-1 with {loss}"));
}

#[test]
fn two_two_one_with_every_loss() {
    two_two_one::<HalfSquare<f64>>("half_squared_error");
    two_two_one::<Mse<f64>>("mse");
    two_two_one::<Bce<f64>>("bce");
}

#[test]
fn two_four_one() {
    let net = read("net_2_4_1_relu_sigmoid_bce.json");
    let mut report = Report::new(TOLERANCE);
    let given = given(&net, &net);
    compare_start(&mut report, "xor", &everything::<Wide<f64>>(&given).unwrap(), &net);
    for record in net["full_batch_training"].as_array().unwrap() {
        let mut training = Training::<Wide<f64>>::new(&given).unwrap();
        let steps = count(&record["steps"]);
        let losses = training.full_batch(&Sgd::new(number(&record["sgd_lr"])), steps);
        let recorded = numbers(&record["loss_before_first_and_last_step"]);
        report.compare(&format!("losses of {steps} steps"), &[losses[0], losses[steps - 1]], &recorded);
        compare_end(&mut report, &format!("{steps} steps"), &training, record);
    }
    report.finish("2-4-1");
}

#[test]
fn twenty_ten_ten_one() {
    let net = read("net_20_10_10_1_relu_bce.json");
    let mut report = Report::new(TOLERANCE);
    let given = given(&net, &net);
    compare_start(&mut report, "64 samples", &everything::<Deep<f64>>(&given).unwrap(), &net);
    let mut logits = everything::<DeepLogits<f64>>(&given).unwrap();
    logits.0.insert("output".into(), numbers(&net["output0"])); // it has no sigmoid
    compare_start(&mut report, "the same with logits", &logits, &net);
    for record in net["full_batch_training"].as_array().unwrap() {
        let mut training = Training::<Deep<f64>>::new(&given).unwrap();
        let (optimizer, steps) = (record["optimizer"].as_str().unwrap(), count(&record["steps"]));
        let losses = match optimizer.rsplit_once(' ') {
            Some(("sgd lr", rate)) => training.full_batch(&Sgd::new(rate.parse().unwrap()), steps),
            Some(("adam lr", rate)) => training.full_batch(&Adam::new(rate.parse().unwrap()), steps),
            _ => panic!("{optimizer}"),
        };
        let what = format!("{steps} steps of {optimizer}");
        report.losses(&format!("losses of {what}"), &losses, &numbers(&record["losses"]));
        compare_end(&mut report, &what, &training, record);
        let (outputs, targets) = (training.outputs(), numbers(&net["target"]));
        let right = outputs.iter().zip(&targets).filter(|(y, t)| (**y > 0.5) == (**t > 0.5)).count();
        assert_eq!(right, (number(&record["accuracy_after"]) * 64.0).round() as usize, "after {what}");
    }
    report.finish("20-10-10-1");
}
