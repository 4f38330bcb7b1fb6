//! The text of a network.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use super::names;
use super::print::{Names, Printed, WIDTH, print, wrapped};
use super::uses::Uses;
use crate::network::{Expression, Formula, Layer, Network, Port};

/// The longest text of a value that is written where it is used.
const INLINE: usize = 64;

/// The text of a network, and the names of its layers by their numbers; `None` for one that nothing calls.
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) layers: Vec<Option<String>>,
    /// The names in the model of the inputs that are read.
    pub(crate) inputs: Vec<String>,
}

/// What things are called while the body is written.
struct Naming<'a> {
    inputs: Vec<String>,
    layers: &'a [Option<String>],
    values: HashMap<(usize, usize), Printed>,
}

impl Names for Naming<'_> {
    fn input(&self, number: usize) -> String {
        self.inputs[number].clone()
    }

    fn layer(&self, number: usize) -> String {
        self.layers[number].clone().unwrap_or_default()
    }

    fn value(&self, definition: usize, result: usize) -> Printed {
        self.values.get(&(definition, result)).cloned().unwrap_or_else(|| Printed::call("_"))
    }
}

/// Writes a network.
pub(crate) fn source(network: &Network, name: &str, description: &str) -> Source {
    let uses = Uses::new(network);
    let mut taken: HashSet<String> = network.formulas.iter().map(|formula| formula.name.clone()).collect();
    let kept: Vec<usize> = (0..network.layers.len()).filter(|number| uses.layers.contains(number)).collect();
    let kept_layers: Vec<&Layer> = kept.iter().map(|number| &network.layers[*number]).collect();
    let mut layers = vec![None; network.layers.len()];
    for (number, name) in kept.iter().zip(names::layers(&kept_layers, &mut taken)) {
        layers[*number] = Some(name);
    }
    let of_layers: HashSet<String> = taken.clone();
    let all_inputs: Vec<&Port> = network.inputs.iter().collect();
    let inputs = names::ports(&all_inputs, "x", &mut taken);
    let outputs = names::ports(&network.outputs.iter().collect::<Vec<_>>(), "y", &mut HashSet::new());

    let mut text = format!("use nn_core::prelude::*;\n\nnetwork! {{\n    /// {description}\n");
    if kept.is_empty() {
        let _ = writeln!(text, "    pub struct {name};");
    } else {
        let _ = writeln!(text, "    pub struct {name} {{");
        for number in &kept {
            let field = layers[*number].as_deref().unwrap_or_default();
            let _ = writeln!(text, "        {field}: {},", network.layers[*number].kind);
        }
        text.push_str("    }\n");
    }
    let declared: Vec<String> = (0..network.inputs.len())
        .filter(|number| uses.inputs.contains(number))
        .map(|number| format!("{}: {}", inputs[number], network.inputs[number].kind))
        .collect();
    let results = match network.outputs.as_slice() {
        [one] => one.kind.clone(),
        several => {
            let ports: Vec<String> =
                outputs.iter().zip(several).map(|(name, port)| format!("{name}: {}", port.kind)).collect();
            format!("({})", ports.join(", "))
        }
    };
    let head = format!("    fn forward({}) -> {results} {{\n", declared.join(", "));
    let head = if head.len() > WIDTH {
        format!("    fn forward(\n        {},\n    ) -> {results} {{\n", declared.join(",\n        "))
    } else {
        head
    };
    let _ = write!(text, "\n{head}");
    text.push_str(&body(network, &uses, Naming { inputs, layers: &layers, values: HashMap::new() }, &of_layers));
    text.push_str("    }\n");
    for formula in network.formulas.iter().filter(|formula| uses.called.contains(&formula.name)) {
        let _ = write!(text, "\n{}", declaration(formula));
    }
    text.push_str("}\n");
    let read = |number: &usize| uses.inputs.contains(number);
    let inputs = (0..network.inputs.len()).filter(read).map(|number| network.inputs[number].name.clone()).collect();
    Source { text, layers, inputs }
}

/// A formula, indented.
fn declaration(formula: &Formula) -> String {
    format!("fn {}{}", formula.name, formula.text).lines().map(|line| format!("    {line}\n")).collect()
}

/// A value that is bound to a name by a `let`.
struct Binding {
    at: usize,
    /// The bindings and inputs that it reads, by their numbers.
    reads: Vec<usize>,
}

/// The statements of the forward pass.
fn body(network: &Network, uses: &Uses, mut naming: Naming<'_>, layers: &HashSet<String>) -> String {
    let is_live = |at: usize| (0..network.definitions[at].results).any(|result| uses.of(at, result) > 0);
    let live: Vec<usize> = (0..network.definitions.len()).filter(|at| is_live(*at)).collect();
    // which values get a name: what is used twice, what has several results, what is long
    let mut bound: Vec<Binding> = Vec::new();
    let mut reads: HashMap<usize, Vec<usize>> = HashMap::new();
    for at in live.iter().copied() {
        let definition = &network.definitions[at];
        let mut own = Vec::new();
        definition.expression.visit(&mut |part| {
            if let Expression::Value(other, _) = part {
                own.extend(reads.get(other).cloned().unwrap_or_default());
            }
        });
        let printed = print(&definition.expression, &naming);
        let is_output = network.outputs.iter().any(|output| output.value == Expression::Value(at, 0));
        let is_short = printed.text.len() <= INLINE || is_output && network.outputs.len() == 1;
        let is_inline = definition.results == 1 && uses.of(at, 0) == 1 && is_short;
        if is_inline {
            naming.values.insert((at, 0), printed);
            reads.insert(at, own);
        } else {
            for result in 0..definition.results {
                naming.values.insert((at, result), Printed::call("x"));
            }
            reads.insert(at, vec![at]);
            bound.push(Binding { at, reads: own });
        }
    }
    let mut of_outputs = Vec::new();
    for output in &network.outputs {
        output.value.visit(&mut |part| {
            if let Expression::Value(other, _) = part {
                of_outputs.extend(reads.get(other).cloned().unwrap_or_default());
            }
        });
    }
    statements(network, uses, naming, layers, (&bound, &of_outputs), &live)
}

/// Writes the statements; a name is used again when what had it is not read any more.
fn statements(
    network: &Network,
    uses: &Uses,
    mut naming: Naming<'_>,
    layers: &HashSet<String>,
    (bound, of_outputs): (&[Binding], &[usize]),
    live: &[usize],
) -> String {
    let mut last: HashMap<usize, usize> = HashMap::new();
    for (step, binding) in bound.iter().enumerate() {
        for read in &binding.reads {
            last.insert(*read, step);
        }
    }
    for read in of_outputs {
        last.insert(*read, bound.len());
    }
    let steps: HashMap<usize, usize> = bound.iter().enumerate().map(|(step, binding)| (binding.at, step)).collect();
    let input_ends = input_ends(network, live, &steps, bound.len());
    // the step after which each name is free
    let mut busy: HashMap<String, usize> = HashMap::new();
    for (number, end) in input_ends {
        busy.insert(naming.inputs[number].clone(), end);
    }
    let mut text = String::new();
    for at in live.iter().copied() {
        let definition = &network.definitions[at];
        let printed = print(&definition.expression, &naming);
        let Some(step) = steps.get(&at).copied() else {
            naming.values.insert((at, 0), printed);
            continue;
        };
        let end = last.get(&at).copied().unwrap_or(step);
        let mut chosen = Vec::new();
        for result in 0..definition.results {
            if uses.of(at, result) == 0 {
                chosen.push("_".to_string());
                continue;
            }
            let is_free = |name: &String| {
                !layers.contains(name) && busy.get(name).is_none_or(|end| *end <= step) && !chosen.contains(name)
            };
            let name = names::values().find(is_free).unwrap_or_default();
            naming.values.insert((at, result), Printed::call(name.clone()));
            chosen.push(name);
        }
        for name in chosen.iter().filter(|name| *name != "_") {
            busy.insert(name.clone(), end);
        }
        let pattern = if let [one] = chosen.as_slice() { one.clone() } else { format!("({})", chosen.join(", ")) };
        let _ = writeln!(text, "        let {pattern} = {};", wrapped(&printed.text));
    }
    let results: Vec<String> = network.outputs.iter().map(|output| print(&output.value, &naming).text).collect();
    let result = if let [one] = results.as_slice() { one.clone() } else { format!("({})", results.join(", ")) };
    let _ = writeln!(text, "        {}", wrapped(&result));
    text
}

/// The last step that reads each input.
fn input_ends(network: &Network, live: &[usize], steps: &HashMap<usize, usize>, end: usize) -> HashMap<usize, usize> {
    let mut readers: HashMap<usize, Vec<usize>> = HashMap::new(); // of values that have no name: the inputs they read
    let mut ends: HashMap<usize, usize> = HashMap::new();
    let inputs_of = |expression: &Expression, readers: &HashMap<usize, Vec<usize>>| {
        let mut own = Vec::new();
        expression.visit(&mut |part| match part {
            Expression::Input(number) => own.push(*number),
            Expression::Value(at, _) => own.extend(readers.get(at).cloned().unwrap_or_default()),
            _ => {}
        });
        own
    };
    for at in live {
        let own = inputs_of(&network.definitions[*at].expression, &readers);
        match steps.get(at) {
            Some(step) => ends.extend(own.into_iter().map(|number| (number, *step))),
            None => {
                readers.insert(*at, own);
            }
        }
    }
    for output in &network.outputs {
        ends.extend(inputs_of(&output.value, &readers).into_iter().map(|number| (number, end)));
    }
    ends
}
