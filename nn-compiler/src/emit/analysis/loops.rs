//! The loops of a nest: which are so short that a compiler unrolls them, and the statements in them.

use crate::equation::Program;
use crate::schedule::{LoopNode, Statement};
use crate::symbolic::IndexId;

/// The indices of the loops inside of a loop if these are so short that a compiler unrolls them: the slices of all
/// their accesses are then cut in front of the loop.
pub(in crate::emit) fn short_loops(program: &Program, nodes: &[LoopNode]) -> Option<Vec<IndexId>> {
    const MOST: i64 = 32;
    let mut indices = Vec::new();
    let mut runs = 0;
    for (path, statement) in paths(nodes) {
        let mut product = 1;
        for index in path.into_iter().chain(statement.inner()) {
            product *= program.extent(index).literal()?;
            indices.push(index);
        }
        runs += product;
    }
    indices.sort_unstable();
    indices.dedup();
    (indices.is_empty() || runs <= MOST).then_some(indices)
}

/// All statements of some nodes, with the loops around each.
fn paths(nodes: &[LoopNode]) -> Vec<(Vec<IndexId>, &Statement)> {
    let mut found = Vec::new();
    for node in nodes {
        match node {
            LoopNode::Statement(statement) => found.push((Vec::new(), statement)),
            LoopNode::Loop { index, body } => found.extend(paths(body).into_iter().map(|(mut path, statement)| {
                path.insert(0, *index);
                (path, statement)
            })),
        }
    }
    found
}

pub(in crate::emit) fn statements_of(nodes: &[LoopNode]) -> Vec<&Statement> {
    paths(nodes).into_iter().map(|(_, statement)| statement).collect()
}
