//! Backpropagation by hand, as textbooks do it: a network of two inputs, two hidden neurons and one
//! output. Every value of the forward pass, every derivative as the formula that the macro derived, its
//! number, and the step of gradient descent.
//!
//! `cargo run --example worked_example`

use anyhow::{Result, anyhow};
use nn_compiler::equation::{Program, Role, Values};
use nn_compiler::explain::{Explained, explain_file};
use nn_core::prelude::*;

network! {
    /// Two inputs, two hidden neurons, one output, sigmoids everywhere.
    struct Net {
        hidden: Linear(2 => 2),
        out: Linear(2 => 1),
    }

    loss half_squared_error(y: [N], t: [N]) = sum[n](0.5 * sq(t[n] - y[n]));

    fn forward(x: [2]) -> [1] {
        out(hidden(x).sigmoid()).sigmoid()
    }

    loss = half_squared_error;
}

const INPUT: [f64; 2] = [0.05, 0.10];
const TARGET: [f64; 1] = [0.01];
const RATE: f64 = 0.5;

fn main() -> Result<()> {
    let mut network = Net::<f64>::init_as(0);
    network.params.hidden.weight = Tensor::from([[0.15, 0.20], [0.25, 0.30]]);
    network.params.hidden.bias = Tensor::from([0.35, 0.35]);
    network.params.out.weight = Tensor::from([[0.40, 0.45]]);
    network.params.out.bias = Tensor::from([0.60]);

    println!("x = {INPUT:?}, target = {TARGET:?}\n");
    for parameter in Net::<f64>::PARAMETERS {
        println!("  {:14} {:8.4?}", parameter.name, &network.flat_params()[parameter.range()]);
    }
    show_equations(&network)?;
    take_step(&mut network)
}

/// The macro's own equations for this file, computed one after the other.
fn show_equations(network: &Net<f64>) -> Result<()> {
    let explained = explain_file(include_str!("worked_example.rs")).map_err(|messages| anyhow!(messages.join("\n")))?;
    let values = evaluate(&explained[0], network);
    let program = &explained[0].simplified;
    let mut backward = false;
    println!("\nforward\n");
    for equation in &program.equations {
        let name = &program.at(equation.target).name;
        if name.starts_with("d_") && !backward {
            backward = true;
            println!("\nbackward: d_a is the derivative of the loss by a\n");
        }
        // there is one sample, and its loss has the factor one
        let formula = program
            .display(equation)
            .replace("sum[sample]", "sum[samples]")
            .replace("[sample]", "")
            .replace("sample, ", "")
            .replace(" * scale", "");
        println!("  {formula}");
        println!("      {name} = {}", numbers(values.get(program, equation.target)));
    }
    Ok(())
}

fn numbers(values: &[f64]) -> String {
    values.iter().map(|value| format!("{value:.9}")).collect::<Vec<_>>().join("  ")
}

/// Computes the equations for this network and sample.
fn evaluate(explained: &Explained, network: &Net<f64>) -> Values {
    let program: &Program = &explained.simplified;
    let mut values = Values::new(1, vec![1.0]);
    for (tensor, id) in
        program.tensors.iter().zip(0..).map(|(tensor, id)| (tensor, nn_compiler::symbolic::TensorId(id)))
    {
        match tensor.role {
            Role::Input(_) => values.set(id, INPUT.to_vec()),
            Role::Target(_) => values.set(id, TARGET.to_vec()),
            Role::Parameter(number) => {
                values.set(id, network.flat_params()[Net::<f64>::PARAMETERS[number].range()].to_vec());
            }
            _ => {}
        }
    }
    program.evaluate(&mut values);
    values
}

/// One step of gradient descent with the code that the macro emitted.
fn take_step(network: &mut Net<f64>) -> Result<()> {
    let mut workspace = nn_core::train_workspace::<Net<f64>>();
    let mut gradient = nn_core::zero_gradient::<Net<f64>>();
    let (input, target) = ([Tensor::from(INPUT)], [Tensor::from(TARGET)]);
    let sgd = Sgd::new(RATE);
    let mut state = sgd.state();

    let before = network.gradient(&input, &target, Draw::new(0, 0), &mut workspace, &mut gradient)?;
    let old = network.to_box();
    sgd.step(&mut network.params, &gradient, &mut state, 1.0)?;
    let after = network.loss(&input, &target, &mut workspace)?;

    println!("\nupdate: each weight less {RATE} times its derivative\n");
    for parameter in Net::<f64>::PARAMETERS {
        for at in parameter.range() {
            let (old, new) = (old.flat_params()[at], network.flat_params()[at]);
            println!("  {:14} {old:.4} - {RATE} * {:+.9} = {new:.9}", parameter.name, (old - new) / RATE);
        }
    }
    println!("\nloss {before:.9} -> {after:.9}");
    Ok(())
}
