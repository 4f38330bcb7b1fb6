//! Inputs and targets that nothing depends on.

use std::collections::HashSet;

use super::Lowered;
use crate::errors::Errors;
use crate::symbolic::Node;
use crate::syntax::ast::{Network, TypedName};

/// Reports them for a network without other mistakes, from which this might follow.
pub fn report_unused(network: &Network, train: &Lowered, infer: &Lowered, errors: &mut Errors) {
    let read: HashSet<String> = [train, infer].into_iter().flat_map(names_read).collect();
    let inputs = network.forward.iter().flat_map(|forward| &forward.inputs).map(|input| (input, "input"));
    let targets = network.loss.iter().flat_map(|loss| &loss.targets).map(|target| (target, "target"));
    for (TypedName { name, .. }, what) in inputs.chain(targets) {
        if !read.contains(&format!("{what} {name}")) {
            let message = format!("the {what} `{name}` is never used\n\nhelp: take it out, or use it");
            errors.report(name.span(), message);
        }
    }
}

/// What is read somewhere: `input x`, `target t`.
fn names_read(lowered: &Lowered) -> Vec<String> {
    let program = &lowered.program;
    let reads = program.equations.iter().flat_map(|equation| program.pool.reads(equation.body));
    let tensors: HashSet<_> = reads
        .filter_map(|read| match program.pool.node(read) {
            Node::Read { tensor, .. } => Some(program.root(*tensor)),
            _ => None,
        })
        .collect();
    let inputs = lowered.inputs.iter().map(|port| (port, "input"));
    let ports = inputs.chain(lowered.targets.iter().map(|port| (port, "target")));
    ports
        .filter(|(port, _)| tensors.contains(&port.tensor))
        .map(|(port, what)| format!("{what} {}", port.name))
        .collect()
}
