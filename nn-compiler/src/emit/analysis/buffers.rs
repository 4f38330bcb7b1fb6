//! Which buffers of the workspace blocks use, and which of them share memory.

use crate::schedule::{Block, Schedule};
use crate::symbolic::TensorId;

/// The buffers that some blocks use.
pub(in crate::emit) fn buffers(schedule: &Schedule, blocks: &[Block]) -> Vec<TensorId> {
    let mut buffers = Vec::new();
    for block in blocks {
        let (read, written) = block.accesses(&schedule.program);
        let tensors = read.into_iter().chain(written).map(|tensor| schedule.program.root(tensor));
        buffers.extend(tensors.filter_map(|tensor| schedule.places.get(&tensor)).map(|place| place.buffer));
    }
    buffers.sort_unstable();
    buffers.dedup();
    buffers
}

/// Whether some of these buffers share memory.
pub(in crate::emit) fn overlap(schedule: &Schedule, buffers: &[TensorId]) -> bool {
    buffers.iter().enumerate().any(|(at, a)| buffers[..at].iter().any(|b| clash(schedule, *a, *b)))
}

/// Whether two buffers share memory.
pub(in crate::emit) fn clash(schedule: &Schedule, a: TensorId, b: TensorId) -> bool {
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
