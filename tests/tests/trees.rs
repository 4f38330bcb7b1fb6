//! `PARAMETERS`, `FROZEN` and `STATES` name the places of the fields, in random trees of layers.
//!
//! Whoever loads a parameter by its name, or freezes it, writes where the table says.

use std::path::Path;

use tests::generated::{Generated, Module};
use tests::runner::Values;
use tests::trees::{Stored, Tree, tree};

const TREES: u64 = 40;

/// The fields of a network's struct as a list of `Field`.
fn fields(of: &str, stored: &[Stored]) -> String {
    let each = |stored: &Stored| {
        format!("        (\"{}\", &{:?}, {of}{}.as_slice()),\n", stored.name, stored.shape, stored.field)
    };
    format!("&[\n{}    ]", stored.iter().map(each).collect::<String>())
}

fn module(tree: &Tree) -> Module {
    let mut checks = String::new();
    let mut check = |of: &str, table: &str, flat: &str, fields: &str| {
        checks +=
            &format!("    wrong.extend(check_table(\"{table} of {of}\", {of}::<f64>::{table}, {flat}(), {fields}));\n");
    };
    check("Net", "PARAMETERS", "network.flat_params", &fields("network.params", &tree.parameters));
    check("Net", "FROZEN", "network.flat_frozen", &fields("network.frozen", &tree.frozen));
    check("Net", "STATES", "network.flat_state", &fields("network.state", &tree.states));
    if let Some(folded) = &tree.folded {
        check("FoldedNet", "PARAMETERS", "folded.flat_params", &fields("folded.params", folded));
    }
    let folded = if tree.folded.is_some() { "let folded = FoldedNet::<f64>::init_as(1);" } else { "" };
    let text = format!(
        "#![allow(unused_imports)]\nuse crate::runner::Values;\nuse crate::tables::check_table;\nuse nn_core::prelude::*;\n\n{}\
         pub fn run(_: &str, _: &Values) -> Result<Values, String> {{\n    \
         let network = Net::<f64>::init_as(1);\n    {folded}\n    let mut wrong = Vec::new();\n{checks}    \
         if wrong.is_empty() {{ Ok(Values::default()) }} else {{ Err(wrong.join(\"; \")) }}\n}}\n",
        tree.text
    );
    Module { name: tree.name.clone(), text }
}

#[test]
fn tables_are_those_of_the_fields() {
    let trees: Vec<Tree> = (0..TREES).map(tree).collect();
    let modules: Vec<Module> = trees.iter().map(module).collect();
    let generated = Generated::build(Path::new(env!("CARGO_TARGET_TMPDIR")), "trees", &modules);
    let mut wrong = Vec::new();
    for (tree, module) in trees.iter().zip(&modules) {
        let outcome = match generated.broken.get(&module.name) {
            Some(message) => Err(message.clone()),
            None => generated.run(&module.name, "f64", &Values::default()).map(drop),
        };
        if let Err(message) = outcome {
            wrong.push(format!("{}: {message}\n{}", tree.name, tree.text));
        }
    }
    assert!(wrong.is_empty(), "{} of {TREES} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
