//! Which buffers of the workspace blocks use, and which of them share memory.

use std::ops::Range;

use crate::schedule::{Block, Schedule};
use crate::symbolic::TensorId;

/// The buffers that are bound to variables in front of some blocks; none if those that they use are bound, or overlap so
/// that only the single blocks can bind theirs. Buffers of later blocks are added as long as no two overlap.
pub(in crate::emit) fn bound_at_once(
    schedule: &Schedule,
    blocks: &[Block],
    part: Range<usize>,
    bound: &[TensorId],
) -> Option<Vec<TensorId>> {
    let mut wanted = buffers(schedule, &blocks[part.clone()]);
    if wanted.iter().all(|buffer| bound.contains(buffer)) || overlap(schedule, &wanted) {
        return None;
    }
    for block in &blocks[part.end..] {
        let mut more = buffers(schedule, std::slice::from_ref(block));
        more.retain(|buffer| !wanted.contains(buffer));
        let shared = more.iter().any(|new| wanted.iter().any(|old| clash(schedule, *new, *old)));
        if matches!(block, Block::Sequence(_)) || shared || overlap(schedule, &more) {
            break;
        }
        wanted.extend(more);
    }
    wanted.sort_unstable();
    Some(wanted)
}

/// The tensors that some blocks use, in the order of their numbers.
pub(in crate::emit) fn used(schedule: &Schedule, blocks: &[Block]) -> Vec<TensorId> {
    let program = &schedule.program;
    let accessed = blocks.iter().flat_map(|block| {
        let (read, written) = block.accesses(program);
        read.into_iter().chain(written)
    });
    sorted(accessed.map(|tensor| program.root(tensor)))
}

/// The buffers that some blocks use.
fn buffers(schedule: &Schedule, blocks: &[Block]) -> Vec<TensorId> {
    let places = used(schedule, blocks).into_iter().filter_map(|tensor| schedule.places.get(&tensor));
    sorted(places.map(|place| place.buffer))
}

fn sorted(tensors: impl Iterator<Item = TensorId>) -> Vec<TensorId> {
    let mut tensors: Vec<TensorId> = tensors.collect();
    tensors.sort_unstable();
    tensors.dedup();
    tensors
}

/// Whether some of these buffers share memory.
fn overlap(schedule: &Schedule, buffers: &[TensorId]) -> bool {
    buffers.iter().enumerate().any(|(at, a)| buffers[..at].iter().any(|b| clash(schedule, *a, *b)))
}

/// Whether two buffers share memory.
fn clash(schedule: &Schedule, a: TensorId, b: TensorId) -> bool {
    let place = |tensor: TensorId| {
        let place = &schedule.places[&tensor];
        let offset = place.offset.literal()?;
        Some((offset, offset + place.len.literal()?))
    };
    match (place(a), place(b)) {
        (Some(a), Some(b)) => a.0 < b.1 && b.0 < a.1,
        // places of sizes that the macro cannot see never overlap
        _ => false,
    }
}
