//! The groups of blocks in which a tile adds to sums that all tiles share: the gradient by the parameters and the loss.

use std::collections::BTreeMap;
use std::ops::Range;

use super::stages::stages;
use crate::equation::Role;
use crate::schedule::{Block, Purpose, Schedule};
use crate::symbolic::TensorId;

/// The turn of a group.
#[derive(Debug, Clone, Copy)]
pub(in crate::emit) struct Turn {
    /// Its number.
    pub number: usize,
    /// The number of the last group that adds to some of the same sums.
    pub last: usize,
    /// Whether it adds to the gradient by the parameters.
    pub of_gradient: bool,
    /// Whether it adds to the loss.
    pub of_loss: bool,
}

/// The turns of the groups, by their first blocks.
pub(in crate::emit) type Turns = BTreeMap<usize, Turn>;

/// The number of groups of a function in one piece.
pub(in crate::emit) fn count(schedule: &Schedule) -> usize {
    turns(schedule, &stages(&schedule.blocks)).len()
}

/// The blocks behind `at` that are emitted under one condition with the one there.
pub(in crate::emit) fn group(purposes: &[Purpose], at: usize) -> Range<usize> {
    let purpose = purposes[at];
    let same = purposes[at..].iter().take_while(|other| **other == purpose).count();
    at..at + if purpose == Purpose::All { 1 } else { same }
}

/// The turns of a function whose blocks are in these parts.
pub(in crate::emit) fn turns(schedule: &Schedule, parts: &[Range<usize>]) -> Turns {
    let mut groups = Vec::new();
    for part in parts {
        let mut at = part.start;
        while at < part.end {
            let group = group(&schedule.purposes[..part.end], at);
            let sums = sums(schedule, &schedule.blocks[group.clone()]);
            at = group.end;
            if !sums.is_empty() {
                groups.push((group.start, sums));
            }
        }
    }
    let shares = |one: &[Sum], other: &[Sum]| one.iter().any(|sum| other.contains(sum));
    let last = |sums: &[Sum]| groups.iter().rposition(|(_, others)| shares(sums, others)).unwrap_or_default();
    let turn = |(number, (begin, sums)): (usize, &(usize, Vec<Sum>))| {
        let of_loss = sums.contains(&Sum::Loss);
        let of_gradient = sums.iter().any(|sum| *sum != Sum::Loss);
        (*begin, Turn { number, last: last(sums), of_gradient, of_loss })
    };
    groups.iter().enumerate().map(turn).collect()
}

/// What tiles add to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sum {
    Loss,
    Gradient(TensorId),
}

/// The sums that blocks add to.
fn sums(schedule: &Schedule, blocks: &[Block]) -> Vec<Sum> {
    let program = &schedule.program;
    let written = blocks.iter().flat_map(|block| block.accesses(program).1).map(|tensor| program.root(tensor));
    let sum = |tensor: TensorId| match program.at(tensor).role {
        Role::Loss(_) => Some(Sum::Loss),
        Role::Gradient(_) if !schedule.places.contains_key(&tensor) => Some(Sum::Gradient(tensor)),
        _ => None,
    };
    written.filter_map(sum).collect()
}
