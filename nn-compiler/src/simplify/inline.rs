//! Inlining.

use std::collections::{BTreeMap, HashMap};

use rustc_hash::FxHashSet;

use super::rewriting::Rewriting;
use crate::equation::{Equation, Program, Reduce, Role, Uses};
use crate::symbolic::{ExpressionId, IndexId, Node, Position, TensorId};

/// Expressions beyond this number of reads or nodes are not inlined into, so that their length does not grow with a
/// chain of equations. The values between them become local variables of a joint loop.
const MOST_READS: usize = 32;
const MOST_NODES: usize = 200;

/// A use of a tensor: the equation and the read.
struct Use {
    equation: usize,
    read: ExpressionId,
}

/// Inlines one definition. Returns whether there was one to inline.
pub(super) fn inline_one(rewriting: &mut Rewriting<'_>) -> bool {
    while let Some(at) = rewriting.next_definition() {
        if write_into_use(rewriting, at) {
            return true;
        }
    }
    false
}

/// Inlines a definition into its uses, if it can be. Returns whether it was; the definition is then removed.
pub(super) fn write_into_use(rewriting: &mut Rewriting<'_>, at: usize) -> bool {
    let (program, uses) = (&mut *rewriting.program, &rewriting.uses);
    let definition = program.equations[at].clone();
    if !is_candidate(program, uses, &definition) {
        return false;
    }
    let uses = uses_of(program, uses, definition.target);
    if uses.is_empty() {
        return false;
    }
    let is_copy = matches!(program.pool.node(definition.body), Node::Read { outside: None, .. });
    let is_free = is_free(program, definition.body);
    let is_short = |body: ExpressionId| {
        program.pool.reads_shared(body).len() <= MOST_READS && program.pool.has_at_most(body, MOST_NODES)
    };
    let once = uses.len() == 1
        && is_short(definition.body)
        && is_short(program.equations[uses[0].equation].body)
        && used_at_most_once_each(program, &uses[0]);
    let is_lookup = is_lookup(program, definition.body);
    let fits = |u: &Use| {
        let contracts = is_contraction(program, &program.equations[u.equation]);
        (is_copy && !(is_lookup && contracts)) || is_free || (once && !contracts)
    };
    if !uses.iter().all(fits) || !uses.iter().all(|u| padding_allows(program, &definition, u, is_copy)) {
        return false;
    }
    let Some(replaced) = replace_all(program, &definition, &uses) else { return false };
    rewriting.remove(at);
    for (equation, body) in replaced {
        rewriting.replace_body(equation, body);
    }
    true
}

/// Whether a tensor is an intermediate value that one elementwise equation defines.
fn is_candidate(program: &Program, uses: &Uses, definition: &Equation) -> bool {
    let target = program.at(definition.target);
    target.role == Role::Value
        && target.view_of.is_none()
        && definition.write.iter().all(|position| position.as_index().is_some() || is_constant(position))
        && program.is_elementwise(definition)
        && !definition.accumulate
        && !definition.clip
        && !uses.is_viewed(definition.target)
        && uses.definitions(program, definition.target).len() == 1
        && program.covers(definition.target, &definition.write)
}

/// Whether a position is the same for all indices, as along an axis of size one.
fn is_constant(position: &Position) -> bool {
    matches!(position, Position::Affine(affine) if affine.terms.is_empty())
}

fn uses_of(program: &Program, uses: &Uses, tensor: TensorId) -> Vec<Use> {
    let mut found = Vec::new();
    for equation in uses.readers(tensor) {
        let reads = program.pool.reads(program.equations[*equation].body).into_iter();
        let own = reads.filter(|read| program.pool.tensor_of(*read) == Some(tensor));
        found.extend(own.map(|read| Use { equation: *equation, read }));
    }
    found
}

/// Whether recomputing it costs next to nothing: constants, and selections between constants by a comparison of
/// indices.
fn is_free(program: &Program, body: ExpressionId) -> bool {
    let (mut open, mut seen) = (vec![body], FxHashSet::default());
    while let Some(id) = open.pop() {
        let node = program.pool.node(id);
        let free = match node {
            Node::Constant(_) | Node::Size(_) | Node::Index(_) | Node::Scale(_) | Node::Where { .. } => true,
            Node::Sum(terms) => terms.len() == 1,
            Node::Read { tensor, .. } => program.at(*tensor).bound.is_some(),
            Node::Product(_) | Node::Apply(..) | Node::Random { .. } => false,
        };
        if !free {
            return false;
        }
        open.extend(node.children().into_iter().filter(|child| seen.insert(*child)));
    }
    true
}

/// Whether a read is at positions that kernels cannot stream.
fn is_lookup(program: &Program, body: ExpressionId) -> bool {
    let Node::Read { at, .. } = program.pool.node(body) else { return false };
    at.iter().any(|position| matches!(position, Position::Table(_) | Position::Gather(_)))
}

/// Whether no element is read twice: each index of the equation is a position by itself.
fn used_at_most_once_each(program: &Program, u: &Use) -> bool {
    let Node::Read { at, .. } = program.pool.node(u.read) else { return false };
    let alone: Vec<IndexId> = at.iter().filter_map(Position::as_index).collect();
    program.equations[u.equation].indices.iter().all(|index| alone.contains(index))
}

/// A sum of products of two reads: its factors stay tensors, for the kernels to stream.
fn is_contraction(program: &Program, equation: &Equation) -> bool {
    equation.reduce == Reduce::Sum
        && program.reduced(equation).next().is_some()
        && matches!(program.pool.node(equation.body), Node::Product(factors) if factors.len() == 2)
}

/// A padded read can only become a read of a tensor of the same shape.
fn padding_allows(program: &Program, definition: &Equation, u: &Use, is_copy: bool) -> bool {
    let Node::Read { outside, .. } = program.pool.node(u.read) else { return false };
    if outside.is_none() {
        return true;
    }
    let Node::Read { tensor, at, .. } = program.pool.node(definition.body) else { return false };
    is_copy && program.at(*tensor).shape == program.at(definition.target).shape && *at == definition.write
}

/// The new bodies of the equations that use a definition; `None` if one cannot be written.
fn replace_all(program: &mut Program, definition: &Equation, uses: &[Use]) -> Option<BTreeMap<usize, ExpressionId>> {
    let mut bodies = BTreeMap::new();
    for u in uses {
        let Node::Read { at, outside, .. } = program.pool.node(u.read).clone() else { return None };
        let pairs = definition.write.iter().zip(at).filter_map(|(own, at)| Some((own.as_index()?, at)));
        let mut positions: HashMap<IndexId, Position> = pairs.collect();
        positions.retain(|index, position| position.as_index() != Some(*index));
        let mut value = program.pool.substitute(definition.body, &positions)?;
        if let (Some(outside), Node::Read { tensor, at, .. }) = (outside, program.pool.node(value).clone()) {
            value = program.pool.read(tensor, at, Some(f64::from_bits(outside)));
        }
        let body = *bodies.get(&u.equation).unwrap_or(&program.equations[u.equation].body);
        let body = program.pool.rewrite(body, &mut |_, id| (id == u.read).then_some(value));
        bodies.insert(u.equation, body);
    }
    Some(bodies)
}
