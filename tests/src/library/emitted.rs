//! A network of the library as a module of a generated crate: the code that is emitted for it, checked.

use std::path::Path;

use nn_compiler::lower::Mode;
use nn_compiler::lowered::Lowered;
use rayon::prelude::*;

use super::data::{Data, fields, interleaved};
use super::evaluator::{Computed, compute, without_mistakes};
use super::{Item, Part};
use crate::generated::{Generated, Module};
use crate::numbers::{Random, difference, difference_by, is_rounding, largest};
use crate::runner::Values;

/// Samples for the comparison of tiles, and the first of them for finite differences.
const SAMPLES: usize = 20;
const FEW: f64 = 3.0;

/// The greatest differences that are none of a mistake.
#[derive(Debug, Clone, Copy)]
pub struct Tolerance {
    /// Of a gradient from finite differences.
    pub finite_differences: f64,
    /// Of anything from what the equations give, which is computed in another order.
    pub equations: f64,
}

/// What was found of items.
#[derive(Debug, Default)]
pub struct Checked<'a> {
    /// The greatest difference between a gradient and finite differences.
    pub worst: f64,
    /// The greatest difference between something that is computed and what the equations give.
    pub from_equations: f64,
    /// The items that do not compile, do not run or give wrong values, and why.
    pub wrong: Vec<(&'a Item, String)>,
}

/// Compiles items for real and compares outputs, losses, gradients and states with what their equations give, in
/// workspaces that were filled with NaN; the gradients with finite differences too; and all with each other in tiles
/// of several sizes: these have to be equal to the bit.
#[must_use]
pub fn check_emitted<'a>(scratch: &Path, name: &str, items: &'a [Item], tolerance: Tolerance) -> Checked<'a> {
    // a subject belongs to one thread
    let of_subjects = |item| Subject::new(item).map(|subject| subject.module());
    let modules: Vec<Result<Module, String>> = items.par_iter().map(of_subjects).collect();
    let compiled: Vec<Module> = modules.iter().flatten().cloned().collect();
    let generated = Generated::build(scratch, name, &compiled);
    let check = |(item, module): (&'a Item, Result<Module, String>)| {
        let mut checked = Checked::default();
        let compare = || {
            let (name, subject) = (module?.name, Subject::new(item)?);
            match generated.broken.get(&name) {
                Some(message) => Err(message.clone()),
                None => subject.compare(&generated.run(&name, "f64", &subject.given())?, tolerance, &mut checked),
            }
        };
        if let Err(message) = compare() {
            checked.wrong.push((item, message));
        }
        checked
    };
    items.par_iter().zip(modules).map(check).reduce(Checked::default, Checked::and)
}

impl Checked<'_> {
    /// Both together.
    fn and(mut self, other: Self) -> Self {
        self.wrong.extend(other.wrong);
        Checked {
            worst: self.worst.max(other.worst),
            from_equations: self.from_equations.max(other.from_equations),
            wrong: self.wrong,
        }
    }
}

/// An item with what it is given.
struct Subject<'a> {
    item: &'a Item,
    data: Data,
    /// The fields that hold parameters, frozen ones and states, with their values.
    parameters: Vec<(String, Vec<f64>)>,
    frozen: Vec<(String, Vec<f64>)>,
    states: Vec<(String, Vec<f64>)>,
    lowered: Lowered,
}

impl<'a> Subject<'a> {
    fn new(item: &'a Item) -> Result<Self, String> {
        let lowered = without_mistakes(item, Mode::Train)?;
        let data = Data::new(&lowered, item, SAMPLES, &mut Random::new(1));
        let parameters = fields(&lowered.parameters, &data.parameters);
        let frozen = fields(&lowered.frozen, &data.frozen);
        let states = fields(&lowered.states, &data.states);
        Ok(Subject { item, data, parameters, frozen, states, lowered })
    }

    /// The module that computes everything.
    fn module(&self) -> Module {
        let mut text = format!(
            "#[allow(unused_imports)]\nuse crate::runner::Sample;\nuse crate::gradient_check::{{Access, by_inputs_too, by_parameters, gradient_check}};\nuse crate::runner::Values;\n\nnn_core::network! {{\n{}}}\n\n",
            self.item.text
        );
        text += &sample("NetInput", &self.item.inputs);
        text += &sample("NetTarget", &self.item.targets);
        text += &accessor("parameter", "Params", &self.parameters);
        text += &accessor("frozen", "Frozen", &self.frozen);
        text += &accessor("state", "State", &self.states);
        let gradients = if self.frozen.is_empty() { "by_inputs_too" } else { "by_parameters" };
        text += &format!(
            "pub fn run(_: &str, given: &Values) -> Result<Values, String> {{\n    \
            gradient_check::<Net<f64>>(given, Access {{ parameter, frozen, state, gradients: {gradients} }})\n}}\n"
        );
        Module { name: format!("item_{}", self.item.name), text }
    }

    /// What the module is given.
    #[allow(clippy::cast_precision_loss)] // few
    fn given(&self) -> Values {
        let mut given = Values::default();
        given.set("samples", vec![SAMPLES as f64]);
        given.set("few", vec![FEW]);
        for (name, fields) in [("param", &self.parameters), ("frozen", &self.frozen), ("state", &self.states)] {
            given.set(&format!("{name}.count"), vec![fields.len() as f64]);
            for (at, (_, values)) in fields.iter().enumerate() {
                given.set(&format!("{name}.{at}"), values.clone());
            }
        }
        given.set("input", interleaved(&self.data.inputs, SAMPLES));
        given.set("target", interleaved(&self.data.targets, SAMPLES));
        let mut parts = Vec::new();
        let mut number = 0.0;
        for part in &self.item.inputs {
            number += f64::from(u8::from(!part.is_index));
            parts.extend(vec![if part.is_index { 0.0 } else { number }; part.len]);
        }
        given.set("parts", parts);
        given
    }

    /// Compares what was computed.
    fn compare(&self, found: &Values, tolerance: Tolerance, checked: &mut Checked<'_>) -> Result<(), String> {
        let mut wrong = Vec::new();
        let expected = compute(self.item, &self.data)?;
        for (what, off) in self.differences(found, &expected)? {
            checked.from_equations = checked.from_equations.max(off);
            if off > tolerance.equations {
                wrong.push(format!("{what} differs by {off:.1e} from what the equations give"));
            }
        }
        let difference = found.get("difference")?[0];
        checked.worst = checked.worst.max(difference);
        if difference > tolerance.finite_differences {
            wrong.push(format!("the gradient differs by {difference:.1e} from finite differences"));
        }
        if found.get("tiles")? != [1.0] {
            wrong.push("the bits depend on the size of the workspace or the number of threads".into());
        }
        if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ")) }
    }

    /// How far everything is from what the equations give.
    fn differences(&self, found: &Values, expected: &Computed) -> Result<Vec<(String, f64)>, String> {
        let mut all = Vec::new();
        let mut compare = |what: &str, expected: &[f64]| -> Result<(), String> {
            all.push((what.to_string(), difference(found.get(what)?, expected)));
            Ok(())
        };
        compare("output", &expected.outputs)?;
        compare("loss", &[expected.loss])?;
        compare("train_loss", &[expected.training_loss])?;
        for (at, (_, state)) in fields(&self.lowered.states, &expected.states).iter().enumerate() {
            compare(&format!("next.{at}"), state)?;
        }
        let gradients = fields(&self.lowered.parameters, &expected.by_parameters);
        let by_input = ("the input".to_string(), expected.by_inputs.clone());
        let steepest = gradients.iter().chain([&by_input]).map(|(_, gradient)| largest(gradient)).fold(0.0, f64::max);
        let by_parameters = gradients.iter().enumerate().map(|(at, gradient)| (format!("grad.{at}"), gradient));
        for (name, (of, gradient)) in by_parameters.chain([("grad.input".to_string(), &by_input)]) {
            let scale = if is_rounding(gradient, steepest) { steepest } else { largest(gradient) };
            all.push((format!("the gradient by {of}"), difference_by(found.get(&name)?, gradient, scale)));
        }
        Ok(all)
    }
}

/// A function that gives the elements of a field by its number.
fn accessor(name: &str, of: &str, fields: &[(String, Vec<f64>)]) -> String {
    let arms = fields.iter().enumerate().map(|(at, (path, _))| format!("        {at} => all{path}.as_mut_slice(),\n"));
    format!(
        "fn {name}(all: &mut <Net<f64> as nn_core::Compiled>::{of}, at: usize) -> &mut [f64] {{\n    let _ = &all;\n    match at {{\n{}        _ => unreachable!(),\n    }}\n}}\n\n",
        arms.collect::<String>()
    )
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
