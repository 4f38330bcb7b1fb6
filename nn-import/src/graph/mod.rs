//! The graph of a model: operators in order, stored tensors, inputs with known shapes.

mod attributes;
mod branches;
mod build;
mod fold;
mod functions;

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

pub(crate) use attributes::{Attribute, Attributes};
pub(crate) use branches::chosen;
pub(crate) use build::{NO_ELEMENTS, build};
pub(crate) use fold::{axis, fold, making, parts, sizes};

use crate::constant::{Constant, Kind};

/// A graph.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    /// The inputs that are no stored tensors.
    pub(crate) inputs: Vec<Input>,
    /// The names of the outputs.
    pub(crate) outputs: Vec<String>,
    /// The operators, each behind those whose results it takes.
    pub(crate) nodes: Vec<Rc<Node>>,
    /// The stored tensors.
    pub(crate) constants: HashMap<String, Constant>,
    /// What the user has to know beside the source: sentences for the comment on the network.
    pub(crate) notes: BTreeSet<&'static str>,
}

/// An input.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) kind: Kind,
    /// The axis of the samples, if it has a name in place of a number.
    pub(crate) batch: Option<usize>,
}

/// An operator with its operands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) name: String,
    /// The module of PyTorch that it comes from, as in `layer1.0.conv1`; may be empty.
    pub(crate) scope: String,
    /// The operator of the file, if that is another one than ONNX's.
    pub(crate) source: String,
    pub(crate) operator: String,
    /// The version of the operators.
    pub(crate) opset: i64,
    /// The names of its operands; empty for one that is left out.
    pub(crate) inputs: Vec<String>,
    pub(crate) outputs: Vec<String>,
    pub(crate) attributes: Attributes,
}

impl Node {
    /// The name by which a message calls it.
    pub(crate) fn label(&self) -> String {
        let first = || self.outputs.first().cloned().unwrap_or_default();
        if self.name.is_empty() { first() } else { self.name.clone() }
    }

    /// The operator as the file calls it.
    pub(crate) fn said(&self) -> &str {
        if self.source.is_empty() { &self.operator } else { &self.source }
    }

    /// The name of an operand, if it is given.
    pub(crate) fn input(&self, at: usize) -> Option<&str> {
        self.inputs.get(at).map(String::as_str).filter(|name| !name.is_empty())
    }
}
