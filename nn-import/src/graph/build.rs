//! The graph from the messages of a file.

use std::collections::HashMap;
use std::rc::Rc;

use super::functions::Functions;
use super::{Attributes, Graph, Input, Node};
use crate::Options;
use crate::constant::{Constant, Kind};
use crate::error::{ImportError, Refusal};
use crate::read::messages::{GraphProto, ModelProto, NodeProto, ValueInfoProto};
use crate::read::{constant, opset};

/// The graph of a model, with the functions of the model in the place of their calls.
pub(crate) fn build(model: &ModelProto, options: &Options) -> Result<Graph, ImportError> {
    let Some(messages) = &model.graph else { return Ok(Graph::default()) };
    let version = opset(model, messages)?;
    let mut refusals = Vec::new();
    let mut graph = Graph::default();
    add_constants(messages, &mut graph, &mut refusals);
    for (name, value) in &options.constants {
        if let Some(port) = messages.input.iter().find(|port| port.name == *name) {
            match input(port, options) {
                Ok(input) => {
                    let count = input.shape.iter().product();
                    graph.constants.insert(name.clone(), Constant::new(input.kind, input.shape, vec![*value; count]));
                }
                Err(reason) => refusals.push(Refusal::new("input", name, reason)),
            }
        }
    }
    for port in messages.input.iter().filter(|port| !graph.constants.contains_key(&port.name)) {
        match input(port, options) {
            Ok(input) => graph.inputs.push(input),
            Err(reason) => refusals.push(Refusal::new("input", &port.name, reason)),
        }
    }
    graph.outputs = messages.output.iter().map(|port| port.name.clone()).collect();
    let functions = Functions::new(&model.functions);
    match functions.inlined(&messages.node) {
        Ok(inlined) => add_nodes(&inlined, version, &mut graph, &mut refusals),
        Err(reason) => refusals.push(Refusal::new("function", "", reason)),
    }
    if refusals.is_empty() { Ok(graph) } else { Err(ImportError::Refused(refusals)) }
}

/// The stored tensors of a graph.
pub(super) fn add_constants(messages: &GraphProto, graph: &mut Graph, refusals: &mut Vec<Refusal>) {
    for tensor in &messages.initializer {
        match constant(tensor) {
            Ok(constant) => {
                graph.constants.insert(tensor.name.clone(), constant);
            }
            Err(reason) => refusals.push(Refusal::new("stored tensor", &tensor.name, reason)),
        }
    }
    for tensor in &messages.sparse_initializer {
        let name = tensor.values.as_ref().map_or("", |values| values.name.as_str());
        refusals.push(Refusal::new("stored tensor", name, "it is sparse"));
    }
}

/// The operators of a graph.
pub(super) fn add_nodes(nodes: &[NodeProto], opset: i64, graph: &mut Graph, refusals: &mut Vec<Refusal>) {
    for message in nodes {
        match node(message, opset) {
            Ok(node) => graph.nodes.push(Rc::new(node)),
            Err(reason) => refusals.push(Refusal::new(&message.op_type, &message.name, reason)),
        }
    }
}

fn node(message: &NodeProto, opset: i64) -> Result<Node, String> {
    let operator = match message.domain.as_str() {
        "" | "ai.onnx" => message.op_type.clone(),
        domain => format!("{domain}.{}", message.op_type),
    };
    Ok(Node {
        name: message.name.clone(),
        scope: scope(message),
        source: String::new(),
        operator,
        opset,
        inputs: message.input.clone(),
        outputs: message.output.clone(),
        attributes: Attributes::read(&message.attribute)?,
    })
}

/// The module that an operator comes from, as PyTorch's exporters note it: in a list of scopes, or in the name of the
/// node, `/layer1/layer1.0/conv1/Conv`.
fn scope(message: &NodeProto) -> String {
    let noted = message.metadata_props.iter().find(|entry| entry.key == "pkg.torch.onnx.name_scopes");
    if let Some(noted) = noted {
        let scopes: Vec<&str> = noted.value.split('\'').skip(1).step_by(2).collect();
        return scopes.len().checked_sub(2).map_or_else(String::new, |at| scopes[at].into());
    }
    let Some(path) = message.name.strip_prefix('/') else { return String::new() };
    let mut scopes: Vec<&str> = path.split('/').collect();
    scopes.pop();
    let mut all = String::new();
    for scope in scopes {
        let last = all.rsplit_once('/').map_or(all.as_str(), |(_, last)| last);
        if !last.is_empty() && scope.starts_with(&format!("{last}.")) {
            all.truncate(all.len() - last.len());
        } else if !all.is_empty() {
            all.push('/');
        }
        all.push_str(scope);
    }
    all.replace('/', ".")
}

/// Why a tensor with an axis of size 0 is refused.
pub(crate) const NO_ELEMENTS: &str = "it has no elements: every size of a network is at least 1";

/// An input with the shape that it has for one sample.
fn input(port: &ValueInfoProto, options: &Options) -> Result<Input, String> {
    let kind = port.r#type.as_ref().and_then(|kind| kind.tensor_type.as_ref()).ok_or("it is no tensor")?;
    let dims = &kind.shape.as_ref().ok_or("its shape is not known")?.dim;
    let mut batch = None;
    let mut shape = Vec::new();
    let sizes: HashMap<&str, usize> = options.sizes.iter().map(|(name, size)| (name.as_str(), *size)).collect();
    for (axis, dim) in dims.iter().enumerate() {
        let name = dim.dim_param.as_deref().unwrap_or_default();
        match dim.dim_value {
            Some(size) if size > 0 => shape.push(usize::try_from(size).map_err(|error| error.to_string())?),
            _ if sizes.contains_key(format!("{}.{axis}", port.name).as_str()) => {
                shape.push(sizes[format!("{}.{axis}", port.name).as_str()]);
            }
            Some(0) => return Err(NO_ELEMENTS.into()),
            _ if sizes.contains_key(name) => shape.push(sizes[name]),
            // the batch: one sample
            _ if axis == 0 || name.contains("batch") => {
                batch.get_or_insert(axis);
                shape.push(1);
            }
            _ => {
                let key = if name.is_empty() { format!("{}.{axis}", port.name) } else { name.to_string() };
                return Err(format!("the size of axis {axis} is no number: give one, as in `--size {key}=16`"));
            }
        }
    }
    if shape.contains(&0) {
        return Err(NO_ELEMENTS.into());
    }
    let kind = match kind.elem_type {
        1 | 10 | 11 | 16 => Kind::Real,
        2..=7 | 12 | 13 => Kind::Whole,
        9 => Kind::Truth,
        8 => return Err("its elements are texts".into()),
        other => return Err(format!("its elements have the type {other}, which is not known")),
    };
    Ok(Input { name: port.name.clone(), shape, kind, batch })
}
