//! Which values in between need no memory: those that are used where they are made.

use super::order::in_order;
use super::{Block, Schedule, Statement, statements};
use crate::equation::Role;
use crate::symbolic::{Node, TensorId};

/// Finds the tensors that can be local variables.
pub(super) fn find(schedule: &mut Schedule) {
    let mut locals = Vec::new();
    for (at, block, _) in in_order(&schedule.blocks) {
        let Block::Nest(steps) = block else { continue };
        let all = statements(steps);
        for (path, statement) in &all {
            for target in statement.written() {
                if is_local(schedule, at, &all, path, statement, target) {
                    locals.push(target);
                }
            }
        }
    }
    schedule.locals = locals;
}

fn is_local(
    schedule: &Schedule,
    block: usize,
    all: &[(Vec<usize>, &Statement)],
    path: &[usize],
    statement: &Statement,
    target: TensorId,
) -> bool {
    let program = &schedule.program;
    if !schedule.is_between(target) || statement.add || statement.clip || program.at(target).margin.is_some() {
        return false;
    }
    if program.tensors.iter().any(|other| other.view_of == Some(target)) || program.at(target).view_of.is_some() {
        return false;
    }
    // what the state becomes is taken over when all is done
    if matches!(program.at(target).role, Role::NextState(_)) {
        return false;
    }
    // what is added up in several steps stays in memory
    if all.iter().filter(|(_, other)| other.written().any(|written| written == target)).count() != 1 {
        return false;
    }
    let used_elsewhere = in_order(&schedule.blocks).into_iter().any(|(at, other, _)| {
        let (read, written) = other.accesses(program);
        at != block && (read.contains(&target) || written.contains(&target))
    });
    let (own, parent) = (path[path.len() - 1], &path[..path.len() - 1]);
    !used_elsewhere
        && all.iter().all(|(other_path, other)| {
            let reads = program.pool.reads(other.body);
            reads.into_iter().all(|read| match program.pool.node(read) {
                Node::Read { tensor, at, outside } if *tensor == target => {
                    outside.is_none()
                        && *at == statement.write
                        && other_path.starts_with(parent)
                        && other_path[parent.len()] > own
                }
                _ => true,
            })
        })
}
