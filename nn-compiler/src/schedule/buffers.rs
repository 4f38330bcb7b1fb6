//! Memory: each value in between gets a place in the workspace, and values that are never needed at
//! the same time may share one.

use std::collections::HashMap;

use super::order::in_order;
use super::{Block, Place, Schedule, Statement, statements};
use crate::equation::Role;
use crate::shape::Dim;
use crate::symbolic::{Node, TensorId};

/// A value and the blocks between which it is needed.
#[derive(Debug, Clone)]
struct Lifetime {
    tensor: TensorId,
    first: usize,
    last: usize,
    len: Dim,
}

/// Plans the workspace.
pub(super) fn plan(schedule: &mut Schedule) {
    let mut lifetimes = lifetimes(schedule);
    let shared = share_in_place(schedule, &mut lifetimes);
    let literal: Option<Vec<i64>> = lifetimes.iter().map(|lifetime| lifetime.len.literal()).collect();
    let (offsets, total) = match literal {
        Some(sizes) => overlapping(&lifetimes, &sizes),
        None => one_behind_the_other(&lifetimes),
    };
    for (lifetime, offset) in lifetimes.iter().zip(offsets) {
        let place = Place { buffer: lifetime.tensor, offset, len: lifetime.len.clone() };
        schedule.places.insert(lifetime.tensor, place);
    }
    for (tensor, holder) in shared {
        if let Some(place) = schedule.places.get(&holder).cloned() {
            schedule.places.insert(tensor, place);
        }
    }
    schedule.scratch = total;
}

fn lifetimes(schedule: &Schedule) -> Vec<Lifetime> {
    let program = &schedule.program;
    let mut lifetimes: Vec<Lifetime> = Vec::new();
    for (at, block, around) in &in_order(&schedule.blocks) {
        let (read, written) = block.accesses(program);
        for tensor in written.into_iter().chain(read).map(|tensor| program.root(tensor)) {
            if !schedule.is_between(tensor) || schedule.locals.contains(&tensor) {
                continue;
            }
            // what is not made anew in each turn is needed in all of them
            let own = in_turns(schedule, tensor);
            let (first, last) = around.get(own).copied().unwrap_or((*at, *at));
            match lifetimes.iter_mut().find(|lifetime| lifetime.tensor == tensor) {
                Some(lifetime) => lifetime.last = lifetime.last.max(last),
                None => {
                    let len = program.stored_len(tensor).unwrap_or_default();
                    lifetimes.push(Lifetime { tensor, first, last, len });
                }
            }
        }
    }
    // what the state becomes is taken over at the end
    for lifetime in &mut lifetimes {
        if matches!(program.at(lifetime.tensor).role, Role::NextState(_)) {
            lifetime.last = usize::MAX;
        }
    }
    lifetimes
}

/// In how many of the sequences around it a tensor is made anew in each turn.
fn in_turns(schedule: &Schedule, tensor: TensorId) -> usize {
    schedule.anew.get(&tensor).copied().unwrap_or(0)
}

/// Lets an elementwise result take the place of an argument that is needed no more. Answers which
/// tensors share the place of which.
fn share_in_place(schedule: &Schedule, lifetimes: &mut Vec<Lifetime>) -> Vec<(TensorId, TensorId)> {
    let mut shared: Vec<(TensorId, TensorId)> = Vec::new();
    for (at, block, _) in in_order(&schedule.blocks) {
        let Block::Nest(steps) = block else { continue };
        let all = statements(steps);
        for (_, statement) in &all {
            let Some(argument) = replaced_argument(schedule, lifetimes, at, &all, statement) else { continue };
            let Some(result) = lifetimes.iter().position(|l| l.tensor == statement.target) else { continue };
            let result = lifetimes.remove(result);
            let Some(holder) = lifetimes.iter_mut().find(|l| l.tensor == argument) else { continue };
            // the place is called after what it holds last
            holder.last = result.last;
            holder.tensor = result.tensor;
            for (_, of) in &mut shared {
                if *of == argument {
                    *of = result.tensor;
                }
            }
            shared.push((argument, result.tensor));
        }
    }
    shared
}

fn replaced_argument(
    schedule: &Schedule,
    lifetimes: &[Lifetime],
    block: usize,
    all: &[(Vec<usize>, &Statement)],
    statement: &Statement,
) -> Option<TensorId> {
    let program = &schedule.program;
    let result = lifetimes.iter().find(|l| l.tensor == statement.target && l.first == block)?;
    let writers = all.iter().filter(|(_, other)| other.written().any(|t| t == statement.target)).count();
    if statement.add || statement.clip || !statement.reduced.is_empty() || writers != 1 {
        return None;
    }
    let plain = |tensor: TensorId| {
        program.at(tensor).view_of.is_none()
            && program.at(tensor).margin.is_none()
            && !program.tensors.iter().any(|other| other.view_of == Some(tensor))
    };
    let reads_of = |statement: &Statement, tensor: TensorId| -> Vec<_> {
        let reads = program.pool.reads(statement.body);
        reads.into_iter().filter(|read| crate::simplify::tensor_of(program, *read) == Some(tensor)).collect()
    };
    lifetimes
        .iter()
        .find(|argument| {
            let own = reads_of(statement, argument.tensor);
            let at_same_place = !own.is_empty()
                && own.iter().all(|read| match program.pool.node(*read) {
                    Node::Read { at, outside: None, .. } => *at == statement.write,
                    _ => false,
                });
            let nowhere_else = all.iter().all(|(_, other)| {
                std::ptr::eq(*other, statement)
                    || (reads_of(other, argument.tensor).is_empty() && !other.written().any(|t| t == argument.tensor))
            });
            argument.last == block
                && argument.first < block
                && at_same_place
                && nowhere_else
                && plain(argument.tensor)
                && plain(statement.target)
                && argument.len == result.len
        })
        .map(|argument| argument.tensor)
}

/// Places of known sizes: the largest first, each at the lowest offset that is free while it is needed.
fn overlapping(lifetimes: &[Lifetime], sizes: &[i64]) -> (Vec<Dim>, Dim) {
    let mut order: Vec<usize> = (0..lifetimes.len()).collect();
    order.sort_by_key(|at| (-sizes[*at], lifetimes[*at].first));
    let mut placed: HashMap<usize, i64> = HashMap::new();
    let mut total = 0;
    for at in order {
        let own = &lifetimes[at];
        let mut taken: Vec<(i64, i64)> = placed
            .iter()
            .filter(|(other, _)| lifetimes[**other].first <= own.last && own.first <= lifetimes[**other].last)
            .map(|(other, offset)| (*offset, offset + sizes[*other]))
            .collect();
        taken.sort_unstable();
        let mut offset = 0;
        for (begin, end) in taken {
            if offset + sizes[at] <= begin {
                break;
            }
            offset = offset.max(end);
        }
        total = total.max(offset + sizes[at]);
        placed.insert(at, offset);
    }
    let offsets = (0..lifetimes.len()).map(|at| Dim::from(placed.get(&at).copied().unwrap_or(0))).collect();
    (offsets, Dim::from(total))
}

/// Places of sizes that the macro cannot see: none shares anything.
fn one_behind_the_other(lifetimes: &[Lifetime]) -> (Vec<Dim>, Dim) {
    let mut total = Dim::default();
    let mut offsets = Vec::new();
    for lifetime in lifetimes {
        offsets.push(total.clone());
        total = total.add(&lifetime.len).unwrap_or(total);
    }
    (offsets, total)
}
