//! The blocks in the order in which they are done.

use super::{Block, Sequence};

/// A block with its time, and the times at which the sequences around it begin and end.
pub(super) type Timed<'a> = (usize, &'a Block, Vec<(usize, usize)>);

/// All blocks that hold no others, in the order in which they are first done.
pub(super) fn in_order(blocks: &[Block]) -> Vec<Timed<'_>> {
    fn walk<'a>(blocks: &'a [Block], time: &mut usize, around: &[(usize, usize)], found: &mut Vec<Timed<'a>>) {
        for block in blocks {
            *time += 1;
            let Block::Sequence(Sequence { blocks, .. }) = block else {
                found.push((*time, block, around.to_vec()));
                continue;
            };
            let (begin, first) = (*time, found.len());
            let inner = [around, &[(begin, 0)]].concat();
            walk(blocks, time, &inner, found);
            *time += 1;
            for (_, _, around) in &mut found[first..] {
                around[inner.len() - 1].1 = *time;
            }
        }
    }
    let mut found = Vec::new();
    walk(blocks, &mut 0, &[], &mut found);
    found
}
