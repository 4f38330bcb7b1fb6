//! Activations, scalar functions and losses against values that were computed elsewhere, at single points and far out.
//!
//! `references/values/make.py` computes them from PyTorch's definitions.

use std::path::Path;

use nn_compiler::lower::library_formulas;
use nn_compiler::symbolic::table::TABLE;
use nn_compiler::syntax::ast::FormulaKind;
use serde_json::Value;
use tests::generated::{Generated, Module};
use tests::runner::Values;
use tests::tensors::reference;

/// A kind of numbers, the greatest relative difference in it, and what may be zero instead because it is too small.
const KINDS: [(&str, f64, f64); 2] = [("f64", 1e-12, 1e-300), ("f32", 2e-6, 1e-36)];

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn module(number: usize, case: &Value) -> Module {
    let text = format!(
        "use crate::runner::{{Values, everything}};\n\nnn_core::network! {{\n{}}}\n\n\
         pub fn run(kind: &str, given: &Values) -> Result<Values, String> {{\n    \
         if kind == \"f32\" {{ everything::<Net<f32>>(given) }} else {{ everything::<Net<f64>>(given) }}\n}}\n",
        case["network"].as_str().unwrap()
    );
    Module { name: format!("point_{number}"), text }
}

/// What is wrong with a list of values, each with the name of its point if there is one for each.
fn wrong(what: &str, found: &[f64], case: &Value, kind: (&str, f64, f64)) -> Vec<String> {
    let list =
        |name: &str| if case[name].is_array() { numbers(&case[name]) } else { vec![case[name].as_f64().unwrap()] };
    let (expected, floors) = (list(what), list(&format!("floor_{what}")));
    assert_eq!((found.len(), floors.len()), (expected.len(), expected.len()), "{case}");
    let names = case["names"].as_array().unwrap();
    let of_each = names.len() == expected.len();
    let (kind, tolerance, tiny) = kind;
    let mut all = Vec::new();
    for (at, ((found, expected), floor)) in found.iter().zip(&expected).zip(floors).enumerate() {
        let allowed = tolerance * expected.abs().max(floor) + tiny;
        // what is not a number is wrong
        if (found - expected).abs() <= allowed {
            continue;
        }
        let name = names[if of_each { at } else { 0 }].as_str().unwrap();
        all.push(format!("{what} of {name} in {kind}: {found:e}, not {expected:e}"));
    }
    all
}

fn cases() -> Vec<Value> {
    let text = std::fs::read_to_string(reference("values/values.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Every scalar function, every function of a number and every loss of the library is in the table.
#[test]
fn everything_has_values() {
    let networks: String = cases().iter().map(|case| case["network"].as_str().unwrap().to_string()).collect();
    let is_called = |name: &str| {
        let call = format!("{name}(");
        let mut calls = networks.match_indices(&call).map(|(at, _)| &networks[..at]);
        calls.any(|before| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    // of these, one is a constant and one the identity
    let functions = TABLE.iter().map(|row| row.name).filter(|name| !["epsilon", "detach"].contains(name));
    let mut names: Vec<String> = functions.map(|name| if name == "powf" { "pow" } else { name }.to_string()).collect();
    for formula in library_formulas().unwrap() {
        let of_a_number =
            formula.kind == FormulaKind::Function && formula.inputs.iter().all(|input| input.shape.is_none());
        if formula.kind == FormulaKind::Loss || of_a_number {
            names.push(formula.name.to_string());
        }
    }
    let missing: Vec<&String> = names.iter().filter(|name| !is_called(name)).collect();
    assert!(missing.is_empty(), "add lines for these to references/values/definitions.py: {missing:?}");
}

#[test]
fn values_are_those_of_the_definitions() {
    let cases = cases();
    let modules: Vec<Module> = cases.iter().enumerate().map(|(number, case)| module(number, case)).collect();
    let generated = Generated::build(Path::new(env!("CARGO_TARGET_TMPDIR")), "values", &modules);
    let mut all: Vec<String> = generated.broken.values().cloned().collect();
    for (case, module) in cases.iter().zip(&modules).filter(|(_, module)| !generated.broken.contains_key(&module.name))
    {
        let mut given = Values::default();
        given.set("input", numbers(&case["input"]));
        given.set("target", numbers(&case["target"]));
        given.set("samples", vec![case["samples"].as_f64().unwrap()]);
        for kind in KINDS {
            let found = generated.run(&module.name, kind.0, &given).unwrap();
            let pairs = [("output", "output"), ("loss", "loss"), ("loss", "train_loss"), ("gradient", "grad.input")];
            for (what, name) in pairs {
                all.extend(wrong(what, found.get(name).unwrap(), case, kind));
            }
        }
    }
    assert!(all.is_empty(), "{} values are wrong:\n{}", all.len(), all.join("\n"));
}
