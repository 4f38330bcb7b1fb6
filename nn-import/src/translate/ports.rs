//! The inputs and outputs of the network.

use std::collections::HashSet;

use super::Translation;
use super::value::{Computed, Element, Value, listed, present};
use crate::constant::Kind;
use crate::error::Refusal;
use crate::graph::{Graph, Input};
use crate::network::{Expression, Port};

impl Translation {
    /// An input of the network.
    pub(super) fn input(&mut self, input: &Input, graph: &Graph) {
        let mut dropped = vec![false; input.shape.len()];
        let batch = input.batch.or((input.shape.len() > 1 && input.shape[0] == 1).then_some(0));
        if let Some(axis) = batch {
            dropped[axis] = true;
        }
        let bound = if input.kind == Kind::Whole { super::gather::bound(&input.name, graph) } else { None };
        let kind = bound.map_or(Element::Number(input.kind), Element::Index);
        let sizes = present(&input.shape, &dropped);
        let shape = format!("[{}]", listed(&sizes));
        let written = match bound {
            Some(bound) if sizes.is_empty() => format!("index<{bound}>"),
            Some(bound) => format!("index<{bound}>{shape}"),
            None => shape,
        };
        self.network.input_sizes.push(sizes);
        let value = Expression::Input(self.network.inputs.len());
        self.network.inputs.push(Port { name: input.name.clone(), kind: written, value: value.clone() });
        let computed = Computed { shape: input.shape.clone(), dropped, kind, expression: value };
        self.values.insert(input.name.clone(), Value::Computed(computed));
    }

    /// Whether a value is computed from an input.
    fn depends_on_input(&self, value: &Expression) -> bool {
        let (mut waiting, mut seen, mut found) = (vec![value], HashSet::new(), false);
        while let Some(next) = waiting.pop() {
            next.visit(&mut |part| found |= matches!(part, Expression::Input(_)));
            let mut definitions = Vec::new();
            next.visit(&mut |part| {
                definitions.extend(if let Expression::Value(at, _) = part { Some(*at) } else { None })
            });
            waiting.extend(
                definitions
                    .into_iter()
                    .filter(|at| seen.insert(*at))
                    .map(|at| &self.network.definitions[at].expression),
            );
        }
        found
    }

    pub(super) fn outputs(&mut self, graph: &Graph) {
        for name in &graph.outputs {
            let Some(value) = self.values.get(name).cloned() else {
                if !self.missing.contains(name) {
                    self.refusals.push(Refusal::new("output", name, "nothing gives it"));
                }
                continue;
            };
            let computed = match value {
                Value::Computed(computed) => computed,
                Value::Constant(constant) => self.parameter(&constant),
            };
            if matches!(computed.kind, Element::Index(_)) {
                self.refusals.push(Refusal::new("output", name, "it is an input of indices"));
                continue;
            }
            let kind = format!("[{}]", listed(&computed.present()));
            self.network.outputs.push(Port { name: name.clone(), kind, value: computed.expression });
        }
        if graph.outputs.is_empty() {
            self.refusals.push(Refusal::new("output", "", "the model has none"));
        }
        let outputs = &self.network.outputs;
        if !outputs.is_empty() && !outputs.iter().any(|output| self.depends_on_input(&output.value)) {
            self.refusals.push(Refusal::new("output", &outputs[0].name, "nothing depends on an input"));
        }
    }
}
