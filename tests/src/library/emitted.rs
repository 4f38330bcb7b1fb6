//! A network of the library as a module of a generated crate: the code that is emitted for it, checked.

use std::path::Path;

use super::{Item, Part, parameters};
use crate::generated::{Generated, Module};
use crate::numbers::Random;
use crate::runner::Values;

/// Samples for the comparison of tiles, and the first of them for finite differences.
const SAMPLES: usize = 20;
const FEW: f64 = 3.0;

/// The greatest difference from finite differences that is none of a mistake.
const TOLERANCE: f64 = 1e-8;

/// What was found of items.
#[derive(Debug, Default)]
pub struct Checked<'a> {
    /// The greatest difference between a gradient and finite differences.
    pub worst: f64,
    /// The items that do not compile, do not run or give wrong gradients, and why.
    pub wrong: Vec<(&'a Item, String)>,
}

/// Compiles items for real and compares their gradients with finite differences, in a workspace that was
/// filled with NaN, and with each other in tiles of several sizes: these have to be equal to the bit.
#[must_use]
pub fn check_emitted<'a>(scratch: &Path, name: &str, items: &'a [Item]) -> Checked<'a> {
    let modules: Vec<_> = items.iter().map(module).collect();
    let generated = Generated::build(scratch, name, &modules);
    let mut checked = Checked::default();
    for (item, module) in items.iter().zip(&modules) {
        let run = match generated.broken.get(&module.name) {
            Some(message) => Err(message.clone()),
            None => generated.run(&module.name, "f64", &given(item, 1)),
        };
        match run.and_then(|found| Ok((found.get("difference")?[0], found.get("tiles")?[0]))) {
            Ok((difference, tiles)) => {
                checked.worst = checked.worst.max(difference);
                if difference > TOLERANCE {
                    checked.wrong.push((item, format!("differs by {difference:.1e}")));
                }
                if tiles != 1.0 {
                    checked.wrong.push((item, "the bits depend on the size of the workspace".into()));
                }
            }
            Err(message) => checked.wrong.push((item, message)),
        }
    }
    checked
}

/// The module that checks the gradients of an item.
fn module(item: &Item) -> Module {
    let mut text = format!(
        "#[allow(unused_imports)]\nuse crate::runner::Sample;\nuse crate::gradient_check::gradient_check;\nuse crate::runner::Values;\n\nnn_core::network! {{\n{}}}\n\n",
        item.text
    );
    text += &sample("NetInput", &item.inputs);
    text += &sample("NetTarget", &item.targets);
    text +=
        "pub fn run(_: &str, given: &Values) -> Result<Values, String> {\n    gradient_check::<Net<f64>>(given)\n}\n";
    Module { name: format!("item_{}", item.name), text }
}

/// How a struct of several inputs or targets is made; one alone is a tensor or a class.
fn sample(name: &str, parts: &[Part]) -> String {
    if parts.len() < 2 {
        return String::new();
    }
    // a struct of classes alone has no type of numbers
    let numbers = if parts.iter().all(|part| part.is_index) { "" } else { "<f64>" };
    let fields: Vec<String> = parts.iter().map(|part| format!("{}: Sample::take(numbers)", part.name)).collect();
    format!(
        "impl Sample for {name}{numbers} {{\n    fn take(numbers: &mut &[f64]) -> Self {{\n        {name} {{ {} }}\n    }}\n}}\n\n",
        fields.join(", ")
    )
}

/// What the module is given.
fn given(item: &Item, seed: u64) -> Values {
    let mut random = Random::new(seed);
    let mut given = Values::default();
    given.set("params", random.many(parameters(item), -1.0, 1.0));
    given.set("input", samples(&item.inputs, &mut random));
    given.set("target", samples(&item.targets, &mut random));
    let real = item.inputs.iter().flat_map(|part| vec![f64::from(u8::from(!part.is_index)); part.len]);
    given.set("real", real.collect());
    #[allow(clippy::cast_precision_loss)] // few
    given.set("samples", vec![SAMPLES as f64]);
    given.set("few", vec![FEW]);
    given
}

/// Sample after sample, each with all its parts.
fn samples(parts: &[Part], random: &mut Random) -> Vec<f64> {
    (0..SAMPLES).flat_map(|_| parts.iter().flat_map(|part| part.values(1, random)).collect::<Vec<f64>>()).collect()
}
