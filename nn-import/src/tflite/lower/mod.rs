//! The operators of a file as operators of ONNX, in a graph.
//!
//! Each operator has a rule (`table.rs`), which adds nodes to the graph and says in which order of axes the result is. What
//! cannot be said becomes a node with the reason, so that the translation lists it with all others.

mod convolution;
mod dense;
mod elementwise;
mod form;
mod ports;
mod recurrent;
mod reduction;
mod select;
mod table;
mod values;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::file::{File, Operator};
use super::names;
use super::order::{self, Order};
use super::tensors::{self, Seen};
use crate::Options;
use crate::constant::{Constant, Kind};
use crate::error::ImportError;
use crate::graph::{Attribute, Attributes, Graph, Node};

/// The version of ONNX's operators that the nodes are of.
const OPSET: i64 = 21;

/// Operators that have stored weights, by whose names layers are called.
const LAYERS: &[&str] = &[
    "CONV_2D",
    "DEPTHWISE_CONV_2D",
    "TRANSPOSE_CONV",
    "FULLY_CONNECTED",
    "BATCH_MATMUL",
    "PRELU",
    "GATHER",
    "EMBEDDING_LOOKUP",
    "UNIDIRECTIONAL_SEQUENCE_LSTM",
    "UNIDIRECTIONAL_SEQUENCE_RNN",
];

/// Why an operator cannot be said.
type Results = Result<(), String>;

/// A tensor of the file as a value of the graph.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) order: Order,
}

/// The state while a graph is made.
pub(super) struct Lowering<'f, 'a> {
    file: &'f File<'a>,
    graph: Graph,
    nodes: Vec<Node>,
    places: HashMap<usize, Place>,
    constants: HashMap<usize, Constant>,
    /// Values whose axes have changed places, by value and order.
    turned: HashMap<(String, Order), String>,
    /// The operator that gives each tensor.
    producers: HashMap<usize, usize>,
    seen: Seen,
    /// Whether the shapes in the file are those of the network: not if the user gives other sizes.
    knows_shapes: bool,
    /// The operator at hand: its name, that of its result, and its module.
    current: (String, String, String),
    count: usize,
}

/// The graph of a file.
pub(super) fn graph(file: &File<'_>, options: &Options) -> Result<Graph, ImportError> {
    let mut lowering = Lowering {
        file,
        graph: Graph::default(),
        nodes: Vec::new(),
        places: HashMap::new(),
        constants: HashMap::new(),
        turned: HashMap::new(),
        producers: HashMap::new(),
        seen: Seen::new(),
        knows_shapes: true,
        current: Default::default(),
        count: 0,
    };
    lowering.inputs(options)?;
    for (number, operator) in file.operators.iter().enumerate() {
        lowering.operator(number, operator);
    }
    lowering.outputs();
    lowering.prune();
    lowering.name();
    lowering.graph.nodes = lowering.nodes.into_iter().map(Rc::new).collect();
    Ok(lowering.graph)
}

impl<'f> Lowering<'f, '_> {
    /// Adds what an operator is; or the reason why it cannot be said.
    fn operator(&mut self, number: usize, operator: &'f Operator) {
        let tensors = &self.file.tensors;
        let result = operator.outputs.first().map_or("", |first| tensors[*first].name.as_str());
        let stored = operator.inputs.iter().skip(1).flatten().map(|input| tensors[*input].name.as_str());
        let is_layer = LAYERS.contains(&operator.name.as_str());
        let scope = if is_layer { names::path(result, stored) } else { String::new() };
        self.current = (operator.name.clone(), result.into(), scope);
        let before = self.nodes.len();
        let is_known = operator.inputs.iter().flatten().try_for_each(|input| self.stored(*input));
        let lowered = is_known.and_then(|()| table::rule(&operator.name)).and_then(|rule| rule(self, operator));
        for output in &operator.outputs {
            self.producers.insert(*output, number);
        }
        if let Err(reason) = lowered {
            self.nodes.truncate(before);
            self.turned.clear();
            self.refuse(operator, reason);
        }
    }

    /// Leaves out the nodes that no output needs: several rules add values of which few are read.
    fn prune(&mut self) {
        let mut needed: HashSet<String> = self.graph.outputs.iter().cloned().collect();
        let mut kept = Vec::new();
        for node in std::mem::take(&mut self.nodes).into_iter().rev() {
            if node.outputs.iter().any(|output| needed.contains(output)) {
                needed.extend(node.inputs.iter().cloned());
                kept.push(node);
            }
        }
        kept.reverse();
        self.nodes = kept;
        self.graph.constants.retain(|name, _| needed.contains(name));
    }

    /// Gives modules and parameters the names that tell them apart.
    fn name(&mut self) {
        let constants = self.graph.constants.values_mut().filter_map(|constant| constant.name.as_mut());
        let mut paths: Vec<&mut String> = self.nodes.iter_mut().map(|node| &mut node.scope).chain(constants).collect();
        names::shorten(&mut paths);
        for name in self.graph.constants.values_mut().filter_map(|constant| constant.name.as_mut()) {
            *name = name.replace('.', "_");
        }
    }

    /// A node that the translation refuses.
    fn refuse(&mut self, operator: &Operator, reason: String) {
        let inputs = operator.inputs.iter().flatten().filter_map(|input| self.places.get(input));
        let inputs = inputs.map(|place| place.name.clone()).collect();
        // an operator without a rule is one more reason, whatever its operands are
        let is_unknown = Attribute::Whole(table::rule(&operator.name).is_err().into());
        let attributes = Attributes::default().with("reason", Attribute::Text(reason)).with("unknown", is_unknown);
        let results = self.add("Refused", inputs, operator.outputs.len(), attributes);
        for (output, name) in operator.outputs.iter().zip(results) {
            self.give(*output, name, order::own(self.rank(*output)));
        }
    }

    /// Reads a stored tensor, if it is one and was not read before.
    fn stored(&mut self, tensor: usize) -> Results {
        if self.places.contains_key(&tensor) {
            return Ok(());
        }
        let own = &self.file.tensors[tensor];
        let fault = |error: String| format!("its operand `{}`: {error}", own.name);
        let constant = tensors::constant(self.file, own, &mut self.seen).map_err(fault)?;
        let constant = match constant {
            Some(constant) => constant,
            // a list without elements has no bytes
            None if own.shape.contains(&0) => Constant::new(tensors::kind_of(own.kind)?, own.shape.clone(), Vec::new()),
            None if own.is_variable => return Ok(()),
            None => return Err(fault("nothing in front of it gives it".into())),
        };
        self.store(tensor, Constant { name: names::parameter(&own.name), ..constant });
        Ok(())
    }

    /// Makes a tensor known.
    fn store(&mut self, tensor: usize, constant: Constant) {
        let name = self.constant(constant.clone());
        self.give(tensor, name, order::own(constant.shape.len()));
        self.constants.insert(tensor, constant);
    }

    /// A constant of the graph.
    fn constant(&mut self, constant: Constant) -> String {
        let name = self.fresh();
        self.graph.constants.insert(name.clone(), constant);
        name
    }

    /// Whole numbers as a constant of the graph.
    #[allow(clippy::cast_precision_loss)] // sizes and places
    fn list(&mut self, list: &[i64]) -> String {
        self.constant(Constant::new(Kind::Whole, vec![list.len()], list.iter().map(|one| *one as f64).collect()))
    }

    /// A name of a value that no tensor has.
    fn fresh(&mut self) -> String {
        self.count += 1;
        format!("%{}", self.count)
    }

    /// Adds a node, and gives the names of its results.
    fn add(&mut self, operator: &str, inputs: Vec<String>, results: usize, attributes: Attributes) -> Vec<String> {
        let outputs: Vec<String> = (0..results).map(|_| self.fresh()).collect();
        let (source, name, scope) = self.current.clone();
        let (operator, opset) = (operator.to_string(), OPSET);
        self.nodes.push(Node { name, scope, source, operator, opset, inputs, outputs: outputs.clone(), attributes });
        outputs
    }

    /// Adds a node with one result.
    fn node(&mut self, operator: &str, inputs: Vec<String>, attributes: Attributes) -> String {
        self.add(operator, inputs, 1, attributes).pop().unwrap_or_default()
    }

    /// Says what a tensor is.
    fn give(&mut self, tensor: usize, name: String, order: Order) {
        self.places.insert(tensor, Place { name, order });
    }

    /// The result of an operator that has one.
    fn result(&mut self, operator: &Operator, name: String, order: Order) -> Results {
        let tensor = *operator.outputs.first().ok_or("it has no result")?;
        self.give(tensor, name, order);
        Ok(())
    }
}

fn axes_differ() -> String {
    "it has another number of axes than the file says".into()
}

/// Places and sizes as an attribute.
fn wholes(list: &[usize]) -> Attribute {
    Attribute::Wholes(list.iter().map(|one| i64::try_from(*one).unwrap_or(i64::MAX)).collect())
}

/// The axes of a value that axes of its tensor are, as an attribute.
fn places(order: &[usize], axes: &[usize]) -> Result<Attribute, String> {
    let places: Option<Vec<usize>> = axes.iter().map(|axis| order::place(order, *axis)).collect();
    Ok(wholes(&places.ok_or_else(axes_differ)?))
}

/// The axis of a value that an axis of its tensor is, as an attribute.
fn place_of(order: &[usize], axis: usize) -> Result<Attribute, String> {
    let place = order::place(order, axis).ok_or_else(axes_differ)?;
    Ok(Attribute::Whole(i64::try_from(place).unwrap_or(i64::MAX)))
}
