//! Branches whose condition is known: the chosen one takes the place of the `If`.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::build::{add_constants, add_nodes};
use super::{Attribute, Graph, Node};
use crate::error::Refusal;
use crate::read::messages::GraphProto;

/// The operators and stored tensors of the chosen branch; its results have the names of the node's results.
pub(crate) fn chosen(node: &Node, condition: bool) -> Result<Graph, String> {
    let branch = if condition { "then_branch" } else { "else_branch" };
    let messages = node.attributes.graph(branch).ok_or_else(|| format!("there is no `{branch}`"))?;
    let mut graph = Graph::default();
    let mut refusals: Vec<Refusal> = Vec::new();
    add_constants(messages, &mut graph, &mut refusals);
    add_nodes(&messages.node, node.opset, &mut graph, &mut refusals);
    if let Some(refusal) = refusals.first() {
        return Err(refusal.to_string());
    }
    rename(&mut graph, messages, node);
    Ok(graph)
}

/// What a branch defines gets names that nothing else has, and its results those of the node.
fn rename(graph: &mut Graph, messages: &GraphProto, node: &Node) {
    let prefix = node.outputs.first().cloned().unwrap_or_default();
    let own: HashSet<String> =
        graph.nodes.iter().flat_map(|node| node.outputs.clone()).chain(graph.constants.keys().cloned()).collect();
    let mut names: HashMap<String, String> = own
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| (name.clone(), format!("{prefix}/{name}")))
        .collect();
    let mut copies = Vec::new();
    for (result, outer) in messages.output.iter().zip(&node.outputs) {
        let inner = names.get(&result.name).cloned().unwrap_or_else(|| result.name.clone());
        let is_defined_here = graph.nodes.iter().any(|node| node.outputs.contains(&result.name));
        if is_defined_here && inner.starts_with(&format!("{prefix}/")) {
            names.insert(result.name.clone(), outer.clone());
        } else {
            copies.push((inner, outer.clone()));
        }
    }
    let renamed = |name: &String| names.get(name).unwrap_or(name).clone();
    for inner in graph.nodes.iter_mut().filter_map(Rc::get_mut) {
        inner.inputs = inner.inputs.iter().map(renamed).collect();
        inner.outputs = inner.outputs.iter().map(renamed).collect();
        for branch in ["then_branch", "else_branch"] {
            if let Some(messages) = inner.attributes.graph(branch) {
                let mut messages = messages.clone();
                rename_inside(&mut messages, &names);
                inner.attributes.insert(branch, Attribute::Graph(Box::new(messages)));
            }
        }
    }
    graph.constants = graph.constants.drain().map(|(name, constant)| (renamed(&name), constant)).collect();
    for (inner, outer) in copies {
        graph.nodes.push(Rc::new(Node {
            name: node.name.clone(),
            scope: node.scope.clone(),
            source: String::new(),
            operator: "Identity".into(),
            opset: node.opset,
            inputs: vec![inner],
            outputs: vec![outer],
            attributes: super::Attributes::default(),
        }));
    }
}

/// The names of values around a graph that it reads, also in graphs inside of it.
fn rename_inside(messages: &mut GraphProto, names: &HashMap<String, String>) {
    let rename = |name: &mut String| {
        if let Some(new) = names.get(name.as_str()) {
            name.clone_from(new);
        }
    };
    for node in &mut messages.node {
        node.input.iter_mut().for_each(rename);
        for inner in node.attribute.iter_mut().filter_map(|attribute| attribute.g.as_mut()) {
            rename_inside(inner, names);
        }
    }
    for output in &mut messages.output {
        rename(&mut output.name);
    }
}
