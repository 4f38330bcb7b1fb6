//! The graph as a network: each operator becomes what the language calls it.
//!
//! The values of the model have the shapes that the model says, with a batch of one. The network does without that axis, and
//! without other axes of size 1 where it can: `value.rs`. Operators whose operands are all known are computed.

mod activation;
mod align;
mod attention;
mod call;
mod combined;
mod contraction;
mod convolution;
mod decomposed;
mod elementwise;
mod expanded_norm;
mod gather;
mod indexing;
mod linear;
mod multihead;
mod norm;
mod padding;
mod permute;
mod pooling;
mod ports;
mod recurrent;
mod reduction;
mod resize;
mod table;
mod trace;
mod value;
mod views;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::constant::Constant;
use crate::error::{ImportError, Refusal};
use crate::graph::{Graph, Node, chosen, fold, making};
use crate::network::{Definition, Expression, Layer, Network};
use call::Call;
pub(crate) use elementwise::number;
use value::{Computed, Element, Value, listed};

/// Why an operator is not translated.
#[derive(Debug, Clone)]
pub(super) enum Reason {
    /// It cannot be said.
    Because(String),
    /// It takes a value that is missing for another reason.
    Follows,
}

impl From<&str> for Reason {
    fn from(text: &str) -> Self {
        Reason::Because(text.into())
    }
}

impl From<String> for Reason {
    fn from(text: String) -> Self {
        Reason::Because(text)
    }
}

/// The results of a rule.
type Results = Result<Vec<Value>, Reason>;

/// The state of the translation.
pub(super) struct Translation {
    network: Network,
    values: HashMap<String, Value>,
    /// The node that gives each value, for operators that together are one of the language.
    producers: HashMap<String, Rc<Node>>,
    /// How many operators take each value.
    uses: HashMap<String, usize>,
    /// Of definitions that only change a shape: the value with the shape before.
    views: HashMap<usize, Computed>,
    /// Results of operators that were refused, and what follows from them.
    missing: HashSet<String>,
    refusals: Vec<Refusal>,
}

/// Translates a graph; all that cannot be said is in the error.
pub(crate) fn translate(graph: &Graph) -> Result<Network, ImportError> {
    let mut translation = Translation {
        network: Network::default(),
        values: graph.constants.iter().map(|(name, one)| (name.clone(), Value::Constant(one.clone()))).collect(),
        producers: HashMap::new(),
        uses: HashMap::new(),
        views: HashMap::new(),
        missing: HashSet::new(),
        refusals: Vec::new(),
    };
    for name in graph.nodes.iter().flat_map(|node| &node.inputs).chain(&graph.outputs) {
        *translation.uses.entry(name.clone()).or_default() += 1;
    }
    for input in &graph.inputs {
        translation.input(input, graph);
    }
    translation.nodes(&graph.nodes, 0);
    translation.outputs(graph);
    if translation.refusals.is_empty() {
        Ok(translation.network)
    } else {
        Err(ImportError::Refused(translation.refusals))
    }
}

impl Translation {
    /// Translates operators in order.
    fn nodes(&mut self, nodes: &[Rc<Node>], depth: usize) {
        for node in nodes {
            for output in &node.outputs {
                self.producers.insert(output.clone(), Rc::clone(node));
            }
            let results = if node.operator == "If" { self.branch(node, depth) } else { self.node(node) };
            match results {
                Ok(results) => {
                    for (name, result) in node.outputs.iter().zip(results) {
                        if let Value::Computed(computed) = &result {
                            self.remember(&computed.expression, &computed.present());
                        }
                        self.values.insert(name.clone(), result);
                    }
                }
                Err(reason) => {
                    if let Reason::Because(reason) = reason {
                        self.refusals.push(Refusal::new(node.said(), node.label(), reason));
                    }
                    self.missing.extend(node.outputs.iter().cloned());
                }
            }
        }
    }

    /// Translates one operator.
    fn node(&mut self, node: &Rc<Node>) -> Results {
        if node.operator == "Refused" && node.attributes.whole("unknown") == Some(1) {
            return Err(node.attributes.text("reason").unwrap_or_default().into());
        }
        let given = node.inputs.iter().filter(|name| !name.is_empty());
        for name in given {
            if self.missing.contains(name) {
                return Err(Reason::Follows);
            }
            if !self.values.contains_key(name) {
                return Err(format!("nothing in front of it gives its operand `{name}`").into());
            }
        }
        if let Some(result) = self.shape_constant(node) {
            return Ok(vec![Value::Constant(result?)]);
        }
        let operands: Vec<Option<&Constant>> =
            node.inputs.iter().map(|name| self.values.get(name).and_then(constant)).collect();
        let known = node.inputs.iter().zip(&operands).all(|(name, operand)| name.is_empty() || operand.is_some());
        if known && let Some(folded) = fold(node, &operands) {
            return Ok(folded?.into_iter().map(Value::Constant).collect());
        }
        let rule = table::rule(&node.operator).ok_or_else(|| format!("`{}` cannot be said", node.operator))?;
        rule(&mut Call { node, translation: self })
    }

    /// What follows from the shape of a value alone, which is known although its elements are not.
    fn shape_constant(&self, node: &Node) -> Option<Result<Constant, String>> {
        let value = self.values.get(node.input(0)?)?;
        let shape = value.shape();
        match node.operator.as_str() {
            "Shape" => Some(Ok(Constant::sizes(making::part_of_shape(node, shape)))),
            "Size" => Some(Ok(Constant::sizes(&[shape.iter().product()]).reshaped(vec![]))),
            "EyeLike" => Some(making::eye(node, shape, value.kind())),
            _ => None,
        }
    }

    /// The operators of the branch that is chosen.
    fn branch(&mut self, node: &Rc<Node>, depth: usize) -> Results {
        if depth > 32 {
            return Err("branches stand too deep inside of each other".into());
        }
        let name = node.input(0).unwrap_or_default();
        if self.missing.contains(name) {
            return Err(Reason::Follows);
        }
        let condition = self.values.get(name).and_then(constant).and_then(Constant::number);
        let condition = condition.ok_or("its condition depends on the input")?;
        let branch = chosen(node, condition != 0.0)?;
        for (name, constant) in branch.constants {
            self.values.insert(name, Value::Constant(constant));
        }
        for name in branch.nodes.iter().flat_map(|node| &node.inputs) {
            *self.uses.entry(name.clone()).or_default() += 1;
        }
        self.nodes(&branch.nodes, depth + 1);
        let result = |name: &String| self.values.get(name).cloned().ok_or(Reason::Follows);
        node.outputs.iter().map(result).collect()
    }

    /// A value of the network; the same expression is not defined twice.
    fn define(&mut self, expression: Expression, results: usize) -> Expression {
        if matches!(expression, Expression::Value(..) | Expression::Input(_) | Expression::Number(_)) {
            return expression;
        }
        self.network.definitions.push(Definition { expression, results });
        Expression::Value(self.network.definitions.len() - 1, 0)
    }

    /// Notes the sizes of a value.
    fn remember(&mut self, value: &Expression, sizes: &[usize]) {
        if let Expression::Value(at, 0) = value {
            self.network.sizes.entry(*at).or_insert_with(|| sizes.to_vec());
        }
    }

    /// The sizes of a value in the network, if they are known.
    fn sizes_of(&self, value: &Expression) -> Option<&[usize]> {
        self.network.sizes_of(value)
    }

    /// The number of a layer; one that is the same in all is not declared twice.
    fn layer(&mut self, layer: Layer) -> usize {
        let is_same = |other: &Layer| {
            let same = |((a, x), (b, y)): (&(String, Constant), &(String, Constant))| {
                a == b
                    && x.shape == y.shape
                    && (std::sync::Arc::ptr_eq(&x.elements, &y.elements) || x.elements == y.elements)
            };
            other.kind == layer.kind
                && other.path == layer.path
                && other.tensors.len() == layer.tensors.len()
                && other.tensors.iter().zip(&layer.tensors).all(same)
        };
        if let Some(at) = self.network.layers.iter().position(is_same) {
            return at;
        }
        self.network.layers.push(layer);
        self.network.layers.len() - 1
    }

    /// A constant as a value: a number, or a parameter.
    fn parameter(&mut self, constant: &Constant) -> Computed {
        let shape = constant.shape.clone();
        let kind = Element::Number(constant.kind);
        if let (Some(number), true) = (constant.number(), shape.is_empty()) {
            return Computed { kind, ..Computed::whole(shape, Expression::Number(number)) };
        }
        let path = constant.name.clone().unwrap_or_default();
        let path =
            if path.contains(':') || path.contains('/') || path.starts_with("val_") { String::new() } else { path };
        let declared = format!("param [{}] = zeros", listed(&shape));
        let tensors = vec![(String::new(), constant.clone())];
        let layer = self.layer(Layer { path, word: "constant", kind: declared, tensors });
        Computed { kind, ..Computed::whole(shape, Expression::Parameter(layer)) }
    }
}

fn constant(value: &Value) -> Option<&Constant> {
    if let Value::Constant(constant) = value { Some(constant) } else { None }
}
