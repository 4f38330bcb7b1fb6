//! Networks that are written in two ways and are the same: they predict the same, and have the same gradients.
#![allow(dead_code)] // not every test uses all of it

use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::errors::Errors;
use nn_compiler::gradient::gradient;
use nn_compiler::lowered::{Lowered, StoredTensor};
use nn_compiler::pipeline::{Compiled, compile};
use nn_compiler::symbolic::TensorId;
use nn_compiler::syntax::parse_network;

use crate::evaluated::{TILES, agree, is_trained};
use crate::given::{Random, SAMPLES};

/// Compiles a text that has no mistake.
#[track_caller]
pub fn compiled(text: &str) -> Compiled {
    let mut errors = Errors::default();
    let compiled = compile(&parse_network(text.parse().unwrap()).unwrap(), &mut errors);
    compiled.unwrap_or_else(|| panic!("{:?}\n{text}", errors.messages()))
}

/// Elements that follow from a name, so that networks with tensors in another order are given the same.
fn elements(program: &Program, tensor: TensorId, name: &str) -> Vec<f64> {
    let of = program.at(tensor);
    let len: i64 = of.shape.iter().map(|size| size.evaluate(SAMPLES, &|_| None).unwrap()).product();
    let mut random = Random(name.bytes().fold(17, |seed: u64, byte| seed.wrapping_mul(31) + u64::from(byte)));
    let bound = of.bound.as_ref().and_then(nn_compiler::shape::Dim::literal);
    #[allow(clippy::cast_precision_loss)] // few classes
    let element = |number: f64| bound.map_or(number, |most| ((number + 1.0) / 2.0 * most as f64).floor());
    (0..len).map(|_| element(random.number())).collect()
}

fn name_of(stored: &StoredTensor) -> String {
    [stored.path.join("."), stored.name.clone()].join(".")
}

/// What a network is given.
pub fn given(lowered: &Lowered) -> Values {
    let mut values = Values::new(SAMPLES, vec![0.25; lowered.terms.len()]);
    for port in lowered.inputs.iter().chain(&lowered.targets) {
        values.set(port.tensor, elements(&lowered.program, port.tensor, &port.name));
    }
    for stored in &lowered.parameters {
        values.set(stored.tensor, elements(&lowered.program, stored.tensor, &name_of(stored)));
    }
    for stored in &lowered.states {
        values.set(stored.tensor, elements(&lowered.program, stored.tensor, &name_of(stored)));
    }
    values
}

/// What a network gives: its outputs in prediction, then its loss and the gradients, by their names.
fn results(compiled: &Compiled) -> Vec<(String, Vec<f64>)> {
    let mut found = Vec::new();
    let mut add = |program: &Program, values: &Values, name: String, wanted: Role| {
        let tensor = (0..program.tensors.len()).map(TensorId::new).find(|id| program.at(*id).role == wanted);
        found.extend(tensor.map(|tensor| (name, values.get(program, tensor).to_vec())));
    };
    let mut values = given(&compiled.infer);
    compiled.infer.program.evaluate(&mut values);
    for (number, port) in compiled.infer.outputs.iter().enumerate() {
        add(&compiled.infer.program, &values, format!("output {}", port.name), Role::Output(number));
    }
    if compiled.training.is_none() {
        return found;
    }
    let program = gradient(&compiled.train);
    let mut values = given(&compiled.train);
    program.evaluate(&mut values);
    for (number, stored) in compiled.train.parameters.iter().enumerate() {
        add(&program, &values, format!("gradient by {}", name_of(stored)), Role::Gradient(number));
    }
    for (number, port) in compiled.train.inputs.iter().enumerate() {
        add(&program, &values, format!("gradient by {}", port.name), Role::InputGradient(number));
    }
    found
}

/// Holds that the schedules of a network give what its equations give.
#[track_caller]
pub fn scheduled(compiled: &Compiled) {
    let predicted = |role| matches!(role, Role::Output(_));
    agree(&compiled.forward, &compiled.infer.program, &given(&compiled.infer), &predicted, &TILES).unwrap();
    if let Some(training) = &compiled.training {
        agree(&training.gradient, &gradient(&compiled.train), &given(&compiled.train), &is_trained, &TILES).unwrap();
    }
}

/// Holds that networks are the same, up to rounding, and that their schedules give what their equations give.
#[track_caller]
pub fn alike(texts: &[&str]) {
    let all: Vec<Compiled> = texts.iter().map(|text| compiled(text)).collect();
    all.iter().for_each(scheduled);
    let expected = results(&all[0]);
    assert!(expected.iter().all(|(_, elements)| elements.iter().all(|element| element.is_finite())), "{expected:?}");
    for (text, other) in texts.iter().zip(&all).skip(1) {
        let found = results(other);
        assert_eq!(found.len(), expected.len(), "{found:?}\n{expected:?}\n{text}");
        for ((name, found), (wanted_name, wanted)) in found.iter().zip(&expected) {
            let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-11 * b.abs().max(1.0);
            let same = name == wanted_name && found.len() == wanted.len() && found.iter().zip(wanted).all(near);
            assert!(same, "{name}: {found:?}\n{wanted_name}: {wanted:?}\n{text}");
        }
    }
}
