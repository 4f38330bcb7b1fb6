//! The invariants of every schedule, checked in tests.

use super::{Block, LoopNode, Schedule, Sequence, Statement};
use crate::symbolic::{IndexId, Position};

/// Checks the loops of a schedule.
///
/// # Errors
/// The statement in which an index is bound twice or not at all.
pub fn check(schedule: &Schedule) -> Result<(), String> {
    schedule.blocks.iter().try_for_each(|block| check_block(schedule, block, &mut Vec::new()))
}

fn check_block(schedule: &Schedule, block: &Block, bound: &mut Vec<IndexId>) -> Result<(), String> {
    match block {
        Block::Nest(nodes) => check_nodes(schedule, nodes, bound),
        Block::EachSample(blocks) => blocks.iter().try_for_each(|block| check_block(schedule, block, bound)),
        Block::Sequence(Sequence { iteration, blocks, .. }) => {
            bound.push(*iteration);
            let result = blocks.iter().try_for_each(|block| check_block(schedule, block, bound));
            bound.pop();
            result
        }
        _ => Ok(()),
    }
}

fn check_nodes(schedule: &Schedule, nodes: &[LoopNode], bound: &mut Vec<IndexId>) -> Result<(), String> {
    for node in nodes {
        match node {
            LoopNode::Loop { index, body } => {
                if bound.contains(index) {
                    return Err(format!("the index number {} is bound twice", index.0));
                }
                bound.push(*index);
                check_nodes(schedule, body, bound)?;
                bound.pop();
            }
            LoopNode::Statement(statement) => check_statement(schedule, statement, bound)?,
        }
    }
    Ok(())
}

fn check_statement(schedule: &Schedule, statement: &Statement, bound: &[IndexId]) -> Result<(), String> {
    let wrong = |what: &str| Err(format!("{what}\n  in {}", schedule.program.display(&statement.equation)));
    if statement.inner().any(|index| bound.contains(&index)) {
        return wrong("a statement binds an index that a loop binds");
    }
    let mut used = schedule.program.pool.indices(statement.body);
    used.extend(statement.write.iter().flat_map(Position::indices));
    if used.iter().any(|index| !bound.contains(index) && statement.inner().all(|own| own != *index)) {
        return wrong("an index is not bound");
    }
    Ok(())
}
