//! The equations of an item and of its gradient, as the compiler derives and simplifies them.

use std::collections::{BTreeMap, BTreeSet};

use nn_compiler::differentiate::Seed;
use nn_compiler::equation::{Program, Role, Tensor};
use nn_compiler::gradient::{append_gradient, gradient};
use nn_compiler::lower::{Mode, REDUCTIONS};
use nn_compiler::lowered::Lowered;
use nn_compiler::shape::display_shape;
use nn_compiler::simplify::simplify;
use nn_compiler::symbolic::TensorId;

use super::sketch::Sketch;

/// The equations, one a line: first those of the value, then those of the gradient.
pub(super) fn equations(sketch: &Sketch) -> String {
    let lowered = sketch.lowered(Mode::Train);
    let mut program = if sketch.loss.is_some() { of_loss(&lowered) } else { of_output(&lowered) };
    for tensor in &mut program.tensors {
        tensor.name = match tensor.role {
            Role::NextState(number) => format!("next_{}", lowered.states[number].name),
            _ => without_prefix(&tensor.name, &sketch.prefix),
        };
    }
    tell_apart(&mut program);
    let tensors = tensors(&program);
    let names: BTreeSet<&str> = tensors.iter().map(|id| program.at(*id).name.as_str()).collect();
    assert_eq!(names.len(), tensors.len(), "two tensors have one name:\n{}\n{program}", sketch.text());
    views(&program, &tensors) + &program.to_string()
}

/// All tensors that equations read or define.
fn tensors(program: &Program) -> BTreeSet<TensorId> {
    let of = |equation| program.tensors_read(equation).chain([equation.target]).collect::<Vec<_>>();
    program.equations.iter().flat_map(of).collect()
}

/// Gives indices of one name that meet in an equation names of their own.
fn tell_apart(program: &mut Program) {
    let mut free: Vec<String> = ('a'..='z').rev().map(String::from).collect();
    free.retain(|name| program.indices.iter().all(|index| index.name != *name));
    let mut others: BTreeMap<String, String> = BTreeMap::new();
    for equation in &program.equations {
        let mut names = BTreeSet::new();
        for id in &equation.indices {
            let index = &mut program.indices[id.0 as usize];
            if names.contains(&index.name) {
                let other = others.get(&index.name).filter(|other| !names.contains(*other)).cloned();
                let other = other.or_else(|| free.pop()).expect("an example has few indices");
                others.insert(index.name.clone(), other.clone());
                index.name = other;
            }
            names.insert(index.name.clone());
        }
    }
}

/// A line for each tensor that is another in a different shape.
fn views(program: &Program, tensors: &BTreeSet<TensorId>) -> String {
    let named = |id: TensorId| {
        let tensor = program.at(id);
        format!("{}: {}", tensor.name, display_shape(tensor.sample_shape()))
    };
    let view = |id: &TensorId| Some(format!("{} is {}\n", named(*id), named(program.at(*id).view_of?)));
    tensors.iter().filter_map(view).collect()
}

/// The gradient of a loss: by the outputs, which are the inputs of the network.
fn of_loss(lowered: &Lowered) -> Program {
    let mut program = gradient(lowered);
    for tensor in program.tensors.iter_mut().filter(|tensor| matches!(tensor.role, Role::Output(_))) {
        tensor.role = Role::Value;
    }
    simplify(&mut program, &|role| matches!(role, Role::Loss(_) | Role::Divisor(_) | Role::InputGradient(_)));
    program
}

/// The gradient by inputs and parameters of whatever loss, whose derivative by the output is given.
fn of_output(lowered: &Lowered) -> Program {
    let mut program = lowered.program.clone();
    let output = lowered.outputs[0].tensor;
    program.at_mut(output).name = "y".into();
    let shape = program.at(output).shape.clone();
    let given = program.tensor(Tensor::new("d_y", shape, Role::Target(0)));
    append_gradient(&mut program, &[(output, Seed::Tensor(given))], &lowered.checkpoints, true);
    let is_wanted =
        |role| matches!(role, Role::Output(_) | Role::NextState(_) | Role::Gradient(_) | Role::InputGradient(_));
    simplify(&mut program, &is_wanted);
    program
}

/// `layer_weight` is `weight`, and `d_layer_weight` is `d_weight`. `layer_sum` stays, since `sum[i]` is a reduction.
fn without_prefix(name: &str, prefix: &str) -> String {
    let (of, derived) = name.strip_prefix("d_").map_or(("", name), |rest| ("d_", rest));
    let is_name = |rest: &&str| !REDUCTIONS.contains(&rest.split('_').next().unwrap_or(rest));
    let rest = derived.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).filter(is_name);
    format!("{of}{}", rest.unwrap_or(derived))
}
