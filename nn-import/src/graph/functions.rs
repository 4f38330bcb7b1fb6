//! Functions of the model's own: their operators take the place of their calls.

use std::collections::HashMap;

use crate::read::messages::{AttributeProto, FunctionProto, NodeProto};

/// How many operators all calls together may become for each that the file has.
const LIMIT: usize = 100_000;

/// How deep functions may call each other.
const DEPTH: usize = 16;

/// The functions by their sets and names.
pub(super) struct Functions<'a>(HashMap<(&'a str, &'a str), &'a FunctionProto>);

impl<'a> Functions<'a> {
    pub(super) fn new(functions: &'a [FunctionProto]) -> Self {
        Functions(functions.iter().map(|one| ((one.domain.as_str(), one.name.as_str()), one)).collect())
    }

    /// The operators with those of functions in the place of their calls.
    pub(super) fn inlined(&self, nodes: &[NodeProto]) -> Result<Vec<NodeProto>, String> {
        if self.0.is_empty() {
            return Ok(nodes.to_vec());
        }
        let mut all = Vec::new();
        for node in nodes {
            self.add(node, DEPTH, &mut all)?;
        }
        Ok(all)
    }

    fn add(&self, node: &NodeProto, depth: usize, all: &mut Vec<NodeProto>) -> Result<(), String> {
        let Some(function) = self.0.get(&(node.domain.as_str(), node.op_type.as_str())) else {
            all.push(node.clone());
            return Ok(());
        };
        if depth == 0 || all.len() > LIMIT {
            return Err(format!("the functions call each other too often, as `{}` does", function.name));
        }
        let prefix = format!("{}_{}_", function.name, all.len());
        let given = function.input.iter().zip(&node.input).chain(function.output.iter().zip(&node.output));
        let mut names: HashMap<&str, String> = given.map(|(own, outer)| (own.as_str(), outer.clone())).collect();
        for missing in function.input.iter().skip(node.input.len()) {
            names.insert(missing, String::new());
        }
        let renamed = |name: &String| match names.get(name.as_str()) {
            Some(outer) => outer.clone(),
            None if name.is_empty() => String::new(),
            None => format!("{prefix}{name}"),
        };
        for inner in &function.node {
            let mut inner = inner.clone();
            inner.input = inner.input.iter().map(renamed).collect();
            inner.output = inner.output.iter().map(renamed).collect();
            inner.attribute = inner.attribute.iter().filter_map(|one| attribute(one, node, function)).collect();
            inner.name = if node.name.is_empty() { inner.name } else { node.name.clone() };
            if inner.metadata_props.is_empty() {
                inner.metadata_props.clone_from(&node.metadata_props);
            }
            self.add(&inner, depth - 1, all)?;
        }
        Ok(())
    }
}

/// An attribute with the value that the call gives; `None` if neither the call nor the function gives one.
fn attribute(own: &AttributeProto, call: &NodeProto, function: &FunctionProto) -> Option<AttributeProto> {
    if own.ref_attr_name.is_empty() {
        return Some(own.clone());
    }
    let named = |list: &[AttributeProto]| list.iter().find(|one| one.name == own.ref_attr_name).cloned();
    let value = named(&call.attribute).or_else(|| named(&function.attribute_proto))?;
    Some(AttributeProto { name: own.name.clone(), ..value })
}
