//! Loop nests: each equation becomes one, and is fused with the loops before it where the dependences allow that.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::reductions::{in_all_iterations, row, sums_in_memory};
use super::{Block, LoopNode, Purpose, Schedule, Statement};
use crate::equation::{Equation, Program, Role};
use crate::errors::bug;
use crate::layout::Layout;
use crate::symbolic::{IndexId, Node, Position, TensorId};

/// Adds an equation to the schedule, behind the block that fills the padding of its target.
pub(super) fn add(schedule: &mut Schedule, equation: Equation, padding: Option<Block>, purpose: Purpose) {
    if join_maximum(schedule, &equation) {
        return;
    }
    if is_zero_fill(&schedule.program, &schedule.layout, &equation) {
        schedule.push(Block::Fill(equation.target), purpose);
        return;
    }
    let (fill, nodes) = alone(&schedule.program, &schedule.layout, equation);
    append(schedule, padding.or(fill), nodes, purpose);
}

/// The loops of an equation, and the fill that they need in front.
pub(super) fn alone(program: &Program, layout: &Layout, equation: Equation) -> (Option<Block>, Vec<LoopNode>) {
    let (path, statement, fill) = statement_of(program, layout, equation);
    (fill.then_some(Block::Fill(statement.target)), nested(&path, statement))
}

/// Whether an equation fills a tensor with zeros.
fn is_zero_fill(program: &Program, layout: &Layout, equation: &Equation) -> bool {
    let zeros = program.pool.is_zero(equation.body) && !equation.accumulate;
    zeros && program.sets_all(equation) && in_all_iterations(program, layout, equation)
}

/// The loops of an equation from the outside in, its statement, and whether the target must be filled with zeros first.
fn statement_of(program: &Program, layout: &Layout, equation: Equation) -> (Vec<IndexId>, Statement, bool) {
    if equation.start.is_some() || equation.bounds.is_some() {
        bug("a sum that begins with something or has bounds is no contraction");
    }
    let in_memory = sums_in_memory(program, layout, &equation);
    let is_gradient = matches!(program.at(equation.target).role, Role::Gradient(_));
    let reduced: Vec<IndexId> = program.reduced(&equation).collect();
    let is_outer = |index: &IndexId| !reduced.contains(index) && !program.is_sequence(*index);
    let outer: Vec<IndexId> = equation.indices.iter().copied().filter(is_outer).collect();
    // a gradient accumulates one sample after the other, so that the size of the tiles does not change its bits
    let by_sample = is_gradient && !in_memory && reduced.contains(&IndexId::SAMPLE);
    let (path, reduced) = if in_memory {
        let mut path = reduced;
        path.sort_by_key(|index| *index != IndexId::SAMPLE);
        path.extend(outer);
        (path, Vec::new())
    } else if by_sample {
        let path = [IndexId::SAMPLE].into_iter().chain(outer).collect();
        (path, reduced.into_iter().filter(|index| *index != IndexId::SAMPLE).collect())
    } else {
        (outer, reduced)
    };
    let row = if in_memory || by_sample { None } else { row(program, layout, &equation, &reduced) };
    let path: Vec<IndexId> = path.into_iter().filter(|index| Some(*index) != row).collect();
    let fill = !equation.accumulate && (in_memory || is_gradient);
    let statement = Statement {
        target: equation.target,
        write: equation.write.clone(),
        add: equation.accumulate || in_memory || is_gradient,
        clip: equation.clip,
        body: equation.body,
        reduced,
        row,
        reduce: equation.reduce,
        position: None,
        equation,
    };
    (path, statement, fill)
}

fn nested(path: &[IndexId], statement: Statement) -> Vec<LoopNode> {
    match path.split_first() {
        None => vec![LoopNode::Statement(statement)],
        Some((first, rest)) => vec![LoopNode::Loop { index: *first, body: nested(rest, statement) }],
    }
}

/// The position of a maximum is found together with the maximum, if that is the last statement of the loops before.
fn join_maximum(schedule: &mut Schedule, equation: &Equation) -> bool {
    let Some(maximum) = equation.attains else { return false };
    let Some(Block::Nest(nodes)) = schedule.blocks.last_mut() else { return false };
    let Some(last) = last_statement(nodes) else { return false };
    let same = last.target == maximum && same_elements(&last.write, &equation.write) && last.position.is_none();
    if same {
        last.position = Some(equation.target);
    }
    same
}

/// Whether two equations write the same elements: each has indices of its own.
fn same_elements(left: &[Position], right: &[Position]) -> bool {
    let mut pairs: Vec<(IndexId, IndexId)> = Vec::new();
    let mut same = |left: IndexId, right: IndexId| match pairs.iter().find(|(l, r)| *l == left || *r == right) {
        Some(known) => *known == (left, right),
        None => {
            pairs.push((left, right));
            true
        }
    };
    left.len() == right.len()
        && left.iter().zip(right).all(|sides| match sides {
            (Position::Affine(left), Position::Affine(right)) => {
                let mut terms = left.terms.iter().zip(&right.terms);
                left.constant == right.constant
                    && left.terms.len() == right.terms.len()
                    && terms.all(|((l, left), (r, right))| left == right && same(*l, *r))
            }
            _ => false,
        })
}

fn last_statement(nodes: &mut [LoopNode]) -> Option<&mut Statement> {
    match nodes.last_mut()? {
        LoopNode::Statement(statement) => Some(statement),
        LoopNode::Loop { body, .. } => last_statement(body),
    }
}

/// A nest of so many statements is not fused with more: fusing, and the compilation of the nest, would take more than
/// linear time.
const MOST_STATEMENTS: usize = 512;

/// Adds a nest, fused with the one before it if that has the same purpose. A fill goes in front of both.
fn append(schedule: &mut Schedule, fill: Option<Block>, new: Vec<LoopNode>, purpose: Purpose) {
    let joins = schedule.purposes.last() == Some(&purpose)
        && matches!(schedule.blocks.last(), Some(Block::Nest(nodes)) if count(nodes) < MOST_STATEMENTS);
    let mut left = Some(new);
    if joins && let Some(Block::Nest(mut nodes)) = schedule.blocks.pop() {
        schedule.purposes.pop();
        left = left.and_then(|new| join(&mut schedule.program, &mut nodes, new));
        if left.is_none() {
            if let Some(fill) = fill {
                schedule.push(fill, purpose);
            }
            schedule.push(Block::Nest(nodes), purpose);
            return;
        }
        schedule.push(Block::Nest(nodes), purpose);
    }
    if let Some(fill) = fill {
        schedule.push(fill, purpose);
    }
    if let Some(new) = left {
        schedule.push(Block::Nest(new), purpose);
    }
}

/// The number of statements.
fn count(nodes: &[LoopNode]) -> usize {
    let of = |node: &LoopNode| match node {
        LoopNode::Statement(_) => 1,
        LoopNode::Loop { body, .. } => count(body),
    };
    nodes.iter().map(of).sum()
}

/// Fuses `new` into the last loop of `nodes`, as deep as that is allowed. Returns it where it is not.
fn join(program: &mut Program, nodes: &mut [LoopNode], new: Vec<LoopNode>) -> Option<Vec<LoopNode>> {
    let Some(LoopNode::Loop { index, body }) = nodes.last_mut() else { return Some(new) };
    let [LoopNode::Loop { index: own, body: inner }] = new.as_slice() else { return Some(new) };
    if program.extent(*index) != program.extent(*own) || !may_share(program, body, *index, inner, *own) {
        return Some(new);
    }
    let mut inner = inner.clone();
    if index != own {
        let renamed = HashMap::from([(*own, Position::index(*index))]);
        if !rename(program, &mut inner, &renamed) {
            return Some(new);
        }
    }
    if let Some(inner) = join(program, body, inner) {
        body.extend(inner);
    }
    None
}

pub(super) fn rename(program: &mut Program, nodes: &mut [LoopNode], with: &HashMap<IndexId, Position>) -> bool {
    nodes.iter_mut().all(|node| match node {
        LoopNode::Loop { body, .. } => rename(program, body, with),
        LoopNode::Statement(statement) => {
            let body = program.pool.substitute(statement.body, with);
            let write: Option<Vec<Position>> =
                statement.write.iter().map(|position| program.pool.substitute_position(position, with)).collect();
            match (body, write) {
                (Some(body), Some(write)) => {
                    (statement.body, statement.write) = (body, write);
                    true
                }
                _ => false,
            }
        }
    })
}

/// Whether two loops may be fused: in each iteration, the second accesses only those elements of the first's results
/// that this iteration computes.
fn may_share(program: &Program, first: &[LoopNode], index: IndexId, second: &[LoopNode], own: IndexId) -> bool {
    // the second is short
    let mut theirs: FxHashMap<TensorId, Vec<Access<'_>>> = FxHashMap::default();
    visit_accesses(program, second, &mut |root, access| {
        theirs.entry(root).or_default().push(access);
        true
    });
    visit_accesses(program, first, &mut |root, a| {
        let mut theirs = theirs.get(&root).into_iter().flatten();
        theirs.all(|b| !(a.written || b.written) || is_aligned(a.at, index, b.at, own))
    })
}

/// A tensor and the positions of an access.
type Place<'a> = (TensorId, &'a [Position]);

/// An access of some nodes.
struct Access<'a> {
    at: Place<'a>,
    written: bool,
}

/// Visits the accesses of some nodes, with the tensor that holds the elements, until `visit` returns false. Returns
/// whether it never did.
fn visit_accesses<'a>(
    program: &'a Program,
    nodes: &'a [LoopNode],
    visit: &mut dyn FnMut(TensorId, Access<'a>) -> bool,
) -> bool {
    nodes.iter().all(|node| match node {
        LoopNode::Loop { body, .. } => visit_accesses(program, body, visit),
        LoopNode::Statement(statement) => {
            let write = statement.write.as_slice();
            let written = statement
                .written()
                .all(|tensor| visit(program.root(tensor), Access { at: (tensor, write), written: true }));
            written
                && program.pool.reads_shared(statement.body).iter().all(|read| match program.pool.node(*read) {
                    Node::Read { tensor, at, .. } => {
                        visit(program.root(*tensor), Access { at: (*tensor, at), written: false })
                    }
                    _ => true,
                })
        }
    })
}

/// Whether two accesses to one tensor are of the same iteration.
fn is_aligned(a: Place<'_>, index: IndexId, b: Place<'_>, own: IndexId) -> bool {
    let both = |axis: usize| {
        a.1.get(axis).and_then(Position::as_index) == Some(index)
            && b.1.get(axis).and_then(Position::as_index) == Some(own)
    };
    if a.0 == b.0 {
        return (0..a.1.len()).any(both);
    }
    // views of one tensor have the axis of the samples in common
    index == IndexId::SAMPLE && own == IndexId::SAMPLE && both(0)
}
