//! Which buffers of the workspace blocks use, and which of them share memory.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::schedule::{Block, Schedule};
use crate::symbolic::TensorId;

/// The buffers that are bound to variables in front of some blocks, sorted; none if those that they use are `bound`,
/// or overlap so that only the single blocks can bind theirs. Buffers of later blocks are added as long as no two
/// overlap.
pub(in crate::emit) fn bound_at_once(
    schedule: &Schedule,
    blocks: &[Block],
    part: Range<usize>,
    bound: &[TensorId],
) -> Option<Vec<TensorId>> {
    let wanted = buffers(schedule, &blocks[part.clone()]);
    let mut memory = Memory::default();
    if wanted.iter().all(|buffer| bound.binary_search(buffer).is_ok())
        || !wanted.iter().all(|buffer| memory.takes(schedule, *buffer))
    {
        return None;
    }
    let mut all: FxHashSet<TensorId> = wanted.into_iter().collect();
    for block in &blocks[part.end..] {
        let mut more = buffers(schedule, std::slice::from_ref(block));
        more.retain(|buffer| !all.contains(buffer));
        if matches!(block, Block::Sequence(_)) || !more.iter().all(|buffer| memory.takes(schedule, *buffer)) {
            break;
        }
        all.extend(more);
    }
    Some(sorted(all.into_iter()))
}

/// The parts of the workspace that are taken: the end of each by its beginning.
#[derive(Default)]
struct Memory(BTreeMap<i64, i64>);

impl Memory {
    /// Takes the place of a buffer, unless a part of it is taken. Places of sizes that the macro cannot see never overlap.
    fn takes(&mut self, schedule: &Schedule, buffer: TensorId) -> bool {
        let place = &schedule.places[&buffer];
        let (Some(begin), Some(len)) = (place.offset.literal(), place.len.literal()) else { return true };
        let before = self.0.range(..begin + len).next_back();
        let free = before.is_none_or(|(_, end)| *end <= begin);
        if free {
            self.0.insert(begin, begin + len);
        }
        free
    }
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
