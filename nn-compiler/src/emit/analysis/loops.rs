//! The loops of a nest: which are so short that a compiler unrolls them, and the statements in them.

use crate::equation::Program;
use crate::schedule::{LoopNode, Statement};
use crate::symbolic::{IndexId, Node};

/// The indices of the loops inside of a loop if these are so short that a compiler unrolls them: the slices of all
/// their accesses are then cut in front of the loop.
pub(in crate::emit) fn short_loops(program: &Program, nodes: &[LoopNode]) -> Option<Vec<IndexId>> {
    const MOST: i64 = 16;
    let mut indices = Vec::new();
    let mut runs = 0i64;
    for (path, statement) in paths(nodes) {
        let mut product = 1i64;
        for index in path.into_iter().chain(statement.inner()) {
            product = product.saturating_mul(program.extent(index).literal()?);
            indices.push(index);
        }
        runs = runs.saturating_add(product);
    }
    indices.sort_unstable();
    indices.dedup();
    (indices.is_empty() || runs <= MOST).then_some(indices)
}

/// The iterations of a loop that fill vectors of eight, and all of them, where the last ones should be a loop of their
/// own: a compiler takes shorter vectors for all iterations where it would otherwise compute the last ones one by one, and
/// these take long.
pub(in crate::emit) fn whole_vectors(program: &Program, index: IndexId, body: &[LoopNode]) -> Option<(i64, i64)> {
    const LANES: i64 = 8;
    let extent = program.extent(index).literal()?;
    let whole = extent / LANES * LANES;
    (0 < whole && whole < extent && takes_long(program, body)).then_some((whole, extent))
}

/// Whether a loop computes elementary functions in the lanes of vectors.
fn takes_long(program: &Program, body: &[LoopNode]) -> bool {
    let statements = statements_of(body);
    body.iter().all(|node| matches!(node, LoopNode::Statement(_)))
        && statements.iter().all(|statement| statement.reduced.is_empty())
        && statements.iter().any(|statement| is_elementary(program, statement))
}

/// Whether a statement has an elementary function that is computed in the lanes of vectors.
fn is_elementary(program: &Program, statement: &Statement) -> bool {
    const IN_LANES: [&str; 8] = ["exp", "exp_m1", "ln", "ln_1p", "tanh", "sigmoid", "softplus", "erf"];
    let mut found = false;
    program.pool.visit(statement.body, &mut |_, node| {
        found |= matches!(node, Node::Apply(function, _) if IN_LANES.contains(&function.row().method));
    });
    found
}

/// Whether a nest has loops that a compiler unrolls, elementary functions or reductions. These become vectors only where
/// the compiler knows that no slice overlaps another; for other loops it finds out while they run, if there are few slices.
pub(in crate::emit) fn unrolls(program: &Program, nodes: &[LoopNode]) -> bool {
    nodes.iter().any(|node| match node {
        LoopNode::Statement(statement) => statement.inner().next().is_some(),
        LoopNode::Loop { body, .. } => {
            let is_short = |body| short_loops(program, body).is_some_and(|inner| !inner.is_empty());
            is_short(body) || takes_long(program, body) || unrolls(program, body)
        }
    })
}

/// The statements that a nest runs for each sample; sizes that the macro cannot see count as large.
pub(in crate::emit) fn work(program: &Program, nodes: &[LoopNode]) -> i64 {
    const UNKNOWN: i64 = 1024;
    let of_statement = |(path, statement): (Vec<IndexId>, &Statement)| {
        let indices = path.into_iter().chain(statement.inner()).filter(|index| *index != IndexId::SAMPLE);
        indices.fold(1i64, |work, index| work.saturating_mul(program.extent(index).literal().unwrap_or(UNKNOWN)))
    };
    paths(nodes).into_iter().map(of_statement).fold(0, i64::saturating_add)
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
